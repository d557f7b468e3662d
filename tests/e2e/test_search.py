"""From the search in the bar to the words on the picture."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Document, Reading
from documents.services.texts.search import index
from tests.made import made_document, made_job

WORDS = (
    ("Corner Shop", 0.99),
    ("2 apples  1.20", 0.91),
    ("Total of apples 1,250.00", 0.97),
    ("الفاتورة رقم ١٢", 0.95),
)


@pytest.fixture
def document(alice: User) -> Document:
    """Three pages; the middle one says nothing of apples."""
    document = made_document(alice, name="receipt.png", pages=3, words=WORDS)
    made_job(document, words=WORDS)
    middle = Reading.objects.get(page_number=2)
    lines = [line | {"text": "Pears"} for line in middle.result["lines"]]
    middle.result |= {"lines": lines, "text": "Pears"}
    middle.text = "Pears"
    middle.save()
    index(document)
    return document


def expect_lit(page: Page, name: str, words: list[str]) -> None:
    """What is lit up in the text, once the page has settled."""
    page.wait_for_function(
        "([name, words]) => JSON.stringify(words) === "
        "JSON.stringify([...(CSS.highlights.get(name) ?? [])].map(String))",
        arg=[name, words],
    )


def test_it_works(site: str, page: Page, document: Document, accessible) -> None:
    page.goto(site)
    page.keyboard.press("/")
    page.keyboard.type("apples")
    page.keyboard.press("Enter")
    expect(page.locator(".snippet")).to_have_text("Page 1 · 2 apples 1.20")
    accessible(page)
    page.locator(".snippet").click()
    expect(page.locator("#hits .said")).to_have_text("2 hits for “apples” · on 2 pages")
    expect(page.locator("#lines li:focus")).to_contain_text("2 apples")
    expect_lit(page, "hit", ["apples", "apples"])
    expect_lit(page, "hit-now", ["apples"])
    expect(page.locator("polygon.hit")).to_have_count(2)
    accessible(page)


def test_keys_go_from_hit_to_hit(site: str, page: Page, document: Document) -> None:
    page.goto(f"{site}/documents/{document.pk}/?q=apples")
    focused = page.locator("#lines li:focus")
    expect(focused).to_contain_text("2 apples")
    page.keyboard.press("f")
    expect(focused).to_contain_text("Total of apples")
    page.keyboard.press("f")
    expect(page.locator("#page")).to_have_attribute("data-number", "3")
    page.wait_for_url("**page=3**q=apples")
    expect(focused).to_contain_text("2 apples")
    page.keyboard.press("Shift+F")
    expect(page.locator("#page")).to_have_attribute("data-number", "1")
    expect(focused).to_contain_text("Total of apples")


def test_other_pages_are_searched_too(
    site: str, page: Page, document: Document
) -> None:
    page.goto(f"{site}/documents/{document.pk}/?q=apples")
    page.keyboard.press("]")
    said = page.locator("#hits .said")
    expect(said).to_have_text("0 hits for “apples” · on 2 pages")
    expect_lit(page, "hit", [])
    page.get_by_role("button", name="Next hit").click()
    expect(said).to_have_text("2 hits for “apples” · on 2 pages")
    expect(page.locator("#page")).to_have_attribute("data-number", "3")


def test_it_is_cleared(site: str, page: Page, document: Document) -> None:
    page.goto(f"{site}/documents/{document.pk}/?q=فاتورة")
    expect_lit(page, "hit", ["الفاتورة"])
    page.get_by_role("link", name="Clear the search").click()
    expect(page.locator("#hits")).to_have_count(0)
    expect_lit(page, "hit", [])
    expect(page.locator("polygon.hit")).to_have_count(0)
    assert "q=" not in page.url


def test_a_line_that_is_changed_is_no_hit_any_more(
    site: str, page: Page, document: Document
) -> None:
    page.goto(f"{site}/documents/{document.pk}/?q=apples")
    expect(page.locator("#lines li:focus")).to_contain_text("2 apples")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type("pears")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#lines li").nth(1)).to_contain_text("pears")
    expect_lit(page, "hit", ["apples"])
    page.keyboard.press("f")
    expect_lit(page, "hit-now", ["apples"])
