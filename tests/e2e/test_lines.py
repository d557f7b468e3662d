"""Lines put right in place: by keyboard, by touch, back and forth, when it fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, Route, expect

from documents.models import Correction, Document, Job, Membership, PageRead, Reading
from documents.models.people import Role
from documents.services.texts.corrections import correct_line
from tests.made import made_document, made_job

DOUBTFUL = (
    ("Corner Shop", 0.99),
    ("2 app1es  1.20", 0.5),
    ("3 pears", 0.99),
    ("T0tal  1.20", 0.62),
    ("Thank you", 0.99),
)


def line(page: Page, place: int) -> Locator:
    return page.locator(f"#lines li[data-line='{place}']")


def text(page: Page, place: int) -> Locator:
    return line(page, place).locator(".t")


def typing(page: Page) -> Locator:
    return page.locator(".editor input")


def said(page: Page) -> Locator:
    return page.locator("#sitting .words")


def corrections() -> list[tuple[int, str, str]]:
    return list(Correction.objects.values_list("line", "before", "after"))


@pytest.fixture
def document(alice: User) -> Document:
    document = made_document(alice, words=DOUBTFUL)
    made_job(document, words=DOUBTFUL)
    return document


@pytest.fixture
def opened(site: str, page: Page, document: Document) -> Page:
    page.goto(f"{site}/documents/{document.pk}/")
    return page


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


def test_somebody_else_was_faster(
    opened: Page, document: Document, alice: User, complaints: list[str]
) -> None:
    opened.keyboard.press("j")
    opened.keyboard.press("Enter")
    typing(opened).fill("Mine")
    read = PageRead.objects.get()
    correct_line(read, 0, "Theirs", user=alice)
    opened.keyboard.press("Enter")
    expect(typing(opened)).to_have_value("Mine")
    expect(typing(opened)).to_be_focused()
    expect(opened.get_by_role("alert")).to_have_text(
        "Somebody else has changed this line. Look at it again. "
        "It says now: \u2068Theirs\u2069"
    )
    opened.keyboard.press("Enter")  # now that one knows
    expect(text(opened, 0)).to_have_text("Mine")
    expect(said(opened)).to_have_text("Line 1 is saved.")
    assert corrections()[-1] == (0, "Theirs", "Mine")
    complaints.clear()  # the browser itself tells of the 409


def test_without_the_server_nothing_is_lost(
    opened: Page, complaints: list[str]
) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    opened.route("**/lines/*/", refuse)
    opened.keyboard.press("j")
    opened.keyboard.press("Enter")
    typing(opened).fill("Typed offline")
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("alert")).to_have_text(
        "The server does not answer. What you typed is still here: save it again."
    )
    expect(typing(opened)).to_have_value("Typed offline")
    opened.keyboard.press("Escape")
    expect(text(opened, 0)).to_have_text("Corner Shop")
    opened.get_by_role("button", name="Go on editing").click()
    expect(typing(opened)).to_have_value("Typed offline")
    opened.unroute("**/lines/*/", refuse)
    opened.keyboard.press("Enter")
    expect(said(opened)).to_have_text("Line 1 is saved.")
    assert corrections() == [(0, "Corner Shop", "Typed offline")]
    complaints.clear()


def test_who_is_logged_out_keeps_what_was_typed(opened: Page) -> None:
    opened.keyboard.press("j")
    opened.keyboard.press("Enter")
    typing(opened).fill("Typed too late")
    cookies = opened.context.cookies()
    opened.context.clear_cookies(name="sessionid")
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("alert")).to_contain_text("You are logged out.")
    expect(typing(opened)).to_have_value("Typed too late")
    opened.context.add_cookies(cookies)
    opened.keyboard.press("Enter")
    expect(said(opened)).to_have_text("Line 1 is saved.")


def test_what_is_refused_does_not_disturb_who_types_on(
    opened: Page, complaints: list[str]
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    opened.route("**/lines/0/", hold)
    opened.keyboard.press("j")
    opened.keyboard.press("Enter")
    typing(opened).evaluate("input => { input.value = 'a\\u0007b'; }")
    opened.keyboard.press("Enter")
    expect(typing(opened)).to_have_accessible_name("Edit line 2")
    opened.keyboard.type("2 apples")
    held[0].continue_()
    refused = "Line 1 is not saved: The line has control characters"
    expect(said(opened)).to_contain_text(refused)
    expect(typing(opened)).to_have_accessible_name("Edit line 2")
    expect(typing(opened)).to_have_value("2 app1es  1.202 apples")
    opened.get_by_role("button", name="Go on editing").click()  # line 2 is saved
    expect(typing(opened)).to_have_accessible_name("Edit line 1")
    expect(opened.get_by_role("alert")).to_contain_text("control characters")
    opened.unroute("**/lines/0/", hold)
    typing(opened).fill("fine")
    opened.keyboard.press("Enter")
    expect(text(opened, 0)).to_have_text("fine")
    expect(said(opened)).to_have_text("Line 1 is saved.")
    assert corrections() == [
        (1, "2 app1es  1.20", "2 app1es  1.202 apples"),
        (0, "Corner Shop", "fine"),
    ]
    complaints.clear()


def test_a_page_is_left_once_its_lines_are_saved(
    site: str, page: Page, alice: User
) -> None:
    document = made_document(alice, pages=2)
    made_job(document)
    page.goto(f"{site}/documents/{document.pk}/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    typing(page).fill("Typed and not saved")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".pager")).to_have_text(re.compile(r"2\s+of\s+2"))
    assert corrections() == [(0, "Corner Shop", "Typed and not saved")]
    page.keyboard.press("[")
    expect(text(page, 0)).to_have_text("Typed and not saved")


def with_words(job: Job, lines: list[dict[str, Any]]) -> None:
    reading = Reading.objects.get()
    reading.result["lines"] = lines
    reading.result["text"] = reading.text = "\n".join(one["text"] for one in lines)
    reading.save()


def made_line(words: list[dict[str, Any]], top: int) -> dict[str, Any]:
    left, right, bottom = 20, 380, top + 40
    box = {"left": left, "top": top, "right": right, "bottom": bottom}
    return {
        "text": " ".join(word["text"] for word in words),
        "confidence": 0.95,
        "polygon": [[left, top], [right, top], [right, bottom], [left, bottom]],
        "words": [{"confidence": 0.99, "box": box} | word for word in words],
    }


@pytest.fixture
def in_doubt(site: str, page: Page, alice: User) -> Page:
    document = made_document(alice)
    others = [
        {"text": "Total", "engine": "tesseract"},
        {"text": "", "engine": "ppocr"},
    ]
    amount = [{"text": "١٥٫٧٥", "engine": "arabic"}]
    with_words(
        made_job(document),
        [
            made_line(
                [
                    {"text": "T0tal", "confidence": 0.5, "alternatives": others},
                    {"text": "1.20"},
                ],
                20,
            ),
            made_line(
                [
                    {"text": "المبلغ"},
                    {"text": "١٥٫٢٥", "confidence": 0.4, "alternatives": amount},
                ],
                80,
            ),
        ],
    )
    page.goto(f"{site}/documents/{document.pk}/")
    return page


def test_what_other_engines_read(in_doubt: Page) -> None:
    press = in_doubt.keyboard.press
    expect(line(in_doubt, 0).locator("mark")).to_have_attribute(
        "title", "Tesseract: Total · PP-OCR: nothing here"
    )
    press("j")
    press("Enter")
    assert in_doubt.evaluate("getSelection().toString()") == "T0tal"
    press("Alt+1")
    expect(typing(in_doubt)).to_have_value("Total 1.20")
    chosen = in_doubt.get_by_role("button", name="Total instead of T0tal (Tesseract)")
    expect(chosen).to_have_attribute("aria-pressed", "true")
    press("Alt+1")
    expect(typing(in_doubt)).to_have_value("T0tal 1.20")
    in_doubt.get_by_role("button", name="nothing here instead of T0tal").click()
    expect(typing(in_doubt)).to_have_value(" 1.20")
    press("Control+z")
    expect(typing(in_doubt)).to_have_value("T0tal 1.20")
    press("Alt+1")
    press("Enter")
    expect(text(in_doubt, 0)).to_have_text("Total 1.20")


def test_a_line_in_arabic(in_doubt: Page) -> None:
    line(in_doubt, 1).click()
    in_doubt.keyboard.press("Enter")
    expect(typing(in_doubt)).to_have_css("direction", "rtl")
    in_doubt.keyboard.press("Alt+1")
    expect(typing(in_doubt)).to_have_value("المبلغ ١٥٫٧٥")
    in_doubt.keyboard.press("Enter")
    expect(said(in_doubt)).to_have_text("Line 2 is saved.")
    in_doubt.reload()
    expect(text(in_doubt, 1)).to_have_text("المبلغ ١٥٫٧٥")
    expect(text(in_doubt, 1)).to_have_css("direction", "rtl")


def below(page: Page) -> float:
    """How far the last line is below the first."""
    first, last = line(page, 0).bounding_box(), line(page, 4).bounding_box()
    assert first
    assert last
    return last["y"] - first["y"]


def test_on_a_phone(site: str, page: Page, document: Document) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}/documents/{document.pk}/")
    line(page, 3).click()
    distance = below(page)
    page.get_by_role("button", name="Edit line 4").click()
    expect(typing(page)).to_be_focused()
    expect(page.locator(".crop svg")).to_be_in_viewport()
    assert below(page) == distance  # nothing moves
    typing(page).fill("Total  1.20")
    page.get_by_role("button", name="Save").click()
    expect(typing(page)).to_have_accessible_name("Edit line 5")
    page.get_by_role("button", name="Leave as it was").click()
    expect(said(page)).to_have_text("Line 4 is saved.")
    page.get_by_role("button", name="Undo").click()
    expect(text(page, 3)).to_have_text("T0tal  1.20")


def test_a_double_click_on_an_outline(opened: Page) -> None:
    box = opened.locator("polygon[data-line='2']").bounding_box()
    opened.mouse.dblclick(box["x"] + 50, box["y"] + box["height"] / 2)
    expect(typing(opened)).to_have_accessible_name("Edit line 3")


def test_who_only_looks_edits_nothing(opened: Page, document: Document) -> None:
    Membership.objects.update(role=Role.VIEWER)
    opened.reload()
    opened.keyboard.press("j")
    opened.keyboard.press("Enter")
    line(opened, 1).dblclick()
    expect(line(opened, 1)).to_have_class(re.compile(r"\bon\b"))
    expect(typing(opened)).to_have_count(0)
    expect(opened.locator(".pencil")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(
    in_doubt: Page, scheme: Literal["light", "dark"], accessible: Callable[[Page], None]
) -> None:
    in_doubt.emulate_media(color_scheme=scheme)
    in_doubt.keyboard.press("n")
    in_doubt.keyboard.press("Enter")
    in_doubt.keyboard.press("Alt+1")
    accessible(in_doubt)
    in_doubt.keyboard.press("Enter")
    expect(typing(in_doubt)).to_have_accessible_name("Edit line 2")
    expect(said(in_doubt)).to_have_text("Line 1 is saved.")
    in_doubt.keyboard.press("Escape")
    accessible(in_doubt)
    in_doubt.locator(".sign").click()
    expect(in_doubt.get_by_role("dialog")).to_contain_text("alice")
    accessible(in_doubt)


def test_the_crop_shows_the_line_upright(opened: Page) -> None:
    line(opened, 3).dblclick()
    crop = opened.locator(".crop svg")
    box = crop.bounding_box()
    width, height = map(float, crop.get_attribute("viewBox").split()[2:])
    assert (width, height) == pytest.approx((360 + 2 * 0.3 * 34.7, 1.6 * 34.7), abs=0.1)
    assert box["width"] / box["height"] == pytest.approx(width / height, rel=0.02)
    image = crop.locator("image")
    assert image.get_attribute("transform").startswith("rotate(0) translate(-20 -")
