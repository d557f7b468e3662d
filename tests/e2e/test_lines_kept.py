"""Of what is typed into a line nothing is lost, whatever happens."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from playwright.sync_api import Page, Route, expect

from documents.models import Document, PageRead
from documents.services.texts.corrections import correct_line
from tests.e2e.lines_edited import (
    corrections,
    document,
    opened,
    said,
    text,
    typing,
)
from tests.made import made_document, made_job

__all__ = ["document", "opened"]


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
    page.keyboard.press("Control+z")
    expect(said(page)).to_have_text("Line 1 of page 1 says again what it said before.")
    page.keyboard.press("Control+y")
    expect(said(page)).to_have_text("Line 1 is saved.")
    page.keyboard.press("[")
    expect(text(page, 0)).to_have_text("Typed and not saved")


def test_who_leaves_is_asked_first(opened: Page) -> None:
    opened.keyboard.press("j")
    opened.keyboard.press("Enter")
    typing(opened).fill("Typed and not saved")
    with opened.expect_event("dialog") as asked:
        opened.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(typing(opened)).to_have_value("Typed and not saved")


def test_who_goes_elsewhere_has_saved(opened: Page) -> None:
    opened.keyboard.press("j")
    opened.keyboard.press("Enter")
    typing(opened).fill("Typed")
    opened.keyboard.press("Tab")
    expect(opened.get_by_role("button", name="Save")).to_be_focused()
    opened.get_by_role("button", name="Zoom in").click()  # to see better
    expect(typing(opened)).to_have_value("Typed")
    opened.get_by_role("tab", name="Lines").click()
    expect(typing(opened)).to_have_count(0)
    expect(said(opened)).to_have_text("Line 1 is saved.")
    expect(text(opened, 0)).to_have_text("Typed")
