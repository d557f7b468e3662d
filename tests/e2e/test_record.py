"""The page of one record in use: both sides light up, values are edited in place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from documents.models import Record
from tests.made_roi import made_record, made_template

ON = re.compile(r"\bon\b")
FIELDS = {
    "supplier": ("Corner Shop", 0.99, ""),
    "number": ("A-17", 0.4, "disagree"),
    "total": ("12.00", 0.62, "doubtful"),
}


def entry(page: Page, name: str) -> Locator:
    return page.locator(".entry", has=page.get_by_label(name, exact=True))


def outline(page: Page, record: Record, name: str) -> Locator:
    field = record.fields.get(name=name)
    return page.locator(f"polygon[data-for='{field.pk}']")


def states(record: Record) -> dict[str, tuple[str, str]]:
    rows = record.fields.values_list("name", "state", "value")
    return {name: (state, value) for name, state, value in rows}


@pytest.fixture
def record(alice: User) -> Record:
    record = made_record(alice, FIELDS, pages=(1, 2))
    corners = [[20, 140], [220, 140], [220, 170], [20, 170]]
    record.fields.filter(name="total").update(page=2, polygon=corners)
    return record


@pytest.fixture
def opened(site: str, page: Page, record: Record) -> Page:
    page.goto(f"{site}/records/{record.pk}/")
    return page


def test_both_sides_light_up(opened: Page, record: Record) -> None:
    expect(entry(opened, "number")).to_have_class(ON)  # the first that waits
    expect(outline(opened, record, "number")).to_have_class(ON)
    entry(opened, "supplier").hover()
    expect(outline(opened, record, "supplier")).to_have_class(ON)
    opened.keyboard.press("n")
    opened.keyboard.press("n")
    expect(entry(opened, "total")).to_be_focused()
    expect(opened.locator("#number")).to_have_text("2")  # its page came with it
    expect(outline(opened, record, "total")).to_be_visible()
    opened.keyboard.press("[")
    expect(opened.locator("#number")).to_have_text("1")


def test_by_keyboard_alone(opened: Page, record: Record) -> None:
    press = opened.keyboard.press
    expect(opened.locator("#approve-next")).to_be_disabled()
    press("j")
    expect(entry(opened, "total")).to_be_focused()
    press("k")
    expect(entry(opened, "number")).to_be_focused()
    press("Enter")  # confirmed as it stands
    expect(entry(opened, "total")).to_be_focused()
    press("e")
    opened.keyboard.type("13.50")
    press("Enter")
    expect(entry(opened, "total")).to_contain_text("corrected")
    expect(opened.locator("#approve-next")).to_be_enabled()
    assert states(record) == {
        "supplier": ("auto", "Corner Shop"),
        "number": ("confirmed", "A-17"),
        "total": ("corrected", "13.50"),
    }
    press("Control+z")
    expect(entry(opened, "total")).to_contain_text("to review")
    press("r")
    expect(entry(opened, "total")).to_contain_text("rejected")
    press("a")
    opened.wait_for_url("**/review/")
    record.refresh_from_db()
    assert record.state == "approved"


def test_an_automatic_value_is_changed_with_a_reason(
    opened: Page, record: Record
) -> None:
    shop = entry(opened, "supplier")
    shop.get_by_label("supplier").fill("Corner Mill")
    shop.get_by_label("Why (if you like)").fill("new owner")
    shop.get_by_role("button", name="Save").click()
    expect(shop.locator(".state").first).to_have_text(re.compile("corrected"))
    opened.keyboard.press("h")
    expect(shop.locator(".changes")).to_contain_text(
        "alice: corrected Corner Shop → Corner Mill new owner"
    )
    change = record.fields.get(name="supplier").changes.get()
    assert (change.before, change.after, change.reason) == (
        "Corner Shop",
        "Corner Mill",
        "new owner",
    )


def test_what_is_no_value_stays_to_be_mended(
    opened: Page, record: Record, complaints: list[str]
) -> None:
    total = entry(opened, "total")
    total.get_by_label("total").fill("many")
    opened.keyboard.press("Enter")
    expect(total.locator(".error")).to_be_visible()
    expect(total.get_by_label("total")).to_have_value("many")
    opened.keyboard.press("Escape")
    expect(total.get_by_label("total")).to_have_value("12.00")
    assert states(record)["total"] == ("needs_review", "12.00")
    complaints.clear()  # the browser itself tells of the 422


def test_an_edit_reopens_what_was_approved(site: str, page: Page, alice: User) -> None:
    record = made_record(
        alice, {"total": ("12.00", 0.99, "")}, state=Record.State.EXPORTED
    )
    page.goto(f"{site}/records/{record.pk}/")
    expect(page.locator("#approval")).to_contain_text("exported")
    page.get_by_label("total").fill("13.00")
    page.keyboard.press("Enter")
    expect(page.locator("#approval")).to_contain_text("to approve")
    expect(page.locator("#approval")).to_contain_text("changed since its export")


def test_it_was_no_invoice(opened: Page, record: Record) -> None:
    opened.get_by_text("More", exact=True).click()
    opened.get_by_role("button", name="It is no invoice: delete the record").click()
    opened.get_by_role("button", name="Keep it").click()
    assert Record.objects.exists()
    opened.get_by_text("More", exact=True).click()
    opened.get_by_role("button", name="It is no invoice: delete the record").click()
    opened.get_by_role("button", name="Delete", exact=True).click()
    opened.wait_for_url("**/documents/**")
    assert not Record.objects.exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_the_way(
    site: str, page: Page, alice: User, accessible: Callable[[Page], None], scheme: str
) -> None:
    template = made_template(alice, name="a_very_long_name_without_a_blank_" * 3)
    fields = FIELDS | {
        "supplier": ("شركة المشرق للتجارة والمقاولات العامة " * 3, 0.9, "")
    }
    record = made_record(template, fields, number="0" * 90, pages=(1, 2))
    page.emulate_media(color_scheme=scheme)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(f"{site}/records/{record.pk}/")
        page.keyboard.press("n")
        page.keyboard.press("h")
        accessible(page)
        wide = page.evaluate("document.querySelector('main').scrollWidth")
        assert wide <= width
