"""The forms of the doors that other services had: preview, result, download."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from documents.models import Document, Job
from documents.services import waiting
from documents.services.readings import read_next

DOORS = ("/img_txt", "/img_img", "/generate-text")


@pytest.fixture(autouse=True)
def worker(fine: None, monkeypatch: pytest.MonkeyPatch, worker_at_hand: None) -> None:
    """Who waits does a worker's work meanwhile."""
    monkeypatch.setattr(waiting, "pause", lambda _seconds: read_next())


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 200), "lightgrey").save(out, "PNG")
    return out.getvalue()


def choose(page: Page, name: str = "till.png", content: bytes | None = None) -> None:
    buffer = picture() if content is None else content
    file: Any = {"name": name, "mimeType": "image/png", "buffer": buffer}
    page.set_input_files("#door input[type=file]", [file])


def download(page: Page) -> Path:
    with page.expect_download() as waited:
        page.get_by_role("link", name="Download").click()
    path = waited.value.path()
    return path.rename(path.with_name(waited.value.suggested_filename))


def test_picture_to_text(site: str, page: Page) -> None:
    page.goto(f"{site}/img_txt")
    choose(page, "فاتورة.png")
    expect(page.get_by_role("heading", name="Your picture")).to_be_visible()
    assert page.evaluate("document.querySelector('#given img').naturalWidth") == 300
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#result pre")).to_have_text("Total 12.50\n")
    taken = download(page)
    assert (taken.name, taken.read_text()) == ("فاتورة.txt", "Total 12.50\n")
    page.get_by_role("link", name="Open beside its picture").click()
    expect(page).to_have_url(
        f"{site}/documents/{Document.objects.get().pk}/?job={Job.objects.get().pk}"
    )


def test_picture_to_picture(site: str, page: Page) -> None:
    page.goto(f"{site}/img_img")
    choose(page)
    page.get_by_label("On a white background").check()
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#result img")).to_be_visible()
    taken = download(page)
    assert taken.name == "till.png"
    drawn = Image.open(taken)
    assert (drawn.size, drawn.getpixel((299, 199))) == ((300, 200), (255, 255, 255))


def test_generate_text(site: str, page: Page) -> None:
    page.goto(f"{site}/generate-text")
    choose(page)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#result pre")).to_have_text("Total 12.50")
    taken = download(page)
    assert taken.name == "text.json"
    assert taken.read_text() == '{"text":"Total 12.50","response":"Total 12.50"}'


def test_a_picture_and_an_address_exclude_each_other(site: str, page: Page) -> None:
    page.goto(f"{site}/generate-text")
    address = page.get_by_label("Or its address on the web")
    address.fill("http://127.0.0.1:1/cat.png")
    choose(page)
    expect(address).to_have_value("")
    expect(page.locator("#given")).to_be_visible()
    address.fill("http://127.0.0.1:1/cat.png")
    expect(page.locator("#given")).to_be_hidden()


def test_a_refused_picture_says_why(
    site: str, page: Page, complaints: list[str]
) -> None:
    page.goto(f"{site}/img_txt")
    fault = page.get_by_role("alert")
    page.get_by_role("button", name="Read it").click()
    expect(fault).to_have_text("Choose a picture first.")
    choose(page, content=b"")
    expect(fault).to_be_hidden()
    page.get_by_role("button", name="Read it").click()
    expect(fault).to_have_text("The file is empty. Choose another one.")
    choose(page, content=b"these are words")
    expect(page.locator("#given .unshown")).to_be_visible()
    page.get_by_role("button", name="Read it").click()
    expect(fault).to_contain_text("it is no picture or PDF")
    expect(page.locator("#result")).to_be_hidden()
    (complaint,) = complaints
    assert re.search(r"status of 415", complaint)
    complaints.clear()


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_all_may_use_them(
    site: str,
    page: Page,
    language: str,
    scheme: Any,
    accessible: Callable[[Page], None],
) -> None:
    page.emulate_media(color_scheme=scheme)
    cookie = {"name": "django_language", "value": language, "url": site}
    page.context.add_cookies([cookie])
    for door in DOORS:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(site + door)
        accessible(page)
        choose(page, "a_very_long_name_without_a_blank_" * 5 + ".png")
        page.locator("#door button").click()
        expect(page.locator("#result .download")).to_be_visible()
        page.locator(".program summary").click()
        page.evaluate("scrollTo(0, 0)")  # what the bar hides in part is no target
        accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (door, width) == (door, 360)
        page.set_viewport_size({"width": 1280, "height": 800})
        accessible(page)
