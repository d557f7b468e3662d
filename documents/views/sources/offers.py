"""Which kinds of sources somebody may make here; and of the others, why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from documents.services import connections
from documents.services.sealing import can_seal
from documents.services.sources.checking import why_not
from documents.sources import KINDS, Kind


@dataclass(frozen=True)
class Offer:
    kind: Kind
    reason: str = ""  # why it is not offered; empty where it is


def offers(user: AbstractBaseUser) -> Iterator[Offer]:
    for kind in KINDS.values():
        yield offer(kind, user)


def offer(kind: Kind, user: AbstractBaseUser) -> Offer:
    return Offer(kind, why_not(kind, user) or lacking(kind))


def lacking(kind: Kind) -> str:
    """What its operator has yet to set for the site to have such sources."""
    if kind.connection and not connections.is_offered():
        if not can_seal():
            return _("Ask the site's operator to set ENCRYPTION_KEYS.")
        return _(
            "The site is not known to Google as yet. Ask its operator to set "
            "GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET."
        )
    if kind.name == "folder" and not settings.IMPORT_ROOTS:
        return _(
            "No folder of the server may be watched as yet. "
            "Ask its operator to set IMPORT_ROOTS."
        )
    return ""
