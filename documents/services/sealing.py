"""Secrets at rest: sealed with keys that only the environment knows.

Fernet (AES-128-CBC with HMAC-SHA256). The first of ENCRYPTION_KEYS seals, all of them
open, so a key is changed by putting a new one in front, running
``manage.py rotate_secrets``, and then taking the old one away.
"""

from __future__ import annotations

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from documents.models import Connection, Source, Webhook

SEALED: tuple[tuple[type[Model], str], ...] = (
    (Connection, "secrets"),
    (Source, "secrets"),
    (Webhook, "secret"),
)


class CannotSeal(Exception):
    """The site has no key, or not the one that this was sealed with."""


def seal(secret: Any) -> str:
    """*secret*, which is JSON, as a text that tells nothing.

    Raises:
        CannotSeal: the site has no key.
    """
    return _keys().encrypt(json.dumps(secret).encode()).decode()


def opened(sealed: str) -> Any:
    """
    Raises:
        CannotSeal: it was sealed with another key, or changed since.
    """
    try:
        return json.loads(_keys().decrypt(sealed.encode()))
    except InvalidToken:
        raise CannotSeal(
            _(
                "What was kept secret cannot be read: the site's ENCRYPTION_KEYS "
                "have changed. Enter it again, or ask the site's operator."
            )
        ) from None


def can_seal() -> bool:
    return bool(settings.ENCRYPTION_KEYS)


@transaction.atomic
def rotate() -> int:
    """Seal all there is with the first key; say how many secrets that were.

    Raises:
        CannotSeal: one of them was sealed with a key that is not there; all stay.
    """
    count = 0
    for model, column in SEALED:
        for row in model.objects.exclude(**{column: ""}).select_for_update():
            fresh = seal(opened(getattr(row, column)))
            model.objects.filter(pk=row.pk).update(**{column: fresh})
            count += 1
    return count


def _keys() -> MultiFernet:
    if not settings.ENCRYPTION_KEYS:
        raise CannotSeal(
            _("The site has no key to keep secrets with: set ENCRYPTION_KEYS.")
        )
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])
