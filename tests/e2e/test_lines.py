"""Lines put right in place: by keyboard, by touch, back and forth, when it fails."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.lines_edited import (
    corrections,
    document,
    line,
    opened,
    said,
    text,
    typing,
)

__all__ = ["document", "opened"]


def test_enter_saves_and_goes_on(opened: Page) -> None:
    press = opened.keyboard.press
    press("j")
    press("Enter")
    expect(typing(opened)).to_be_focused()
    expect(typing(opened)).to_have_value("Corner Shop")
    expect(typing(opened)).to_have_accessible_name("Edit line 1")
    press("End")
    opened.keyboard.type(" Ltd")
    press("Enter")
    expect(typing(opened)).to_have_accessible_name("Edit line 2")
    press("Control+A")
    opened.keyboard.type("2 apples  1.20")
    press("Shift+Enter")
    expect(typing(opened)).to_have_value("Corner Shop Ltd")
    expect(said(opened)).to_have_text("Line 2 is saved.")
    expect(opened.locator("#said")).to_have_text("Line 2 is saved.")
    press("ArrowDown")
    expect(typing(opened)).to_have_value("2 apples  1.20")
    press("ArrowUp")
    press("Escape")
    expect(line(opened, 0)).to_be_focused()
    expect(typing(opened)).to_have_count(0)
    assert corrections() == [
        (0, "Corner Shop", "Corner Shop Ltd"),
        (1, "2 app1es  1.20", "2 apples  1.20"),
    ]
    opened.reload()
    expect(text(opened, 0)).to_have_text("Corner Shop Ltd")
    expect(text(opened, 1)).to_have_text("2 apples  1.20")


def test_what_depends_on_a_line_changes_with_it(opened: Page) -> None:
    expect(opened.locator("#doubtful")).to_contain_text("2 doubtful")
    line(opened, 3).dblclick()
    typing(opened).fill("Total  1.20")
    opened.keyboard.press("Enter")
    expect(opened.locator("#doubtful")).to_contain_text("1 doubtful")
    expect(line(opened, 3).locator(".c")).to_have_count(0)
    sign = line(opened, 3).locator(".sign")
    expect(sign).to_have_attribute("title", re.compile("^Corrected by alice, "))
    expect(opened.locator("polygon[data-line='3']")).to_have_class(re.compile("right"))
    opened.keyboard.press("Escape")
    opened.get_by_role("button", name="Copy").click()
    copied = "Corner Shop\n2 app1es  1.20\n3 pears\nTotal  1.20\nThank you"
    assert opened.evaluate("navigator.clipboard.readText()") == copied
    opened.get_by_role("tab", name="Layout").click()
    expect(opened.locator("#layout")).to_contain_text(re.compile(r"Total\s+1.20"))


def test_escape_leaves_the_line_and_keeps_what_was_typed(opened: Page) -> None:
    opened.keyboard.press("j")
    opened.keyboard.press("F2")
    typing(opened).fill("Something else")
    opened.keyboard.press("Escape")
    expect(text(opened, 0)).to_have_text("Corner Shop")
    expect(said(opened)).to_have_text("Line 1 was left as it was.")
    opened.get_by_role("button", name="Go on editing").click()
    expect(typing(opened)).to_have_value("Something else")
    opened.keyboard.press("Enter")
    expect(text(opened, 0)).to_have_text("Something else")
    expect(said(opened)).to_have_text("Line 1 is saved.")
    assert corrections() == [(0, "Corner Shop", "Something else")]


def test_undo_and_redo(opened: Page) -> None:
    press = opened.keyboard.press
    press("j")
    press("Enter")
    for words in ("One", "Two"):
        typing(opened).fill(words)
        press("Enter")
    expect(said(opened)).to_have_text("Line 2 is saved.")
    opened.keyboard.type("x")
    press("Control+z")  # the input's own
    expect(typing(opened)).to_have_value("3 pears")
    press("Control+z")
    expect(text(opened, 1)).to_have_text("2 app1es  1.20")
    expect(line(opened, 1)).to_be_focused()
    press("Control+z")
    expect(text(opened, 0)).to_have_text("Corner Shop")
    press("Control+Shift+z")
    expect(text(opened, 0)).to_have_text("One")
    press("Control+y")
    expect(text(opened, 1)).to_have_text("Two")
    opened.get_by_role("button", name="Undo").click()
    expect(text(opened, 1)).to_have_text("2 app1es  1.20")
    expect(said(opened)).to_have_text("Line 2 says again what it said before.")
    opened.get_by_role("button", name="Redo").click()
    expect(text(opened, 1)).to_have_text("Two")


def test_from_doubtful_line_to_doubtful_line(opened: Page) -> None:
    press = opened.keyboard.press
    press("n")
    expect(line(opened, 1)).to_be_focused()
    press("Enter")
    typing(opened).fill("2 apples  1.20")
    press("Enter")
    expect(typing(opened)).to_have_accessible_name("Edit line 4")
    press("ArrowUp")  # back to where one was
    expect(typing(opened)).to_have_accessible_name("Edit line 2")
    press("Enter")
    typing(opened).fill("Total  1.20")
    press("Enter")
    expect(typing(opened)).to_have_count(0)
    expect(said(opened)).to_have_text("No doubtful line is left on this page.")
    expect(opened.locator("#doubtful")).to_be_empty()


def test_history_and_the_way_back(opened: Page) -> None:
    opened.keyboard.press("j")
    for words in ("Corner Ship", "Corner Shop Ltd"):
        opened.keyboard.press("Enter")
        typing(opened).fill(words)
        opened.keyboard.press("Enter")
        opened.keyboard.press("ArrowUp")
        opened.keyboard.press("Escape")
    expect(said(opened)).to_have_text("Line 1 is saved.")
    expect(line(opened, 0).locator(".sign")).to_be_visible()
    opened.keyboard.press("h")
    dialog = opened.get_by_role("dialog", name="History of line 1")
    entries = dialog.locator(".entries > li")
    expect(entries).to_have_count(2)
    expect(entries.nth(1).locator("del")).to_have_text("o")
    expect(entries.nth(1).locator("ins")).to_have_text("i")
    expect(entries.nth(1)).to_contain_text("alice · now")
    entries.nth(1).get_by_role("button", name="Put back").click()
    expect(dialog).to_be_hidden()
    expect(text(opened, 0)).to_have_text("Corner Shop")
    expect(line(opened, 0).locator(".c")).to_have_text("99")  # as it was read
    line(opened, 0).locator(".sign").click()
    expect(entries).to_have_count(3)
