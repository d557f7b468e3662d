"""/accounts/oidc/: single sign-on by OpenID Connect, against a real provider"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from documents.services.workspaces import create_workspace, invite
from tests.sign_on import Provider, open_provider

LOGIN = "/accounts/login/"
START = "/accounts/oidc/oidc/login/?process=login"
CONNECT = "/accounts/oidc/oidc/login/?process=connect"


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with open_provider() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
        provider.claims = {
            "sub": "42",
            "preferred_username": "dora",
            "email": "dora@example.org",
            "email_verified": True,
        }
        yield provider


def sign_on(client: Client, start: str = START) -> HttpResponse:
    """Press the button, follow to the provider as a browser would, and come back."""
    away = client.post(start).url
    back = requests.get(away, allow_redirects=False, timeout=10).headers["Location"]
    url = urlsplit(back)
    return client.get(f"{url.path}?{url.query}")


def gone(provider: Provider) -> dict[str, Any]:
    """The settings of a provider whose discovery answers 404."""
    settings = provider.settings()
    app = settings["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = f"{provider.url}/.well-known/gone"
    return settings


def user_of(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_it_works(client: Client, db: None, provider: Provider, settings) -> None:
    settings.OIDC_SIGN_UP = True
    assert sign_on(client).url == "/"
    dora = User.objects.get(username="dora")
    assert user_of(client) == str(dora.pk)
    assert (dora.email, dora.has_usable_password()) == ("dora@example.org", False)
    client.post("/accounts/logout/")
    assert sign_on(client).url == "/"
    assert [user.username for user in User.objects.all()] == ["dora"]


def test_the_button_is_there_where_it_is_configured(
    client: Client, db: None, settings
) -> None:
    assert "/oidc/" not in client.get(LOGIN).content.decode()
    with open_provider() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
        page = client.get(LOGIN).content.decode()
    assert "Log in with Our house" in page
    assert client.get(START).status_code == 200  # a link alone starts nothing


def test_it_asks_with_state_and_pkce(
    client: Client, db: None, provider: Provider
) -> None:
    url = urlsplit(client.post(START).url)
    wish = parse_qs(url.query)
    assert f"{url.scheme}://{url.netloc}{url.path}" == f"{provider.url}/authorize"
    assert wish["code_challenge_method"] == ["S256"]
    assert set(wish["scope"][0].split()) == {"openid", "email", "profile"}
    forged = client.get("/accounts/oidc/oidc/login/callback/?code=x&state=forged")
    assert "Log in again" in forged.content.decode()
    assert user_of(client) is None


def test_unknown_people_need_an_invitation(
    client: Client, alice: User, provider: Provider
) -> None:
    assert "By invitation only" in sign_on(client).content.decode()
    office = create_workspace(alice, "Office")
    token = invite(office, by=alice, role="viewer")[1]
    client.get(f"/invitations/{token}/")
    sign_on(client)
    assert dict(office.memberships.values_list("user__username", "role")) == {
        "alice": "owner",
        "dora": "viewer",
    }


def test_a_verified_address_is_its_user(
    client: Client, alice: User, provider: Provider
) -> None:
    EmailAddress.objects.create(
        user=alice, email="alice@example.org", verified=True, primary=True
    )
    provider.claims["email"] = "alice@example.org"
    assert sign_on(client).url == "/"
    assert user_of(client) == str(alice.pk)
    assert SocialAccount.objects.get().user == alice


def test_an_address_that_is_not_verified_is_nobody(
    client: Client, alice: User, provider: Provider
) -> None:
    provider.claims |= {"email": "alice@example.org", "email_verified": False}
    sign_on(client)
    assert user_of(client) is None
    assert SocialAccount.objects.count() == 0


def test_connect_and_disconnect(
    client: Client, alice: User, provider: Provider
) -> None:
    client.post(LOGIN, {"login": "alice", "password": "correct horse"})
    assert sign_on(client, CONNECT).url == "/accounts/3rdparty/"
    account = SocialAccount.objects.get(user=alice)
    page = client.get("/accounts/3rdparty/").content.decode()
    assert "Our house" in page
    assert "dora" in page
    client.post("/accounts/3rdparty/", {"account": account.pk})
    assert SocialAccount.objects.count() == 0


@pytest.mark.parametrize("broken", ["token", "discovery"])
def test_a_provider_that_fails_is_told_in_our_words(
    client: Client, db: None, provider: Provider, settings, broken: str
) -> None:
    if broken == "token":
        provider.exchange = lambda form: (500, {}, {})
        page = sign_on(client)
    else:
        settings.SOCIALACCOUNT_PROVIDERS = gone(provider)
        page = client.post(START)
    assert "Log in again" in page.content.decode()
    assert user_of(client) is None


def test_the_environment_turns_it_on() -> None:
    program = (
        "import json; from ocrsite import settings as s;"
        "print(json.dumps([s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'],"
        "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']]))"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": "x",
        "OIDC_SERVER": "https://id.example/realms/house",
        "OIDC_NAME": "Our house",
        "OIDC_CLIENT_ID": "ocrsite",
        "OIDC_CLIENT_SECRET": "a secret",
    }
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    app = {
        "provider_id": "oidc",
        "name": "Our house",
        "client_id": "ocrsite",
        "secret": "a secret",
        "settings": {
            "server_url": "https://id.example/realms/house",
            "oauth_pkce_enabled": True,
        },
    }
    assert json.loads(answer.stdout) == [[app], ["'self'", "https://id.example"]]
