"""The editor of layouts in use: drawn by mouse, by touch, and by the keyboard alone."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from documents.models import Document, RoiTemplate
from tests.made import made_document, made_job

INVOICE = (
    ("Corner Shop Ltd", 0.99),
    ("Invoice number: A-1017", 0.98),
    ("Date: 2021-12-27", 0.97),
    ("Due date: 2022-01-26", 0.97),
    ("Customer: Ruby Scho", 0.95),
    ("Order: 5501", 0.95),
    ("Currency: EUR", 0.96),
    ("Net: 120.00", 0.98),
    ("Tax: 22.80", 0.98),
    ("Total: 142.80", 0.99),
)


@pytest.fixture
def scan(alice: User) -> Document:
    document = made_document(alice, name="invoice.png", words=INVOICE)
    made_job(document, words=INVOICE)
    return document


@pytest.fixture
def editor(site: str, page: Page, scan: Document) -> Page:
    page.goto(f"{site}/templates/new/?document={scan.pk}&page=1")
    return page


def lines(page: Page) -> Locator:
    return page.locator("#lines .line")


def regions(page: Page) -> Locator:
    return page.locator("#regions .region")


def saved(page: Page) -> RoiTemplate:
    expect(page.locator("#saved")).to_be_visible()
    return RoiTemplate.objects.get()


def test_it_works(editor: Page) -> None:
    expect(lines(editor)).to_have_count(10)
    lines(editor).nth(1).click()
    expect(regions(editor)).to_have_count(1)
    editor.get_by_role("button", name="Save").click()
    template = saved(editor)
    assert (template.name, template.version) == ("invoice", 1)
    assert len(template.newest.regions) == 1
    expect(editor).to_have_url(re.compile(f"/templates/{template.pk}/$"))
