"""The document page in use: both sides light up, keys, pages that come in, zoom."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from documents.models import Document
from documents.services.jobs import create_job
from documents.services.readings import read_next
from tests.made import made_document, made_job

MANY = tuple((f"Line {number}", 0.99) for number in range(60))
ON = re.compile(r"\bon\b")


def line(page: Page, index: int) -> Locator:
    return page.locator(f".lines li[data-line='{index}']")


def outline(page: Page, index: int) -> Locator:
    return page.locator(f"polygon[data-line='{index}']")


def is_within(page: Page, inner: Locator, outer: str) -> bool:
    box, frame = inner.bounding_box(), page.locator(outer).bounding_box()
    assert box
    assert frame
    above = box["y"] + box["height"] <= frame["y"] + frame["height"] + 1
    return frame["y"] - 1 <= box["y"] and above


@pytest.fixture
def document(alice: User) -> Document:
    document = made_document(alice)
    made_job(document)
    return document


@pytest.fixture
def opened(site: str, page: Page, document: Document) -> Page:
    page.goto(f"{site}/documents/{document.pk}/")
    return page


def test_a_line_and_its_outline_light_up_together(opened: Page) -> None:
    line(opened, 1).hover()
    expect(outline(opened, 1)).to_have_class(ON)
    outline(opened, 2).hover()
    expect(line(opened, 2)).to_have_class(ON)
    expect(line(opened, 1)).not_to_have_class(ON)


def test_its_twin_comes_into_sight(site: str, page: Page, alice: User) -> None:
    document = made_document(alice)
    made_job(document, words=MANY)
    page.goto(f"{site}/documents/{document.pk}/")
    page.keyboard.press("End")
    for _ in range(4):
        page.keyboard.press("+")
    page.locator("#lines").evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
    page.keyboard.press("j")
    expect(line(page, 0)).to_be_focused()
    assert is_within(page, line(page, 0), "#lines")
    outline(page, 3).dispatch_event("click")
    assert is_within(page, line(page, 3), "#lines")


def test_keys(opened: Page) -> None:
    press = opened.keyboard.press
    press("j")
    expect(line(opened, 0)).to_be_focused()
    press("ArrowDown")
    expect(line(opened, 1)).to_be_focused()
    press("k")
    expect(line(opened, 0)).to_be_focused()
    press("n")
    expect(line(opened, 2)).to_be_focused()
    expect(line(opened, 2).locator("mark")).to_have_text("T0tal 1.20")
    press("?")
    dialog = opened.get_by_role("dialog", name="Keys on this page")
    expect(dialog).to_contain_text("Next doubtful line")
    press("j")
    expect(line(opened, 2)).to_have_class(ON)
    press("Escape")
    expect(dialog).to_be_hidden()


def test_zoom_and_turn(opened: Page) -> None:
    picture = opened.locator(".picture")
    width = picture.bounding_box()["width"]
    opened.keyboard.press("+")
    expect(opened.locator("#zoom")).to_have_text("125 %")
    assert picture.bounding_box()["width"] == pytest.approx(1.25 * width, abs=1)
    opened.keyboard.press("0")
    assert picture.bounding_box()["width"] == pytest.approx(width, abs=1)
    opened.get_by_role("button", name="Turn the picture").click()
    expect(picture).to_have_attribute("viewBox", "0 0 300 400")
    top = outline(opened, 0).bounding_box()
    bottom = outline(opened, 2).bounding_box()
    assert top["x"] > bottom["x"]  # what was above is now on the right
    assert top["height"] > top["width"]


def test_drag_moves_the_picture(opened: Page) -> None:
    for _ in range(5):
        opened.keyboard.press("+")
    stage = opened.locator(".stage")
    before = stage.evaluate("stage => stage.scrollLeft")
    box = stage.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    opened.mouse.move(x, y)
    opened.mouse.down()
    opened.mouse.move(x - 80, y - 40, steps=4)
    opened.mouse.up()
    assert stage.evaluate("stage => stage.scrollLeft") == before + 80


def test_layout_and_copy(opened: Page) -> None:
    opened.get_by_role("tab", name="Layout").click()
    expect(opened.locator("#lines")).to_be_hidden()
    expect(opened.locator("#layout")).to_contain_text("Corner Shop")
    opened.keyboard.press("t")
    expect(opened.locator("#drawn")).to_be_visible()
    opened.keyboard.press("t")
    expect(opened.locator("#lines")).to_be_visible()
    opened.get_by_role("button", name="Copy").click()
    expect(opened.get_by_role("button", name="Copied")).to_be_visible()
    clipboard = opened.evaluate("navigator.clipboard.readText()")
    assert clipboard == "Corner Shop\n2 apples  1.20\nT0tal  1.20"


def test_pages_come_in_while_they_are_read(
    site: str, page: Page, alice: User, fine: None
) -> None:
    document = made_document(alice, pages=3)
    job = create_job(document, user=alice, engine="fine")
    page.goto(f"{site}/documents/{document.pk}/")
    expect(page.locator(".nothing")).to_contain_text("Waiting to be read")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    assert read_next()
    expect(page.locator(".lines")).to_contain_text("Total 12.50")
    expect(page.locator(".facts")).to_contain_text("reading 1 of 3")
    tile = page.locator(".tile").nth(1)
    expect(tile).to_have_attribute("data-state", "Q")
    while read_next():
        pass
    expect(tile).to_have_attribute("data-state", "S")
    expect(page.locator(".facts")).to_contain_text("done")
    job.refresh_from_db()
    expect(page.locator("#job")).not_to_have_attribute("hx-trigger", re.compile("."))
    page.locator("#downloads summary").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Plain text").click()
    assert download.value.suggested_filename == "scan.txt"


def test_from_page_to_page(site: str, page: Page, alice: User) -> None:
    document = made_document(alice, pages=3)
    made_job(document)
    page.goto(f"{site}/documents/{document.pk}/")
    page.keyboard.press("+")
    page.keyboard.press("]")
    expect(page.locator(".pager")).to_have_text(re.compile(r"2\s+of\s+3"))
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator("#zoom")).to_have_text("125 %")  # the view is kept
    expect(page.locator(".tile[aria-current]")).to_have_text(re.compile("2"))
    page.locator(".tile").nth(2).click()
    expect(page.locator(".pager")).to_have_text(re.compile(r"3\s+of\s+3"))
    page.go_back()
    expect(page.locator(".pager")).to_have_text(re.compile(r"2\s+of\s+3"))
    page.keyboard.press("[")
    expect(page.locator(".pager")).to_have_text(re.compile(r"1\s+of\s+3"))


def test_read_again(opened: Page, fine: None) -> None:
    opened.reload()
    opened.get_by_text("Read again", exact=True).first.click()
    opened.get_by_label("Engine", exact=True).select_option("fine")
    opened.get_by_role("button", name="Read again").click()
    expect(opened.locator(".nothing")).to_contain_text("Waiting to be read")
    assert read_next()
    expect(opened.locator(".lines")).to_contain_text("Total 12.50")
    opened.get_by_text("Readings").click()
    opened.get_by_role("link", name="Tesseract").click()
    expect(opened.locator(".lines")).to_contain_text("Corner Shop")


def test_delete_and_undo(opened: Page) -> None:
    opened.get_by_role("button", name="Delete").click()
    expect(opened.locator(".message")).to_contain_text(
        "\u2068scan.png\u2069 is in the trash."
    )
    opened.get_by_role("button", name="Undo").click()
    expect(opened.locator(".message")).to_contain_text("1 document is back.")
    expect(opened.locator(".title")).to_have_text("scan.png")


def test_on_a_phone_the_picture_stays_in_sight(
    site: str, page: Page, alice: User
) -> None:
    document = made_document(alice)
    made_job(document, words=MANY)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{site}/documents/{document.pk}/")
    line(page, 40).click()
    expect(outline(page, 40)).to_have_class(ON)
    assert page.locator(".stage").bounding_box()["y"] >= 0
    assert is_within(page, outline(page, 40), ".stage")
