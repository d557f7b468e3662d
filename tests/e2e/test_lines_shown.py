"""Lines that are edited, each in its way: in Arabic, on a phone, with alternatives."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Document, Membership, Reading
from documents.models.people import Role
from tests.e2e.lines_edited import (
    document,
    in_doubt,
    line,
    made_line,
    opened,
    said,
    text,
    typing,
    with_words,
)
from tests.made import made_document, made_job

__all__ = ["document", "in_doubt", "opened"]


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


def test_text_without_lines_is_read_alone(site: str, page: Page, alice: User) -> None:
    document = made_document(alice)
    made_job(document, words=())
    reading = Reading.objects.get()
    reading.result["text"] = "Told by a model"
    reading.save()
    page.goto(f"{site}/documents/{document.pk}/")
    for key in ("Enter", "F2", "h", "n", "Control+z"):
        page.keyboard.press(key)
    expect(page.locator(".prose")).to_have_text("Told by a model")
    expect(typing(page)).to_have_count(0)


def below(page: Page) -> float:
    """How far the last line is below the first."""
    first, last = line(page, 0).bounding_box(), line(page, 4).bounding_box()
    assert first
    assert last
    return last["y"] - first["y"]


def test_a_line_without_a_place(site: str, page: Page, alice: User) -> None:
    document = made_document(alice)
    read = made_line([{"text": "Told", "confidence": None}], 20)
    with_words(made_job(document), [read | {"polygon": None, "words": []}])
    page.goto(f"{site}/documents/{document.pk}/")
    line(page, 0).dblclick()
    expect(page.locator(".crop")).to_be_hidden()
    typing(page).fill("Read")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Line 1 is saved.")


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
