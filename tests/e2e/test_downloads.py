"""The menu of downloads in use: of one page, by keys, on a phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.made import made_document, made_job


@pytest.fixture
def opened(site: str, page: Page, alice: User) -> Page:
    document = made_document(alice, name="trip.tiff", pages=3)
    made_job(document)
    page.goto(f"{site}/documents/{document.pk}/")
    page.locator("#downloads summary").click()
    return page


def pages_taken(page: Page) -> list[int]:
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON, with places").click()
    taken = json.loads(Path(download.value.path()).read_text())
    return [one["number"] for one in taken["pages"]]


def test_of_one_page_or_of_all(opened: Page) -> None:
    assert pages_taken(opened) == [1, 2, 3]
    opened.get_by_role("radio", name="This page").check()
    assert pages_taken(opened) == [1]
    opened.locator(".tile").nth(1).click()
    expect(opened.locator(".pager")).to_contain_text("2 of 3")
    opened.locator("#downloads summary").click()
    assert pages_taken(opened) == [2]
    opened.get_by_role("radio", name="All 3 pages").check()
    assert pages_taken(opened) == [1, 2, 3]


def test_arrows_go_from_choice_to_choice(opened: Page) -> None:
    opened.keyboard.press("ArrowDown")
    expect(opened.get_by_role("link", name="Plain text")).to_be_focused()
    opened.keyboard.press("ArrowDown")
    expect(opened.get_by_role("link", name="columns kept")).to_be_focused()
    opened.keyboard.press("ArrowUp")
    opened.keyboard.press("ArrowUp")
    expect(opened.locator("#downloads summary")).to_be_focused()
    opened.keyboard.press("Escape")
    expect(opened.get_by_role("link", name="Plain text")).to_be_hidden()


@pytest.mark.parametrize("size", [(1280, 800), (390, 700)])
def test_all_of_it_can_be_reached(
    opened: Page, size: tuple[int, int], accessible: Callable[[Page], None]
) -> None:
    opened.set_viewport_size({"width": size[0], "height": size[1]})
    last = opened.get_by_role("link", name="The original file")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
    box = opened.locator("#downloads .items").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    accessible(opened)
