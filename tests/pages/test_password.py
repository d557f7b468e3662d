"""/accounts/password/: change it, reset it by mail"""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, override_settings

NEW = "gargle-9-blaster"
RESET = "/accounts/password/reset/"


def change(client: Client, old: str) -> None:
    client.post(
        "/accounts/password/change/",
        {"oldpassword": old, "password1": NEW, "password2": NEW},
    )


def password_is(user: User, password: str) -> bool:
    return User.objects.get(pk=user.pk).check_password(password)


def reset_link() -> str:
    return re.search(r"https?://\S+", mail.outbox[-1].body).group()


def test_change_works(client: Client, alice: User) -> None:
    client.force_login(alice)
    change(client, "correct horse")
    assert password_is(alice, NEW)
    assert client.get("/profile/").status_code == 200
    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]


def test_change_asks_for_the_old_one(client: Client, alice: User) -> None:
    client.force_login(alice)
    change(client, "wrong")
    assert password_is(alice, "correct horse")


def test_change_logs_other_browsers_out(client: Client, alice: User) -> None:
    other = Client()
    other.force_login(alice)
    client.force_login(alice)
    change(client, "correct horse")
    assert other.get("/profile/").status_code == 302


def test_reset_works(client: Client, alice: User) -> None:
    assert client.post(RESET, {"email": "ALICE@example.org"}).url == f"{RESET}done/"
    letter = mail.outbox[-1]
    assert (letter.subject, letter.to) == (
        "Choose a new password",
        ["alice@example.org"],
    )
    assert letter.alternatives == []
    form = client.get(reset_link(), follow=True)
    hidden = form.redirect_chain[-1][0]
    assert hidden.endswith("-set-password/")
    done = client.post(hidden, {"password1": NEW, "password2": NEW})
    assert done.url == "/accounts/password/reset/key/done/"
    assert password_is(alice, NEW)


def test_a_reset_link_works_once(client: Client, alice: User) -> None:
    client.post(RESET, {"email": "alice@example.org"})
    link = reset_link()
    hidden = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(hidden, {"password1": NEW, "password2": NEW})
    page = Client().get(link, follow=True).content.decode()
    assert "This link is void" in page


def test_reset_tells_nobody_who_has_an_account(client: Client, alice: User) -> None:
    answers = [
        client.post(RESET, {"email": email})
        for email in ("alice@example.org", "nobody@example.org")
    ]
    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, f"{RESET}done/")
    ] * 2
    assert [letter.subject for letter in mail.outbox] == [
        "Choose a new password",
        "There is no account with this address",
    ]


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_the_link_leads_to_no_other_host(client: Client, alice: User) -> None:
    response = client.post(
        RESET, {"email": "alice@example.org"}, headers={"host": "evil.example"}
    )
    assert response.status_code == 400
    assert mail.outbox == []


def test_only_a_slow_digest_is_kept(settings) -> None:
    """The product's own hashers, not the quick one of the tests."""
    from django.conf import global_settings

    with override_settings(PASSWORD_HASHERS=global_settings.PASSWORD_HASHERS):
        user = User(username="x")
        user.set_password("correct horse")
        assert identify_hasher(user.password).algorithm == "pbkdf2_sha256"
        assert identify_hasher(user.password).iterations >= 1_000_000


@pytest.mark.parametrize("path", ["change", "set"])
def test_strangers_log_in_first(client: Client, db: None, path: str) -> None:
    url = f"/accounts/password/{path}/"
    assert client.get(url).url == f"/accounts/login/?next={url}"
