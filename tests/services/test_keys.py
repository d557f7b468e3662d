"""documents.services.keys and `manage.py key`"""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from knox.crypto import hash_token

from documents.models import ApiKey
from documents.services.keys import create_key, revoke_key


def test_it_works(alice):
    expires = timezone.now() + timedelta(days=1)
    key, secret = create_key(
        alice, name="till", scopes=["write", "read", "read"], expires=expires
    )
    kept = ApiKey.objects.get()
    assert kept == key
    assert (kept.user, kept.name, kept.expiry) == (alice, "till", expires)
    assert kept.scopes == ["read", "write"]
    assert kept.token_key == secret[:15]
    assert kept.digest == hash_token(secret)


@pytest.mark.parametrize("scopes", [[], ["admin"], ["read", ""]])
def test_scopes_that_there_are_not(alice, scopes):
    with pytest.raises(ValueError, match="scopes are among read, write"):
        create_key(alice, name="till", scopes=scopes)


def test_revoke(alice):
    revoke_key(create_key(alice, name="till")[0])
    assert ApiKey.objects.count() == 0


def test_the_command_prints_the_key_alone(alice):
    out = StringIO()
    call_command("key", "alice", "till", "--scopes", "read", stdout=out)
    key = ApiKey.objects.get()
    assert (key.name, key.scopes) == ("till", ["read"])
    printed = out.getvalue()
    assert printed == printed.strip() + "\n"
    assert hash_token(printed.strip()) == key.digest


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("bob", "till"), "There is no user “bob”."),
        (
            ("alice", "till", "--scopes", "all"),
            "--scopes all: scopes are among read, write, and at least one.",
        ),
    ],
)
def test_the_command_refuses(alice, arguments, reason):
    with pytest.raises(CommandError) as raised:
        call_command("key", *arguments)
    assert str(raised.value) == reason
    assert ApiKey.objects.count() == 0
