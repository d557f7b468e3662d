"""The page drawn anew beside its scan: asked for once looked at, in the same place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from documents.models import Delivery, Document, Job
from documents.services.errands import run_next
from documents.views import drawn
from tests.made import made_document, made_job

MANY = tuple((f"Line {number}", 0.99) for number in range(60))


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test itself is the worker: nobody need wait for it."""
    monkeypatch.setattr(drawn, "MOMENT", 0)


@pytest.fixture
def document(alice: User) -> Document:
    document = made_document(alice, pages=2, words=MANY)
    made_job(document, words=MANY)
    return document


@pytest.fixture
def opened(site: str, page: Page, document: Document) -> Page:
    page.goto(f"{site}/documents/{document.pk}/")
    return page


def work(page: Page) -> None:
    """Draw what the page has asked for."""
    expect(page.locator("#drawn [hx-get]")).to_contain_text("being drawn")
    assert run_next()


def open_tab(page: Page) -> Locator:
    """The picture, once it is drawn."""
    page.get_by_role("tab", name="Redrawn").click()
    work(page)
    picture = page.locator(".redrawn")
    expect(picture).to_be_attached()
    return picture


def place_of(pane: Locator) -> list[float]:
    return pane.evaluate("pane => [pane.scrollLeft, pane.scrollTop]")


def same_place(page: Page) -> None:
    panes = [".stage", "#drawn .area"]
    page.wait_for_function(
        """panes => {
          const [one, other] = panes.map((name) => document.querySelector(name));
          return one.scrollTop === other.scrollTop
            && one.scrollLeft === other.scrollLeft;
        }""",
        arg=panes,
    )


def test_it_is_asked_for_when_it_is_looked_at(opened: Page) -> None:
    assert not Delivery.objects.exists()
    picture = open_tab(opened)
    source = picture.locator("image").get_attribute("href")
    assert opened.evaluate("url => fetch(url).then((r) => r.status)", source) == 200
    link = opened.locator("#drawn").get_by_role("link", name="Download")
    with opened.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "scan-1.png"


def test_both_pictures_stand_side_by_side(
    opened: Page, accessible: Callable[[Page], None]
) -> None:
    picture = open_tab(opened)
    scan, twin = opened.locator(".picture").bounding_box(), picture.bounding_box()
    assert scan
    assert twin
    assert (twin["width"], twin["height"]) == (scan["width"], scan["height"])
    assert twin["y"] == scan["y"]
    assert twin["x"] > scan["x"] + scan["width"]
    accessible(opened)


def test_zoom_turn_and_scrolling_are_coupled(opened: Page) -> None:
    picture = open_tab(opened)
    stage, area = opened.locator(".stage"), opened.locator("#drawn .area")
    for _ in range(5):
        opened.keyboard.press("+")
    width = opened.locator(".picture").bounding_box()["width"]
    assert picture.bounding_box()["width"] == width
    same_place(opened)
    stage.evaluate("pane => pane.scrollTo(31, 120)")
    same_place(opened)
    assert place_of(area) == [31, 120]
    area.evaluate("pane => pane.scrollTo(77, 40)")
    same_place(opened)
    assert place_of(stage) == [77, 40]
    opened.keyboard.press("r")
    expect(picture).to_have_attribute("viewBox", "0 0 300 400")
    area.hover()
    opened.keyboard.down("Control")
    opened.mouse.wheel(0, 300)
    opened.keyboard.up("Control")
    expect(opened.locator("#zoom")).not_to_have_text("305 %")
    same_place(opened)


def test_a_drag_on_either_moves_both(opened: Page) -> None:
    open_tab(opened)
    for _ in range(5):
        opened.keyboard.press("+")
    before = place_of(opened.locator(".stage"))
    box = opened.locator("#drawn .area").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    opened.mouse.move(x, y)
    opened.mouse.down()
    opened.mouse.move(x - 60, y - 30, steps=4)
    opened.mouse.up()
    same_place(opened)
    assert place_of(opened.locator(".stage")) == [before[0] + 60, before[1] + 30]


def test_a_line_lights_up_on_both(opened: Page) -> None:
    picture = open_tab(opened)
    opened.locator(".stage polygon[data-line='4']").hover()
    expect(picture.locator("polygon")).to_have_attribute("data-line", "4")
    other = opened.locator(".stage polygon[data-line='9']").bounding_box()
    scan, twin = opened.locator(".picture").bounding_box(), picture.bounding_box()
    beside = other["x"] + twin["x"] - scan["x"] + other["width"] / 2
    opened.mouse.move(beside, other["y"] + other["height"] / 2)
    expect(picture.locator("polygon")).to_have_attribute("data-line", "9")
    expect(opened.locator(".stage polygon[data-line='9']")).to_have_class(
        re.compile(r"\bon\b")
    )


def test_another_background_and_another_page(opened: Page, document: Document) -> None:
    picture = open_tab(opened)
    first = picture.locator("image").get_attribute("href")
    opened.get_by_role("button", name="On the scan").click()
    work(opened)
    expect(picture).to_be_attached()
    assert picture.locator("image").get_attribute("href") != first
    opened.get_by_role("button", name="On white").click()
    expect(picture.locator("image")).to_have_attribute("href", first)
    opened.locator(".tile").nth(1).click()
    work(opened)
    expect(picture.locator("image")).to_have_attribute("href", re.compile("/pages/2/"))
    opened.locator(".tile").nth(0).click()
    expect(picture.locator("image")).to_have_attribute("href", first)


def test_a_corrected_text_is_drawn_anew_when_it_is_looked_at_again(
    opened: Page,
) -> None:
    picture = open_tab(opened)
    first = picture.locator("image").get_attribute("href")
    opened.get_by_role("tab", name="Lines").click()
    opened.get_by_role("tab", name="Redrawn").click()
    expect(picture.locator("image")).to_have_attribute("href", first)
    opened.get_by_role("tab", name="Lines").click()
    Job.objects.update(updated=timezone.now())
    opened.get_by_role("tab", name="Redrawn").click()
    work(opened)
    expect(picture).to_be_attached()
    assert picture.locator("image").get_attribute("href") != first


def test_a_slider_parts_both_on_a_phone(
    site: str, page: Page, document: Document, accessible: Callable[[Page], None]
) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.goto(f"{site}/documents/{document.pk}/")
    open_tab(page)
    expect(page.locator("#drawn .area")).to_be_hidden()
    over, slider = page.locator(".stage .over"), page.get_by_role("slider")
    expect(slider).to_be_in_viewport()
    expect(page.locator(".stage")).to_be_in_viewport(ratio=1)
    expect(over).to_have_css("clip-path", "inset(0px 0px 0px 50%)")
    slider.focus()
    page.keyboard.press("Home")
    expect(over).to_have_css("clip-path", "inset(0px 0px 0px 0%)")
    page.keyboard.press("ArrowRight")
    expect(over).to_have_css("clip-path", "inset(0px 0px 0px 1%)")
    accessible(page)
    page.get_by_role("tab", name="Lines").click()
    expect(over).to_be_hidden()
