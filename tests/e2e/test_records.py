"""The table of records in the browser: found, put in order, taken home."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from documents.models import Record
from tests.made import made_document
from tests.made_roi import made_record

URL = "/records/"


@pytest.fixture
def records(alice: User) -> list[Record]:
    return [
        made(alice, "Corner Shop", "1234.50"),
        made(alice, "شركة الفرات للتجارة", "145172.00", state=Record.State.APPROVED),
        made(alice, "Nordwestdeutsche Kabelverlegungsgesellschaft " * 2, "0.10"),
    ]


def made(user: User, supplier: str, total: str, **more) -> Record:
    fields = {
        "supplier": (supplier, 0.99, ""),
        "number": ("A-17", 0.99, ""),
        "date": ("2021-12-27", 0.99, ""),
        "total": (total, 0.6, "doubtful"),
    }
    document = made_document(user, name=f"{supplier[:30]}.png")
    return made_record(user, fields, document=document, currency="EUR", **more)


def test_columns_are_put_in_order_and_taken(
    page: Page, site: str, records: list[Record]
) -> None:
    page.goto(f"{site}{URL}")
    page.locator("#export summary").click()
    page.get_by_role("button", name="Move number up").click()
    with page.expect_download() as download:
        page.locator("#export button.primary").click()
    content = Path(download.value.path()).read_bytes()
    sheet = load_workbook(BytesIO(content))["Records"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:3] == ["number", "supplier", "date"]
    assert sheet.max_row == 4
    page.reload()
    expect(page.locator(".record", has_text="exported")).to_have_count(1)


def test_keys(page: Page, site: str, records: list[Record]) -> None:
    page.goto(f"{site}{URL}")
    titles = page.locator("#found .title")
    page.keyboard.press("j")
    expect(titles.first).to_be_focused()
    page.keyboard.press("j")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(titles.first).to_be_focused()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_nothing_sticks_out(
    page: Page,
    site: str,
    accessible: Callable[[Page], None],
    records: list[Record],
    width: int,
    scheme: str,
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    for address in (URL, f"{URL}?q=nowhere"):
        page.goto(f"{site}{address}")
        accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
