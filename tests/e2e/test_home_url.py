"""Addresses of files on the web: typed into the box, or pasted."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.hosts import Host, open_host, picture, says

PASTE = """([selector, text]) => {
  const transfer = new DataTransfer();
  transfer.setData("text", text);
  const event = new ClipboardEvent("paste", {clipboardData: transfer, bubbles: true});
  document.querySelector(selector).dispatchEvent(event);
}"""


@pytest.fixture(autouse=True)
def reading(fine: None) -> None:
    """Pages are read by the fake engine."""


@pytest.fixture
def host(settings: Any) -> Iterator[Host]:
    settings.FETCH_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    with open_host() as host:
        host.answers["/receipt.png"] = says(picture())
        yield host


def test_the_box(
    site: str, page: Page, host: Host, accessible: Callable[[Page], None]
) -> None:
    def slowly(connection: Any) -> None:
        time.sleep(1)  # long enough for the page to say that it is being fetched
        says(picture())(connection)

    host.answers["/slow.png"] = slowly
    page.goto(site)
    box = page.get_by_label("Address of a picture or a PDF on the web")
    box.fill(f"http://127.0.0.1:{host.port}/slow.png")
    box.press("Enter")
    expect(page.locator(".upload .state")).to_have_text("fetching")
    expect(box).to_have_value("")
    accessible(page)
    expect(page.locator("#latest .title")).to_have_text("slow.png")
    expect(page.locator(".upload")).to_have_count(0)


def test_its_button(site: str, page: Page, host: Host) -> None:
    page.goto(site)
    page.locator("input[name=url]").fill(f"http://127.0.0.1:{host.port}/receipt.png")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#latest .title")).to_have_text("receipt.png")


def test_nothing_in_the_box_does_nothing(site: str, page: Page) -> None:
    page.goto(site)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("input[name=url]")).to_be_focused()
    expect(page.locator(".upload")).to_have_count(0)


def test_an_address_pasted_on_the_page(site: str, page: Page, host: Host) -> None:
    page.goto(site)
    url = f"http://127.0.0.1:{host.port}/receipt.png"
    page.evaluate(PASTE, ["main", "only words"])
    page.evaluate(PASTE, ["input[name=url]", url])  # the box takes it as any text
    expect(page.locator(".upload")).to_have_count(0)
    page.evaluate(PASTE, ["main", url])
    expect(page.locator("#latest .title")).to_have_text("receipt.png")
    assert host.connections == 1


def test_a_refused_address_says_why(
    site: str, page: Page, complaints: list[str]
) -> None:
    page.goto(site)
    page.locator("input[name=url]").fill("http://169.254.169.254/latest/")
    page.get_by_role("button", name="Read it").click()
    row = page.locator(".upload")
    expect(row.locator(".title")).to_have_text("http://169.254.169.254/latest/")
    expect(row.locator(".state")).to_have_text("refused")
    expect(row.locator(".why")).to_contain_text("from which nothing is fetched")
    expect(row.get_by_role("button", name="Try again")).to_be_hidden()
    (complaint,) = complaints
    assert re.search(r"status of 400", complaint)
    complaints.clear()
