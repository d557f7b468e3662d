"""What holds on every page: forms need our token, headers, nothing inline, our frame"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from documents.services.workspaces import create_workspace, invite

VISITORS = [
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/inactive/",
    "/accounts/signup/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/void/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
    "/accounts/password/reset/key/1-void/",
    "/accounts/3rdparty/login/cancelled/",
    "/accounts/3rdparty/login/error/",
    "/join/",
]
USERS = [
    "/accounts/reauthenticate/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/3rdparty/",
    "/accounts/sessions/",
    "/keys/",
    "/profile/",
    "/sources/",
    "/sources/new/",
    "/sources/new/imap/",
    "/workspace/",
    "/join/",
]
SAMPLES = {"uuid": uuid4(), "int": 1, "str": "x"}


def pages(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """An address for each route, but the API's, its doors' and the admin's."""
    for route in resolver.url_patterns:
        if isinstance(route, URLResolver):
            if str(route.pattern) not in ("admin/", "api/v1/"):
                yield from pages(route, prefix + str(route.pattern))
        elif isinstance(route, URLPattern) and not hasattr(route.callback, "cls"):
            yield "/" + example(prefix + str(route.pattern))


def example(route: str) -> str:
    """``documents/<uuid:pk>/`` with something that fits; allauth's are expressions."""
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "x", route)
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda m: str(SAMPLES[m[1] or "str"]), route)
    return re.sub(r"[\^$?\\]|\(\?:|\)", "", route)


@pytest.fixture
def user(client: Client, alice: User) -> Client:
    client.post("/accounts/login/", {"login": "alice", "password": "correct horse"})
    return client


def test_every_form_needs_our_token(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    addresses = sorted(set(pages(get_resolver())))
    assert len(addresses) > 40
    open_doors = [url for url in addresses if client.post(url).status_code != 403]
    assert open_doors == []


def test_a_stale_form_is_told_so(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    page = client.post(reverse("profile"))
    assert page.status_code == 403
    assert "This form is too old or came from elsewhere." in page.content.decode()


def check(client: Client, url: str) -> None:
    page = client.get(url, follow=True)
    html = page.content.decode()
    assert page.status_code in (200, 401, 404)
    assert '<header class="bar">' in html  # our frame
    assert page["X-Frame-Options"] == "DENY"
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page["Content-Language"] == "en"
    policy = page["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", html) == []
    assert re.findall(r"<(?:link|script|img)[^>]+(?:href|src)=.(?:http|//)", html) == []


@pytest.mark.parametrize("url", VISITORS)
def test_visitors_pages(client: Client, db: None, url: str) -> None:
    check(client, url)


@pytest.mark.parametrize("url", USERS)
def test_users_pages(user: Client, url: str) -> None:
    user.post("/accounts/reauthenticate/", {"password": "correct horse"})
    check(user, url)


def test_an_invitations_page(client: Client, alice: User) -> None:
    office = create_workspace(alice, "Office")
    check(client, f"/invitations/{invite(office, by=alice, role='viewer')[1]}/")


def test_no_page_of_allauth_is_forgotten() -> None:
    """Each of its routes is among the pages above, or shows none of its own."""
    elsewhere = {
        "/accounts/password/set/",  # to change, where there is a password
        "/accounts/login/code/confirm/",  # codes by mail are off
        "/accounts/2fa/authenticate/",  # in the tests of the second factor
        "/accounts/2fa/reauthenticate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/download/",
        "/accounts/3rdparty/signup/",
        "/accounts/social/login/cancelled/",  # lead to those under 3rdparty/
        "/accounts/social/login/error/",
        "/accounts/social/signup/",
        "/accounts/social/connections/",
        "/accounts/oidc/x/login/",  # in the tests of single sign-on
        "/accounts/oidc/x/login/callback/",
        "/accounts/confirm-email/x/",
        "/accounts/password/reset/key/x-x/",
    }
    found = {url for url in pages(get_resolver()) if url.startswith("/accounts/")}
    assert found - set(VISITORS) - set(USERS) == elsewhere


def test_cookies_are_kept_from_scripts_and_other_sites(user: Client) -> None:
    session = user.cookies["sessionid"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
