"""Two records in doubt, and the review of them as a browser shows it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page

from documents.models import Record
from tests.made_roi import made_record

DOUBTFUL = {
    "supplier": ("Corner Shop", 0.99, ""),
    "number": ("A-17", 0.4, "disagree"),
    "date": ("2021-12-27", 0.5, "ambiguous"),
    "total": ("12.00", 0.62, "doubtful"),
}


def current(page: Page) -> Locator:
    return page.locator("#queue .on")


def value(page: Page) -> Locator:
    return page.locator("#queue .card.on input[name=value]")


def states(record: Record) -> dict[str, tuple[str, str]]:
    rows = record.fields.values_list("name", "state", "value")
    return {name: (state, value) for name, state, value in rows}


@pytest.fixture
def records(alice: User) -> list[Record]:
    second = DOUBTFUL | {"number": ("B-18", 0.4, "disagree")}
    return [made_record(alice, DOUBTFUL), made_record(alice, second)]


@pytest.fixture
def opened(site: str, page: Page, records: list[Record]) -> Page:
    page.goto(f"{site}/review/")
    return page
