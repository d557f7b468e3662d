"""GET and POST /accounts/email/, /accounts/confirm-email/<key>/"""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

URL = "/accounts/email/"
NEW = "alice@example.net"


@pytest.fixture
def client(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def addresses() -> dict[str, tuple[bool, bool]]:
    rows = EmailAddress.objects.values_list("email", "verified", "primary")
    return {email: (verified, primary) for email, verified, primary in rows}


def test_it_works(client: Client) -> None:
    client.post(URL, {"action_add": "", "email": NEW})
    assert [letter.to for letter in mail.outbox] == [[NEW]]
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    assert "Confirm" in client.get(link).content.decode()
    assert addresses()[NEW] == (False, False)  # looking confirms nothing
    client.post(link)
    assert addresses()[NEW] == (True, True)  # the first that is verified
    assert User.objects.get().email == NEW


def test_make_primary(client: Client, alice: User) -> None:
    EmailAddress.objects.create(user=alice, email=NEW, verified=True)
    client.post(URL, {"action_primary": "", "email": NEW})
    assert addresses()[NEW] == (True, True)
    assert User.objects.get().email == NEW


def test_remove(client: Client) -> None:
    client.get(URL)  # takes the user's own address up into the list
    client.post(URL, {"action_add": "", "email": NEW})
    client.post(URL, {"action_remove": "", "email": "alice@example.org"})
    assert list(addresses()) == [NEW]


def test_other_peoples_addresses_stay(client: Client, charlie: User) -> None:
    EmailAddress.objects.create(user=charlie, email=charlie.email, verified=True)
    client.post(URL, {"action_remove": "", "email": charlie.email})
    client.post(URL, {"action_primary": "", "email": charlie.email})
    assert addresses()[charlie.email] == (True, False)


def test_a_broken_link_is_told(client: Client) -> None:
    page = client.get("/accounts/confirm-email/void/").content.decode()
    assert "This link is void" in page


def test_strangers_log_in_first(db: None) -> None:
    assert Client().get(URL).url == f"/accounts/login/?next={URL}"
