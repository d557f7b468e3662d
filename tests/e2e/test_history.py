"""Finding, ticking, and one wish for many."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Document
from documents.views import history
from tests.made import made_document


@pytest.fixture(autouse=True)
def documents(alice: User, monkeypatch) -> None:
    monkeypatch.setattr(history, "ROWS", 3)
    for number in range(5):
        made_document(alice, name=f"{number}.png")


def test_ticks_reach_and_all_that_match(site: str, page: Page) -> None:
    page.goto(f"{site}/history/")
    boxes = page.locator("input[name=document]")
    expect(page.get_by_role("button", name="Delete")).to_be_hidden()
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator("#chosen")).to_have_text("3 chosen")
    page.get_by_label("All 5 that match, on every page").check()
    expect(page.locator("#chosen")).to_have_text("all chosen")
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".message")).to_contain_text("5 documents are in the trash.")
    assert Document.objects.alive().count() == 0
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".message")).to_contain_text("5 documents are back.")


def test_page_by_page(site: str, page: Page) -> None:
    page.goto(f"{site}/history/")
    expect(page.locator(".title")).to_have_text(["4.png", "3.png", "2.png"])
    page.get_by_role("link", name="Older").click()
    expect(page.locator(".title")).to_have_text(["1.png", "0.png"])
    page.get_by_role("link", name="Newest").click()
    expect(page.locator(".title")).to_have_text(["4.png", "3.png", "2.png"])


def test_search_from_anywhere(site: str, page: Page) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("3.p")
    page.keyboard.press("Enter")
    page.wait_for_url("**/history/?*")  # loaded, so that its keys are listened to
    expect(page.locator(".title")).to_have_text("3.png")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#chosen")).to_have_text("1 chosen")


def test_the_texts_come_as_one_file(site: str, page: Page) -> None:
    page.goto(f"{site}/history/")
    page.get_by_label("All on this page").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download texts").click()
    assert download.value.suggested_filename == "texts.zip"
