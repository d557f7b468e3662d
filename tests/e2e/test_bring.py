"""What Google Vision read elsewhere, brought to a document that is here."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Job
from tests.engines.vision.made import TOTAL, written
from tests.made import made_document


def test_it_works(
    site: str, page: Page, alice: User, accessible: Callable[[Page], None]
) -> None:
    answer = copy.deepcopy(TOTAL)
    answer["fullTextAnnotation"]["pages"][0] |= {"width": 400, "height": 300}
    document = made_document(alice)
    page.goto(f"{site}/documents/{document.pk}/")
    page.locator("summary", has_text="Read again").click()
    page.get_by_text("Or bring a result of Google Vision").click()
    file: Any = {"name": "a.json", "mimeType": "text/json", "buffer": written(answer)}
    accessible(page)
    page.get_by_label("A JSON file about these pages").set_input_files([file])
    page.get_by_role("button", name="Keep this result").click()
    expect(page.locator(".lines")).to_contain_text("Total 12.50")
    assert Job.objects.get().engine == "google-vision"
