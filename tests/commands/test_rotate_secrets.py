"""manage.py rotate_secrets"""

from __future__ import annotations

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from documents.models import Source
from documents.services.sealing import opened
from tests.made_sources import made_connection, made_source

NEW = Fernet.generate_key().decode()


def rotated() -> str:
    out = StringIO()
    call_command("rotate_secrets", stdout=out)
    return out.getvalue()


def test_it_works(alice: User, settings) -> None:
    made_source(alice)
    settings.ENCRYPTION_KEYS = [NEW, *settings.ENCRYPTION_KEYS]
    end = "sealed with the first key. The other keys open nothing now.\n"
    assert rotated() == f"1 secret is {end}"
    settings.ENCRYPTION_KEYS = [NEW]
    assert opened(Source.objects.get().secrets) == {"password": "hunter2"}
    made_connection(alice)
    assert rotated() == f"2 secrets are {end}"


def test_a_key_is_missing(alice: User, settings) -> None:
    made_source(alice)
    settings.ENCRYPTION_KEYS = [NEW]
    with pytest.raises(CommandError) as refusal:
        rotated()
    assert str(refusal.value) == (
        "Nothing was changed. What was kept secret cannot be read: the site's "
        "ENCRYPTION_KEYS have changed. Enter it again, or ask the site's operator."
    )
