"""Accounts in a real browser: in and out, a key, a second factor, an invitation."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from documents.models import Workspace
from documents.services.keys import create_key
from documents.services.workspaces import create_workspace, invite
from tests.sign_on import open_provider

VISITORS = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-void/",
)
USERS = (
    "/keys/",
    "/workspace/",
    "/profile/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
)


def log_in(page: Page, address: str, name: str, password: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.get_by_label("User name or e-mail").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


@pytest.fixture
def office(alice: User, charlie: User) -> Workspace:
    """A workspace with members, an open invitation and keys to show."""
    office = create_workspace(alice, "Office of an unusually long name " * 2)
    office.memberships.create(user=charlie, role="viewer")
    invite(office, by=alice, role="reviewer")
    alice.profile.workspace = office
    alice.profile.save()
    create_key(alice, name="قارئ الفواتير", scopes=["read"])
    return office


def inspect(
    page: Page, url: str, accessible: Callable[[Page], None], mode: tuple[str, str]
) -> None:
    language, theme = mode
    cookie = {"name": "django_language", "value": language, "url": url}
    page.context.add_cookies([cookie])
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(url)
    accessible(page)
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("mode", [("en", "light"), ("ar", "dark")])
def test_visitors_screens(
    live_server: Any,
    page: Page,
    mode: tuple[str, str],
    accessible: Callable[[Page], None],
) -> None:
    for screen in VISITORS:
        inspect(page, live_server.url + screen, accessible, mode)


@pytest.mark.parametrize("mode", [("en", "light"), ("ar", "dark")])
def test_users_screens(
    site: str,
    page: Page,
    office: Workspace,
    mode: tuple[str, str],
    accessible: Callable[[Page], None],
) -> None:
    for screen in USERS:
        inspect(page, site + screen, accessible, mode)


def test_guessers_are_told(
    live_server: Any, page: Page, alice: User, complaints: list[str]
) -> None:
    log_in(page, live_server.url, "alice", "wrong")
    expect(page.get_by_text("are not correct")).to_be_visible()
    for _ in range(4):
        log_in(page, live_server.url, "alice", "wrong")
    expect(page.get_by_role("heading", name="Too many tries")).to_be_visible()
    log_in(page, live_server.url, "alice@example.org", "correct horse")
    expect(page.get_by_role("heading", name="Too many tries")).to_be_visible()
    page.goto(f"{live_server.url}/accounts/login/")
    assert all("429" in complaint for complaint in complaints)
    complaints.clear()  # the browser itself tells of each 429


def test_log_in_and_out(live_server: Any, page: Page, alice: User) -> None:
    log_in(page, live_server.url, "alice", "correct horse")
    page.get_by_label("Account of alice").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_text("You are logged out.")).to_be_visible()


def test_a_key_is_made_copied_and_revoked(site: str, page: Page) -> None:
    page.goto(f"{site}/keys/")
    page.get_by_label("Name").fill("Script")
    page.get_by_role("button", name="Make the key").click()
    secret = page.get_by_role("textbox", name="The key").input_value()
    page.get_by_role("button", name="Copy").last.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        f'curl -H "Authorization: Bearer {secret}" \\\n'
        f'     -F file=@scan.jpg "{site}/api/v1/read/?as=txt"'
    )
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("never used")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("The key “Script” is revoked.")).to_be_visible()


def test_the_second_factor(live_server: Any, page: Page, alice: User) -> None:
    log_in(page, live_server.url, "alice", "correct horse")
    page.goto(f"{live_server.url}/accounts/2fa/")
    page.get_by_role("link", name="Turn on").click()
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Go on").click()
    secret = page.get_by_label("Or type this secret into it").input_value()
    code = hotp_value(secret, next(yield_hotp_counters_from_time()))
    page.get_by_label("Code").fill(format_hotp_value(code))
    page.get_by_role("button", name="Turn on").click()
    expect(page.locator("#codes")).to_be_visible()
    recovery = page.locator("#codes").inner_text().split()[0]
    page.goto(f"{live_server.url}/accounts/logout/")
    page.locator("main").get_by_role("button", name="Log out").click()
    log_in(page, live_server.url, "alice", "correct horse")
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_label("Account of alice")).to_be_visible()


def test_an_invitation_makes_a_member(
    site: str, page: Page, browser: Browser, browser_context_args: dict
) -> None:
    page.goto(f"{site}/workspace/")
    page.get_by_role("button", name="New workspace").click()
    page.get_by_role("dialog").get_by_label("Name").fill("Office")
    page.get_by_role("button", name="Make it").click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Link").input_value()
    with browser.new_context(**browser_context_args) as context:
        guest = context.new_page()
        guest.goto(link)
        assert guest.url == f"{site}/join/"
        guest.get_by_role("link", name="Make an account").click()
        guest.get_by_label("Username").fill("dora")
        guest.get_by_label("Password", exact=True).fill("gargle-9-blaster")
        guest.get_by_label("Password (again)").fill("gargle-9-blaster")
        guest.get_by_role("button", name="Sign up").click()
        expect(guest.get_by_label("Account of dora")).to_be_visible()
    page.goto(f"{site}/workspace/")
    page.get_by_label("Role of dora").select_option("owner")
    expect(page.get_by_text("Saved.")).to_be_visible()
    roles = Workspace.objects.get(name="Office").memberships.values_list(
        "user__username", "role"
    )
    assert dict(roles) == {"alice": "owner", "dora": "owner"}


def test_single_sign_on(live_server: Any, page: Page, settings: Any) -> None:
    """The policy lets the button's form lead to the provider and back."""
    with open_provider() as provider:
        provider.claims = {"sub": "42", "preferred_username": "dora"}
        settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
        settings.OIDC_SIGN_UP = True
        policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
        policy["DIRECTIVES"]["form-action"].append(provider.url)
        settings.CONTENT_SECURITY_POLICY = policy
        page.goto(f"{live_server.url}/accounts/login/")
        page.get_by_role("button", name="Log in with Our house").click()
        expect(page.get_by_label("Account of dora")).to_be_visible()


def test_language_and_theme_follow_the_profile(site: str, page: Page) -> None:
    page.goto(f"{site}/profile/")
    page.get_by_label("Language").select_option("ar")
    page.get_by_label("Colours").select_option("dark")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html[lang=ar][dir=rtl][data-theme=dark]")).to_be_attached()
    page.get_by_role("button", name="حفظ").wait_for()
