"""The pages around the editor: list, choice of a scan, trying, shared fields, lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from documents.models import CodeList, RoiTemplate, SharedField
from documents.views.roi import live
from tests.e2e.editing import made_invoice
from tests.made import made_document
from tests.made_roi import made_record, made_template

SCREENS = ("", "new/", "fields/", "lists/", "drawn", "try")


@pytest.fixture(autouse=True)
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no worker: the page is told so at once."""
    monkeypatch.setattr(live, "WAIT", 0)


@pytest.fixture
def template(alice: User) -> RoiTemplate:
    template = made_template(alice, made_invoice(alice))
    made_record(template)
    made_template(alice, name="a_very_long_name_without_a_blank_" * 3)
    made_template(alice, name="قالب فاتورة المتجر", prepared=False)
    made_document(alice, name="second_scan_with_a_long_name_" * 4 + ".png")
    made_document(alice, name="صورة ثانية.png", prepared=False)
    workspace = alice.personal_workspace
    CodeList.objects.create(workspace=workspace, name="Articles", values="A\nB")
    return template


def address(site: str, screen: str, template: RoiTemplate) -> str:
    own = {"drawn": f"{template.pk}/", "try": f"{template.pk}/try/"}
    return f"{site}/templates/{own.get(screen, screen)}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible(
    site: str,
    page: Page,
    template: RoiTemplate,
    scheme: str,
    accessible: Callable[[Page], None],
) -> None:
    page.emulate_media(color_scheme=scheme)
    for screen in SCREENS:
        page.goto(address(site, screen, template))
        accessible(page)
        for menu in page.locator("main details.menu > summary").all():
            menu.click()
            accessible(page)
            page.keyboard.press("Escape")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_narrow_screen_nothing_sticks_out(
    site: str,
    page: Page,
    template: RoiTemplate,
    language: str,
    accessible: Callable[[Page], None],
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    cookie = {"name": "django_language", "value": language, "url": site}
    page.context.add_cookies([cookie])
    for screen in SCREENS:
        page.goto(address(site, screen, template))
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (screen, width) == (screen, 360)
        accessible(page)


def test_from_nothing_to_a_drawing(site: str, page: Page, alice: User) -> None:
    made_invoice(alice)
    page.goto(f"{site}/templates/")
    page.get_by_role("link", name="Choose a scan").click()
    page.get_by_role("link", name="invoice.png").click()
    expect(page.locator("#lines .line")).to_have_count(10)


def test_delete_and_undo(site: str, page: Page, template: RoiTemplate) -> None:
    page.goto(f"{site}/templates/")
    rows = page.locator(".layout")
    expect(rows).to_have_count(3)
    rows.filter(has_text="Corner Shop").locator("summary").click()
    page.get_by_role("button", name="Delete").click()
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(3)


def test_shared_fields_are_moved_and_added(site: str, page: Page, alice: User) -> None:
    page.goto(f"{site}/templates/fields/")
    page.get_by_role("button", name="Move down").first.click()
    expect(page.locator("#said")).to_have_text("Moved: 2")
    page.get_by_label("Name").last.fill("مشروع")
    page.get_by_label("Name").last.fill("second")  # another empty row has come
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    names = SharedField.objects.values_list("name", flat=True)
    assert list(names) == [
        *("number", "supplier", "date", "due", "net", "tax", "total", "currency"),
        *("مشروع", "second"),
    ]


def test_step_through_scans(site: str, page: Page, template: RoiTemplate) -> None:
    page.goto(address(site, "try", template))
    expect(page.locator("#place")).to_have_text("1 of 2")
    expect(page.locator("#fit")).to_have_text(
        "No worker has answered in time. Try again in a moment."
    )
    page.keyboard.press("j")
    expect(page.locator("#place")).to_have_text("2 of 2")
    page.keyboard.press("x")
    expect(page.locator("#ticked")).to_have_text("1")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#place")).to_have_text("1 of 2")
    page.get_by_role("button", name="Read these with this layout").click()
    expect(page.locator(".message")).to_have_text("1 scan is read with this layout.")
