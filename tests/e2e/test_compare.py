"""Two readings side by side: keys, the line on the scan, the choice, a new reading."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from documents.models import Document, Job
from documents.services.jobs import create_job
from documents.services.readings import read_next
from documents.services.texts.choice import choose_text
from tests.made import made_document, made_job

LEFT = (("Corner Shop", 0.99), ("2 apples  1.20", 0.9), ("Bye", 0.9), ("T0tal", 0.6))
RIGHT = (("Corner Shop", 0.99), ("2 apples  1,20", 0.9), ("Bye", 0.9), ("Total", 0.9))
ON = re.compile(r"\bon\b")


@pytest.fixture
def document(alice: User) -> Document:
    document = made_document(alice, pages=2, words=LEFT)
    made_job(document, words=LEFT)
    made_job(document, engine="ppocr", words=RIGHT)
    return document


@pytest.fixture
def opened(site: str, page: Page, document: Document) -> Page:
    right, left = document.jobs.order_by("-created")
    query = f"?left={left.pk}&right={right.pk}"
    page.goto(f"{site}/documents/{document.pk}/compare/{query}")
    return page


def pair(page: Page, index: int) -> Locator:
    return page.locator(".pair").nth(index)


def outlined(page: Page) -> tuple[float, float]:
    """Where the outline on the scan begins, down the page, and how high it is."""
    rect = page.locator("#crop rect")
    return float(rect.get_attribute("y")), float(rect.get_attribute("height"))


def test_from_difference_to_difference(opened: Page) -> None:
    expect(pair(opened, 1)).to_have_class(ON)  # the first one
    opened.keyboard.press("n")
    expect(pair(opened, 3)).to_be_focused()
    opened.keyboard.press("n")
    expect(pair(opened, 3)).to_be_focused()
    opened.keyboard.press("p")
    expect(pair(opened, 1)).to_be_focused()
    opened.keyboard.press("k")
    expect(pair(opened, 0)).to_be_focused()
    opened.keyboard.press("j")
    expect(pair(opened, 1)).to_be_focused()
    opened.get_by_role("button", name="Next difference").click()
    expect(pair(opened, 3)).to_be_focused()


def test_the_line_on_the_scan(opened: Page) -> None:
    assert outlined(opened) == (80, 40)
    pair(opened, 3).hover()
    assert outlined(opened) == (200, 40)
    expect(opened.locator("#crop svg")).to_have_attribute(
        "viewBox", "0.0 180.0 400.0 80.0"
    )


def test_only_differences(opened: Page) -> None:
    opened.keyboard.press("d")
    expect(pair(opened, 0)).to_be_hidden()
    expect(pair(opened, 1)).to_be_visible()
    opened.keyboard.press("j")
    expect(pair(opened, 3)).to_be_focused()
    opened.keyboard.press("]")
    expect(opened.locator(".chip[aria-current]")).to_contain_text("2")
    expect(opened.get_by_label("Only differences")).to_be_checked()
    expect(pair(opened, 0)).to_be_hidden()
    opened.get_by_label("Only differences").uncheck()
    expect(pair(opened, 0)).to_be_visible()


def test_choose_one(opened: Page, document: Document) -> None:
    newest, older = document.jobs.order_by("-created")
    sides = opened.locator(".side")
    expect(sides.nth(1)).to_contain_text("The document's text")
    sides.nth(0).get_by_role("button", name="Use this text").click()
    expect(sides.nth(0)).to_contain_text("✓ The document's text")
    document.refresh_from_db()
    assert document.text_job == older
    sides.nth(0).get_by_role("button", name="Always the newest").click()
    expect(sides.nth(1)).to_contain_text("✓ The document's text")
    document.refresh_from_db()
    assert document.text_job is None
    assert newest == document.jobs.first()


def test_another_reading_from_the_menu(opened: Page) -> None:
    opened.locator(".picker > summary").nth(0).click()
    opened.locator(".picker").nth(0).get_by_role("link", name="PP-OCR").click()
    expect(opened.locator(".sum")).to_have_text("✓ Both say the same on this page")


def test_read_again_and_compare(site: str, page: Page, alice: User, fine: None) -> None:
    document = made_document(alice)
    made_job(document)
    page.goto(f"{site}/documents/{document.pk}/")
    page.get_by_role("link", name="Compare").click()
    expect(page.locator(".empty h2")).to_have_text("There is one reading so far")
    page.locator("summary", has_text="Read again with").click()
    page.get_by_label("Engine", exact=True).select_option("fine")
    page.get_by_role("button", name="Read and compare").click()
    expect(page.locator(".empty")).to_contain_text("Waiting to be read")
    assert Job.objects.filter(engine="fine").count() == 1
    while read_next():
        pass
    expect(page.locator(".pair")).to_have_count(4)
    expect(page.locator(".side").nth(1)).to_contain_text("✓ The document's text")


def test_a_reading_that_has_ended_is_offered(
    site: str, page: Page, alice: User, fine: None
) -> None:
    document = made_document(alice)
    choose_text(document, made_job(document))
    job = create_job(document, user=alice)
    page.goto(f"{site}/documents/{document.pk}/?job={job.pk}")
    choice = page.locator("#choice")
    expect(choice).to_have_text("Compare")
    while read_next():
        pass
    choice.get_by_role("button", name="Use this text").click()
    expect(page.locator(".message")).to_have_text(
        "This reading is the document's text now."
    )
    document.refresh_from_db()
    assert document.text_job == job


def test_the_way_there_leads_to_the_open_page(
    site: str, page: Page, document: Document
) -> None:
    page.goto(f"{site}/documents/{document.pk}/")
    page.keyboard.press("]")
    expect(page.locator("#page")).to_have_attribute("data-number", "2")
    page.get_by_role("link", name="Compare").click()
    expect(page.locator(".chip[aria-current]")).to_contain_text("2")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_for_everybody(
    opened: Page,
    alice: User,
    accessible: Callable[[Page], None],
    language: str,
    width: int,
    scheme: str,
) -> None:
    alice.profile.language = language
    alice.profile.save()
    opened.emulate_media(color_scheme=scheme)
    opened.set_viewport_size({"width": width, "height": 800})
    opened.reload()
    accessible(opened)
    for menu in opened.locator("main details.menu > summary").all():
        menu.click()
        if width < 760:  # on wide screens a menu may lie over half of a button
            accessible(opened)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
