"""GET and POST /accounts/login/, POST /accounts/logout/"""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

URL = "/accounts/login/"
WRONG = "The username and/or password you specified are not correct."


def log_in(
    client: Client, login: str = "alice", password: str = "correct horse", **more: str
) -> HttpResponse:
    return client.post(URL, {"login": login, "password": password, **more})


def user_of(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("login", ["alice", "ALICE", "alice@example.org"])
def test_it_works(client: Client, alice: User, login: str) -> None:
    response = log_in(client, login)
    assert (response.status_code, response.url) == (302, "/")
    assert user_of(client) == str(alice.pk)


def test_log_out_is_a_post(client: Client, alice: User) -> None:
    client.force_login(alice)
    assert client.get("/accounts/logout/").status_code == 200
    assert user_of(client) == str(alice.pk)
    response = client.post("/accounts/logout/")
    assert (response.status_code, response.url) == (302, URL)
    assert user_of(client) is None


def test_strangers_are_led_to_it(client: Client, db: None) -> None:
    response = client.get("/keys/")
    assert (response.status_code, response.url) == (302, f"{URL}?next=/keys/")


def test_it_goes_where_one_wanted(client: Client, alice: User) -> None:
    assert log_in(client, next="/keys/").url == "/keys/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
    ],
)
def test_it_leads_nowhere_else(client: Client, alice: User, elsewhere: str) -> None:
    assert log_in(client, next=elsewhere).url == "/"


@pytest.mark.parametrize("login", ["alice", "nobody"])
def test_wrong_passwords_and_unknown_names_are_told_the_same(
    client: Client, alice: User, login: str
) -> None:
    response = log_in(client, login, "wrong")
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [WRONG]


def test_an_account_that_is_switched_off_stays_out(client: Client, alice: User) -> None:
    User.objects.update(is_active=False)
    assert log_in(client).url == "/accounts/inactive/"
    assert user_of(client) is None


def test_a_session_from_before_is_not_kept(client: Client, alice: User) -> None:
    client.get("/invitations/whatever/")
    before = client.cookies["sessionid"].value
    log_in(client)
    assert client.cookies["sessionid"].value != before


@pytest.mark.parametrize(
    ("name", "address"), [("alice", "alice@example.org"), ("nobody", "x@example.org")]
)
def test_guessers_are_locked_out(
    client: Client, alice: User, name: str, address: str
) -> None:
    statuses = [log_in(client, name, "wrong").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    response = log_in(client, name.upper(), "correct horse")
    assert response.status_code == 429
    assert 890 <= int(response["Retry-After"]) <= 900
    end = timezone.localtime(response.context["end"])
    assert f"is closed, from here, until {end:%H:%M}." in response.content.decode()
    assert user_of(client) is None


def test_a_name_and_its_address_are_one_account(client: Client, alice: User) -> None:
    for login in ("alice", "alice@example.org", "Alice", "ALICE@example.org"):
        log_in(client, login, "wrong")
    assert log_in(client, "alice", "wrong").status_code == 429


def test_others_may_still_log_in(client: Client, alice: User, charlie: User) -> None:
    for _ in range(5):
        log_in(client, "alice", "wrong")
    assert log_in(client, "charlie", "battery staple").status_code == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert log_in(elsewhere).status_code == 302


def test_the_lock_opens(client: Client, alice: User) -> None:
    for _ in range(5):
        log_in(client, "alice", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15))
    assert log_in(client).status_code == 302


def test_success_forgets_earlier_failures(client: Client, alice: User) -> None:
    for _ in range(3):
        for _ in range(4):
            log_in(client, "alice@example.org", "wrong")
        assert log_in(client).status_code == 302
        client.post("/accounts/logout/")


def test_the_address_is_not_taken_from_the_visitor(client: Client, alice: User) -> None:
    for part in range(5):
        client.post(
            URL,
            {"login": "alice", "password": "wrong"},
            headers={"x-forwarded-for": f"192.0.2.{part}"},
        )
    assert log_in(client).status_code == 429


def test_a_proxy_in_front_tells_it_where_it_is_trusted(
    client: Client, alice: User, settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _ in range(5):
        client.post(
            URL,
            {"login": "alice", "password": "wrong"},
            headers={"x-forwarded-for": "203.0.113.1, 192.0.2.1"},
        )
    attempts = AccessAttempt.objects.values_list("ip_address", "failures_since_start")
    assert list(attempts) == [("192.0.2.1", 5)]
