"""Lines that are edited in a browser: where they are, and pages that have some."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page

from documents.models import Correction, Document, Job, Reading
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
def document(alice: User) -> Document:
    document = made_document(alice, words=DOUBTFUL)
    made_job(document, words=DOUBTFUL)
    return document


@pytest.fixture
def opened(site: str, page: Page, document: Document) -> Page:
    page.goto(f"{site}/documents/{document.pk}/")
    return page


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
