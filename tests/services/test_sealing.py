"""documents.services.sealing: opened by the right key only, and rotated as one."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth.models import User

from documents.models import Connection, Source, Webhook
from documents.services.sealing import CannotSeal, can_seal, opened, rotate, seal
from documents.services.webhooks import create_webhook
from tests.made_sources import made_connection, made_source

NEW = Fernet.generate_key().decode()
LOST = (
    "What was kept secret cannot be read: the site's ENCRYPTION_KEYS have changed. "
    "Enter it again, or ask the site's operator."
)


def test_it_works() -> None:
    secret = {"password": "مفتاح"}
    sealed = seal(secret)
    assert opened(sealed) == secret
    assert "password" not in sealed
    assert seal(secret) != sealed


def test_another_key_opens_nothing(settings) -> None:
    sealed = seal("x")
    settings.ENCRYPTION_KEYS = [NEW]
    with pytest.raises(CannotSeal, match=LOST):
        opened(sealed)


@pytest.mark.parametrize("place", [0, 9, 30, -10, -1])
def test_what_was_changed_is_not_opened(place: int) -> None:
    sealed = list(seal({"password": "hunter2"}))
    sealed[place] = "A" if sealed[place] != "A" else "B"
    with pytest.raises(CannotSeal, match=LOST):
        opened("".join(sealed))


@pytest.mark.parametrize("sealed", ["x", "gAAAA", "é"])
def test_what_was_never_sealed_is_not_opened(sealed: str) -> None:
    with pytest.raises(CannotSeal, match=LOST):
        opened(sealed)


def test_without_a_key(settings) -> None:
    settings.ENCRYPTION_KEYS = []
    assert not can_seal()
    with pytest.raises(CannotSeal, match="set ENCRYPTION_KEYS"):
        seal("x")


def test_rotation(alice: User, settings) -> None:
    old = settings.ENCRYPTION_KEYS
    made_source(alice)
    made_source(alice, secrets="")
    made_connection(alice)
    _hook, secret = create_webhook(
        alice.personal_workspace,
        owner=alice,
        url="https://93.184.215.14/",
        events=["job.failed"],
    )
    before = opened(Webhook.objects.get().secret)
    settings.ENCRYPTION_KEYS = [NEW, *old]
    assert rotate() == 3
    settings.ENCRYPTION_KEYS = [NEW]
    assert opened(Source.objects.exclude(secrets="").get().secrets) == {
        "password": "hunter2"
    }
    assert opened(Connection.objects.get().secrets) == {"refresh_token": "1//secret"}
    assert opened(Webhook.objects.get().secret) == before
    assert secret in str(before)


def test_a_rotation_that_fails_changes_nothing(alice: User, settings) -> None:
    old = settings.ENCRYPTION_KEYS
    made_connection(alice)
    settings.ENCRYPTION_KEYS = [NEW]
    made_source(alice)
    with pytest.raises(CannotSeal, match=LOST):
        rotate()
    assert opened(Source.objects.get().secrets) == {"password": "hunter2"}
    settings.ENCRYPTION_KEYS = old
    token = opened(Connection.objects.get().secrets)
    assert token == {"refresh_token": "1//secret"}
