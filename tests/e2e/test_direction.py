"""Pages in Arabic: lines and layout run from the side that they do on paper."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Reading
from tests.made import made_document, made_job

# Cells by their text, left edge and top: three rows of two.
CELLS = (
    ("الوصف", 280, 20),
    ("المبلغ", 40, 20),
    ("خبز أبيض (٢)", 230, 80),
    ("١٥٫٧٥", 40, 80),
    ("Net", 300, 140),
    ("12.50", 40, 140),
)


def cell(text: str, left: int, top: int) -> dict[str, object]:
    right, bottom = left + 11 * len(text), top + 30
    polygon = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return {"text": text, "confidence": 0.99, "polygon": polygon, "words": []}


def left_of(page: Page, text: str) -> float:
    """Where the first letter of *text* is painted within the layout."""
    found = page.evaluate(
        """text => {
          const node = document.querySelector("#layout pre").firstChild;
          const range = document.createRange(), start = node.data.indexOf(text);
          range.setStart(node, start);
          range.setEnd(node, start + text.length);
          return range.getBoundingClientRect().left;
        }""",
        text,
    )
    return float(found)


@pytest.fixture
def opened(site: str, page: Page, alice: User) -> Page:
    document = made_document(alice)
    made_job(document)
    reading = Reading.objects.get()
    reading.result["lines"] = [cell(*one) for one in CELLS]
    reading.result["text"] = reading.text = "\n".join(text for text, *_ in CELLS)
    reading.save()
    page.goto(f"{site}/documents/{document.pk}/")
    return page


def test_each_line_runs_as_its_letters_do(opened: Page) -> None:
    lines = opened.locator(".lines .t")
    expect(lines.nth(0)).to_have_css("direction", "rtl")
    expect(lines.nth(2)).to_have_css("direction", "rtl")
    expect(lines.nth(4)).to_have_css("direction", "ltr")
    expect(lines.nth(2)).to_have_text("خبز أبيض (٢)")


def test_arabic_letters_have_widths_of_their_own(opened: Page) -> None:
    lines = opened.locator(".lines .t")
    expect(lines.nth(0)).to_have_css("font-family", re.compile("sans-serif$"))
    expect(lines.nth(4)).to_have_css("font-family", re.compile("monospace$"))


def test_a_wide_layout_begins_at_its_right(opened: Page) -> None:
    opened.set_viewport_size({"width": 240, "height": 800})
    opened.get_by_role("tab", name="Layout").click()
    layout = opened.locator("#layout")
    expect(layout).to_have_css("direction", "rtl")
    assert layout.evaluate("pane => pane.scrollWidth > pane.clientWidth")
    assert left_of(opened, "الوصف") < 240


def test_the_layout_shows_each_cell_where_it_stands(opened: Page) -> None:
    opened.get_by_role("tab", name="Layout").click()
    for left, right in (("المبلغ", "الوصف"), ("١٥٫٧٥", "خبز"), ("12.50", "Net")):
        assert left_of(opened, left) < left_of(opened, right)
    assert abs(left_of(opened, "١٥٫٧٥") - left_of(opened, "12.50")) < 12
