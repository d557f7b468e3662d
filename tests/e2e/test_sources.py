"""Sources in a browser: Drive from consent to the first text, and every screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import BrowserContext, Page, expect

from tests.drive_files import top_of
from tests.drive_server import Google, open_google
from tests.fakes import scan
from tests.made import made_document
from tests.made_sources import (
    made_connection,
    made_item,
    made_run,
    made_source,
    taken,
)
from tests.processes.site import PASSWORD, Site, running_site

ADA = "ada@example.org"
SOON = 60_000  # milliseconds that workers have for their part


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    with open_google() as google:
        invoices = google.cloud.folder("Invoices", top_of(ADA))
        july = google.cloud.folder("يوليو ٢٠٢٦", invoices.id)
        google.cloud.add("first.tiff", scan(1), parent=july.id)
        yield google


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory, google: Google) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with running_site(folder, **google.environment()) as site:
        yield site


def log_in(page: Page, site: Site) -> str:
    address = f"http://127.0.0.1:{site.port}"
    page.goto(f"{address}/accounts/login/?next=/sources/")
    page.locator("[name=login]").fill("admin")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    return address


def test_from_consent_to_the_first_text(whole_site: Site, page: Page) -> None:
    address = log_in(page, whole_site)
    page.get_by_role("link", name="Add Google Drive", exact=True).click()
    page.get_by_role("button", name="Connect with Google").click()
    expect(page.get_by_text(f"You are {ADA}.")).to_be_visible()
    page.get_by_role("button", name="Allow").click()
    expect(page.locator(".message")).to_have_text(f"\u2068{ADA}\u2069 is connected.")

    page.get_by_role("button", name="Choose a folder").click()
    picker = page.locator(".picker")
    for name in ("My Drive", "Invoices", "يوليو ٢٠٢٦"):
        picker.get_by_role("button", name=name, exact=True).click()
    expect(picker.locator("[aria-current]")).to_have_text("يوليو ٢٠٢٦")
    picker.get_by_role("button", name="Use this folder").click()
    expect(picker).to_have_count(0)
    expect(page.get_by_label("Name", exact=True)).to_have_value("يوليو ٢٠٢٦")
    page.get_by_role("button", name="Test", exact=True).click()
    expect(page.locator("#answer .said")).to_be_visible()
    page.get_by_label("Engine").select_option("fine")
    page.get_by_role("button", name="Test and save").click()

    document = page.get_by_role("link", name="first.tiff")
    expect(document).to_be_visible(timeout=SOON)
    expect(page.locator(".now .state")).to_have_text("fine", timeout=SOON)
    document.click()
    expect(page.locator(".lines")).to_contain_text("Total 12.50", timeout=SOON)
    page.goto(f"{address}/sources/")
    expect(page.locator(".source .what .sub")).to_have_text(
        f"Google Drive · يوليو ٢٠٢٦ · {ADA}"
    )


def test_a_way_back_in_the_picker(whole_site: Site, page: Page) -> None:
    address = log_in(page, whole_site)
    page.goto(f"{address}/sources/new/drive-oauth/")
    page.get_by_role("button", name="Choose a folder").click()
    picker = page.locator(".picker")
    for name in ("My Drive", "Invoices", "My Drive"):
        picker.get_by_role("button", name=name, exact=True).click()
    expect(picker.locator("[aria-current]")).to_have_text("My Drive")
    expect(picker.locator(".folder")).to_have_text(["Invoices"])


# How the pages look


SCREENS = (
    *("", "source", "edit", "new/"),
    *("new/imap/", "new/folder/", "new/drive-oauth/"),
)


@pytest.fixture
def sources(alice: User, settings) -> dict[str, str]:
    """Sources in every state, with long names and Arabic ones; where they are."""
    settings.GOOGLE_CLIENT_ID = settings.GOOGLE_CLIENT_SECRET = "x"
    connection = made_connection(alice, "a.very.long.address@" + "long." * 20 + "org")
    made_source(
        alice, "drive-oauth", connection=connection, name="without_a_blank_" * 6
    )
    made_source(alice, "folder", name="ماسح المكتب الضوئي", paused=True)
    made_source(alice, error="The password is wrong: enter it again.", next_run=None)
    made_run(made_source(alice, name="Running"), "running")
    source = made_source(alice, name="Everything", tags=["paid", "مدفوع"])
    made_item(source, error="The file is empty.", name="without_a_blank_" * 9)
    made_item(source, "skipped", error="This is no picture or PDF.")
    taken(source, made_document(alice, name="فاتورة.png"))
    made_run(source, "failed", error="Nobody answers. It is tried again.")
    return {"source": f"{source.pk}/", "edit": f"{source.pk}/edit/"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_is_accessible(
    site: str,
    page: Page,
    sources: dict[str, str],
    scheme: str,
    accessible: Callable[[Page], None],
) -> None:
    page.emulate_media(color_scheme=scheme)
    for screen in SCREENS:
        page.goto(f"{site}/sources/{sources.get(screen, screen)}")
        accessible(page)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_narrow_screen_nothing_sticks_out(
    site: str,
    page: Page,
    sources: dict[str, str],
    language: str,
    accessible: Callable[[Page], None],
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    cookie = {"name": "django_language", "value": language, "url": site}
    page.context.add_cookies([cookie])
    for screen in SCREENS:
        page.goto(f"{site}/sources/{sources.get(screen, screen)}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (screen, width) == (screen, 360)
        accessible(page)


def test_nothing_yet(site: str, page: Page, accessible: Callable[[Page], None]) -> None:
    page.goto(f"{site}/sources/")
    accessible(page)
    page.get_by_role("link", name="Add Mailbox").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("New source: Mailbox")


def test_fields_that_do_not_matter_are_not_shown(
    site: str, page: Page, alice: User
) -> None:
    page.goto(f"{site}/sources/new/imap/")
    address = page.get_by_label("OAuth: address that gives out tokens")
    moved = page.get_by_label("The folder it is moved to")
    cron = page.get_by_label("Schedule of your own")
    for hidden in (address, moved, cron):
        expect(hidden).to_be_hidden()
    page.get_by_label("Signs in with").select_option("oauth")
    expect(address).to_be_visible()
    page.get_by_label("When a mail was taken").select_option("move")
    expect(moved).to_be_visible()
    page.get_by_label("Visited", exact=True).select_option("custom")
    expect(cron).to_be_visible()


def test_without_script_every_field_is_there(
    site: str, browser: Any, context: BrowserContext, alice: User
) -> None:
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{site}/sources/new/imap/")
    expect(page.get_by_label("The folder it is moved to")).to_be_visible()
    expect(page.get_by_label("Schedule of your own")).to_be_visible()
    plain.close()


def test_what_goes_on_is_shown_by_itself(site: str, page: Page, alice: User) -> None:
    source = made_source(alice)
    run = made_run(source, "running")
    page.goto(f"{site}/sources/")
    expect(page.locator(".source .state")).to_have_text("looking")
    taken(source, made_document(alice))
    run.state = "succeeded"
    run.save()
    expect(page.locator(".source .state")).to_have_text("fine")
    expect(page.locator(".source .counts")).to_have_text("1 taken")
    expect(page.locator("#sources[hx-get]")).to_have_count(0)


def test_delete_asks_first(site: str, page: Page, alice: User) -> None:
    source = made_source(alice)
    page.goto(f"{site}/sources/{source.pk}/")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Scans")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".message")).to_contain_text("is deleted")
