"""/accounts/2fa/: a second factor"""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

ACTIVATE = "/accounts/2fa/totp/activate/"
CODES = "/accounts/2fa/recovery-codes/"
SECOND = "/accounts/2fa/authenticate/"
NOW = 1_800_000_000


@pytest.fixture(autouse=True)
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test may straddle the moment when a code turns over."""
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: NOW))


def log_in(client: Client) -> str:
    form = {"login": "alice", "password": "correct horse"}
    return client.post("/accounts/login/", form).url


def code_for(secret: str, *, periods_ago: int = 0) -> str:
    return auth.format_hotp_value(auth.hotp_value(secret, NOW // 30 - periods_ago))


def confirm(client: Client) -> None:
    """Say the password again, as every change of the second factor asks."""
    client.post("/accounts/reauthenticate/", {"password": "correct horse"})


def user_of(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.fixture
def secret(client: Client, alice: User) -> str:
    """Alice, logged in, has turned the second factor on."""
    log_in(client)
    confirm(client)
    page = client.get(ACTIVATE)
    secret = page.context["form"].secret
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert client.post(ACTIVATE, {"code": code_for(secret)}).status_code == 302
    return secret


def test_it_works(client: Client, alice: User, secret: str) -> None:
    client.post("/accounts/logout/")
    assert log_in(client) == SECOND
    assert user_of(client) is None
    assert client.get("/keys/").status_code == 302
    cache.clear()  # each code counts once, and half a minute is long for a test
    assert client.post(SECOND, {"code": code_for(secret)}).url == "/"
    assert user_of(client) == str(alice.pk)


def test_a_wrong_code_lets_nobody_in(client: Client, secret: str) -> None:
    client.post("/accounts/logout/")
    log_in(client)
    assert client.post(SECOND, {"code": "000000"}).status_code == 200
    assert user_of(client) is None


def test_only_the_code_that_just_turned_over_still_counts(
    client: Client, alice: User, secret: str
) -> None:
    client.post("/accounts/logout/")
    log_in(client)
    cache.clear()
    old = code_for(secret, periods_ago=3)
    assert client.post(SECOND, {"code": old}).status_code == 200
    assert client.post(SECOND, {"code": code_for(secret, periods_ago=1)}).url == "/"


def test_a_recovery_code_counts_once(client: Client, alice: User, secret: str) -> None:
    codes = client.get(f"{CODES}download/").content.decode().split()
    assert len(codes) == 10
    assert codes[0] in client.get(CODES).content.decode()
    for used in (False, True):
        client.post("/accounts/logout/")
        log_in(client)
        client.post(SECOND, {"code": codes[0]})
        assert user_of(client) == (None if used else str(alice.pk))


def test_it_is_turned_off(client: Client, secret: str) -> None:
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.count() == 0
    client.post("/accounts/logout/")
    assert log_in(client) == "/"


def test_it_asks_again_who_it_is(client: Client, alice: User) -> None:
    client.force_login(alice)
    response = client.get(ACTIVATE)
    assert response.url == f"/accounts/reauthenticate/?next={quote(ACTIVATE, '')}"
    wrong = client.post(response.url, {"password": "wrong"})
    assert wrong.status_code == 200
    right = client.post(response.url, {"password": "correct horse", "next": ACTIVATE})
    assert right.url == ACTIVATE


def test_the_index_says_what_is_on(client: Client, secret: str) -> None:
    page = client.get("/accounts/2fa/").content.decode()
    assert "10 codes are left" in page
    assert "Turn off" in page
