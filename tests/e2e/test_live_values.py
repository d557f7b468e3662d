"""A whole site with its worker: what one draws is read while one draws."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.e2e.editing import Hands
from tests.processes.site import PASSWORD, Site, running_site

WIDTH, HEIGHT = 1240, 600
PATIENCE = 90_000  # ms: the first reading loads the models


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site") / "data") as site:
        yield site


def invoice(total: str) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    pen.text((100, 80), "Corner Shop Ltd", fill="black", font_size=56)
    pen.text((100, 240), "Invoice number: A-1017", fill="black", font_size=44)
    pen.text((100, 400), "Total", fill="black", font_size=44)
    pen.text((700, 400), total, fill="black", font_size=44)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def document(whole_site: Site) -> str:
    document = whole_site.upload(invoice("142.80"), "invoice.png")
    whole_site.done(whole_site.read(document, engine="ppocr"))
    return document


@pytest.fixture
def visitor(whole_site: Site, page: Page) -> Page:
    page.goto(f"http://127.0.0.1:{whole_site.port}/accounts/login/")
    page.locator("[name=login]").fill("admin")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    return page


def test_what_is_drawn_is_read_at_once(
    whole_site: Site, visitor: Page, document: str
) -> None:
    page = visitor
    base = f"http://127.0.0.1:{whole_site.port}/templates/"
    page.goto(f"{base}new/?document={document}")
    Hands(page).drag((0.54, 0.63), (0.78, 0.79))
    page.get_by_label("Kind").select_option("amount")
    value = page.locator("#list .value")
    expect(value).to_have_text("142.80", timeout=PATIENCE)
    expect(page.locator("#regions .region")).to_have_attribute(
        "aria-label", "total, amount, 142.80"
    )
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_be_visible()
    other = whole_site.upload(invoice("97.15"), "second.png")
    whole_site.done(whole_site.read(other, engine="ppocr"))
    page.get_by_role("link", name="Try it on other scans").click()
    expect(page.locator("#found .value")).to_have_text("97.15", timeout=PATIENCE)
    expect(page.locator("#fit")).to_contain_text("It fits")
    # The site's own sample is a receipt of another shop: its tick goes out.
    expect(page.locator("#ticked")).to_have_text("1", timeout=PATIENCE)
    page.get_by_role("button", name="Read these with this layout").click()
    expect(page.locator(".message")).to_have_text("1 scan is read with this layout.")
