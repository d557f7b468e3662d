"""The editor beside the picture: what is wrong, settings, pages, many regions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import Document
from documents.services.readings import read_next
from documents.views.roi import live
from tests.e2e.editing import drawn, lines, made_invoice, regions, rows, saved
from tests.made import made_document
from tests.made_roi import made_region, made_template


@pytest.fixture(autouse=True)
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no worker: the page is told so at once."""
    monkeypatch.setattr(live, "WAIT", 0)


@pytest.fixture
def scan(alice: User) -> Document:
    return made_invoice(alice)


@pytest.fixture
def editor(site: str, page: Page, scan: Document) -> Page:
    page.goto(f"{site}/templates/new/?document={scan.pk}&page=1")
    expect(lines(page)).to_have_count(10)
    return page


def test_what_is_wrong_stands_at_its_region(
    editor: Page, complaints: list[str]
) -> None:
    lines(editor).nth(0).click()
    lines(editor).nth(1).click()
    expect(regions(editor)).to_have_count(2)
    name = editor.get_by_label("Name", exact=True)
    name.fill("")
    editor.keyboard.press("Control+s")
    expect(editor.get_by_role("alert")).to_have_text("Every region needs a name.")
    expect(editor.locator("#list li.on .why")).to_have_text(
        "Every region needs a name."
    )
    name.fill("number")
    editor.get_by_text("More", exact=True).click()
    editor.get_by_label("Pattern").fill("[")
    editor.locator(".head-of").first.click()
    editor.keyboard.press("Control+s")
    expect(editor.locator("#list li.on .name")).to_have_text("number")
    expect(editor.locator("#list li.on .why")).not_to_be_empty()
    assert complaints == [complaints[0]]  # the browser itself tells of the 400
    complaints.clear()


def test_leaving_with_changes_is_asked_about(editor: Page) -> None:
    asked: list[str] = []
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    lines(editor).nth(0).click()
    expect(regions(editor)).to_have_count(1)
    expect(editor.locator("#dirty")).to_be_visible()
    editor.get_by_role("link", name="Templates").first.click()
    expect(editor.get_by_role("heading", name="Templates")).to_be_visible()
    assert asked == ["beforeunload"]


def test_settings_of_the_layout(
    site: str, page: Page, alice: User, scan: Document
) -> None:
    names = ("total", "net", "tax", "date", "due")
    editor, template = page, made_template(alice, scan, regions=names)
    editor.goto(f"{site}/templates/{template.pk}/")
    editor.get_by_role("tab", name="Layout").click()
    editor.get_by_label("Order of dates").select_option("dmy")
    editor.get_by_label("Rules").fill("total = net + tax\n\n due >= date ")
    editor.get_by_label("Constants").fill("supplier = ACME = Co")
    editor.get_by_label("Name of the layout").fill("Shop")
    editor.keyboard.press("Control+s")
    template = saved(editor)
    definition = template.newest.definition
    assert (template.name, definition["date_order"], definition["rules"]) == (
        "Shop",
        "dmy",
        ["total = net + tax", "due >= date"],
    )
    assert definition["constants"] == {"supplier": "ACME = Co"}


def test_further_pages(site: str, page: Page, alice: User) -> None:
    scan = made_invoice(alice, pages=2)
    page.goto(f"{site}/templates/new/?document={scan.pk}")
    lines(page).nth(0).click()
    expect(regions(page)).to_have_count(1)
    page.get_by_role("button", name="Add the next page").click()
    expect(page.locator("#place")).to_have_text("2 of 2")
    expect(regions(page)).to_have_count(0)
    lines(page).nth(9).click()
    expect(rows(page)).to_have_count(2)
    page.locator(".head-of").first.click()
    expect(page.locator("#place")).to_have_text("1 of 2")
    page.keyboard.press("Control+s")
    assert [region["page"] for region in drawn(page)] == [1, 2]
    assert saved(page).pages.count() == 2


def test_an_unread_page_is_read_on_wish(
    site: str, page: Page, alice: User, fine: None
) -> None:
    scan = made_document(alice)
    page.goto(f"{site}/templates/new/?document={scan.pk}")
    expect(page.locator("#unread")).to_contain_text("Nobody has read this page")
    page.get_by_role("button", name="Read it now").click()
    expect(page.locator("#unread")).to_contain_text("being read")
    while read_next():
        pass
    expect(lines(page)).to_have_count(1)
    expect(page.locator("#unread")).to_be_hidden()


@pytest.mark.parametrize("count", [0, 1, 60])
def test_few_and_many_regions(
    site: str,
    page: Page,
    alice: User,
    scan: Document,
    count: int,
    accessible: Callable[[Page], None],
) -> None:
    names = [made_region(f"اسم طويل name {n} " + "x" * 30, n) for n in range(count)]
    template = made_template(alice, scan, regions=names)
    cookie = {"name": "django_language", "value": "ar", "url": site}
    page.context.add_cookies([cookie])
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{site}/templates/{template.pk}/")
        expect(regions(page)).to_have_count(count)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        accessible(page)
    expect(page.locator("#count")).to_have_text(str(count))
    if count:
        page.locator(".head-of").last.click()
        expect(page.locator("#form")).to_be_visible()
        accessible(page)
