"""Dropping, choosing and pasting files, and watching them being read."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, Route, expect

from documents.models import Batch, Document, Job
from documents.services.readings import read_next
from tests.engines.vision.made import TOTAL, written
from tests.made import made_document, made_job

DROP = """([pictures, name]) => {
  const transfer = new DataTransfer();
  for (const [index, bytes] of pictures.entries()) {
    const file = new File([new Uint8Array(bytes)], `${name}-${index}.png`);
    transfer.items.add(file);
  }
  for (const type of ["dragenter", "dragover", "drop"]) {
    const manner = {dataTransfer: transfer, bubbles: true, cancelable: true};
    const event = new DragEvent(type, manner);
    document.querySelector("main").dispatchEvent(event);
  }
}"""
PASTE = """(bytes) => {
  const transfer = new DataTransfer();
  const kind = {type: "image/png"};
  transfer.items.add(new File([new Uint8Array(bytes)], "pasted.png", kind));
  const event = new ClipboardEvent("paste", {clipboardData: transfer, bubbles: true});
  document.body.dispatchEvent(event);
}"""


@pytest.fixture(autouse=True)
def reading(fine: None) -> None:
    """Pages are read by the fake engine, when the test says so."""


def picture(width: int = 60) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, 40), "white").save(out, "PNG")
    return out.getvalue()


def choose(page: Page, name: str, content: bytes, kind: str = "image/png") -> None:
    file: Any = {"name": name, "mimeType": kind, "buffer": content}
    page.set_input_files("input[name=file]", [file])


def test_choose_and_watch(site: str, page: Page) -> None:
    page.goto(site)
    expect(page.get_by_text("Nothing read yet")).to_be_visible()
    page.get_by_label("Engine", exact=True).select_option("fine")
    choose(page, "receipt.png", picture())
    row = page.locator("#latest .document")
    expect(row).to_contain_text("receipt.png")
    expect(row.locator(".state")).to_have_text("waiting")
    expect(page.locator(".upload")).to_have_count(0)
    assert read_next()
    expect(row.locator(".state")).to_have_text("done")
    row.get_by_role("link", name="receipt.png").click()
    expect(page.locator(".lines")).to_contain_text("Total 12.50")


def test_a_drop_is_one_batch(site: str, page: Page) -> None:
    page.goto(site)
    page.evaluate(DROP, [[list(picture(width)) for width in range(50, 55)], "scan"])
    expect(page.locator("#latest .document")).to_have_count(5)
    assert Batch.objects.get().documents.count() == 5
    assert Job.objects.count() == 5


def test_paste(site: str, page: Page) -> None:
    page.goto(site)
    page.evaluate(PASTE, list(picture()))
    expect(page.locator("#latest .title")).to_have_text("pasted.png")


def test_a_result_of_google_vision(site: str, page: Page) -> None:
    page.goto(site)
    choose(page, "till.json", written(TOTAL), "application/json")
    row = page.locator("#latest .document")
    expect(row).to_contain_text("till.pdf")
    expect(row.locator(".state")).to_have_text("done")
    row.get_by_role("link", name="till.pdf").click()
    expect(page.locator(".lines")).to_contain_text("Total 12.50")


def test_a_refused_file_says_why(site: str, page: Page, complaints: list[str]) -> None:
    page.goto(site)
    choose(page, "words.png", b"these are words", "image/png")
    row = page.locator(".upload")
    expect(row.locator(".state")).to_have_text("refused")
    expect(row.locator(".why")).to_have_text(
        "This file cannot be read: it is no picture or PDF. "
        "Upload a JPEG, PNG, WebP, BMP, GIF, TIFF, HEIC or PDF."
    )
    expect(row.get_by_role("button", name="Try again")).to_be_hidden()
    row.get_by_role("button", name="Put away").click()
    expect(row).to_have_count(0)
    (complaint,) = complaints
    assert re.search(r"status of 400", complaint)
    complaints.clear()


def test_an_empty_file_is_not_even_sent(site: str, page: Page) -> None:
    page.goto(site)
    choose(page, "empty.png", b"")
    expect(page.locator(".upload .why")).to_have_text(
        "The file is empty. Choose another one."
    )


def test_a_lost_connection_can_be_tried_again(
    site: str, page: Page, complaints: list[str]
) -> None:
    page.goto(site)
    lost: list[Route] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route)
            route.abort("connectionfailed")
        else:
            route.continue_()

    page.route(f"{site}/", lose_the_first)
    choose(page, "receipt.png", picture())
    row = page.locator(".upload")
    expect(row.locator(".why")).to_have_text(
        "The connection broke. Try again when you are online."
    )
    row.get_by_role("button", name="Try again").click()
    expect(page.locator("#latest .title")).to_have_text("receipt.png")
    assert [text for text in complaints if "CONNECTION_FAILED" not in text] == []
    complaints.clear()


def test_a_known_file_leads_to_its_document(site: str, page: Page) -> None:
    page.goto(site)
    choose(page, "first.png", picture())
    expect(page.locator("#latest .title")).to_have_text("first.png")
    choose(page, "second.png", picture())
    row = page.locator(".upload")
    expect(row.locator(".state")).to_have_text("here already, being read again")
    row.get_by_role("link", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("first.png")
    assert Document.objects.count() == 1
    assert Job.objects.count() == 2


def test_without_script(site: str, browser: Any, page: Page, tmp_path: Path) -> None:
    scan = tmp_path / "plain.png"
    scan.write_bytes(picture())
    cookies = page.context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    plain = context.new_page()
    plain.goto(site)
    plain.set_input_files("input[name=file]", scan)
    plain.get_by_role("button", name="Upload and read").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("plain.png")
    context.close()


def test_who_is_logged_out_meanwhile_is_asked_to_log_in(
    site: str, page: Page, alice: User
) -> None:
    made_job(made_document(alice), "r")
    page.goto(site)
    expect(page.locator("#latest")).to_be_visible()
    Session.objects.all().delete()
    expect(page.get_by_label("Password")).to_be_visible()


def test_who_watches_what_is_deleted_is_told(
    site: str, page: Page, alice: User, complaints: list[str]
) -> None:
    document = made_document(alice)
    made_job(document, "r")
    page.goto(f"{site}/documents/{document.pk}/")
    Document.objects.update(trashed=timezone.now())
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    assert {"404" in complaint for complaint in complaints} == {True}
    complaints.clear()
