"""Which kinds of sources somebody may make here; and of the others, why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from documents.services import connections
from documents.services.sealing import can_seal
from documents.sources import KINDS, Kind


@dataclass(frozen=True)
class Offer:
    kind: Kind
    reason: str = ""  # why it is not offered; empty where it is
    setting: str = ""  # which the site's operator has to set for it


def offers(user: AbstractBaseUser) -> Iterator[Offer]:
    for kind in KINDS.values():
        yield offer(kind, user)


def offer(kind: Kind, user: AbstractBaseUser) -> Offer:
    if kind.admins_only and not (user.is_staff or user.is_superuser):
        return Offer(kind, _("Only administrators of the site may add one."))
    if (kind.secret_names or kind.connection) and not can_seal():
        reason = _("The site has no key to keep secrets with.")
        return Offer(kind, reason, "ENCRYPTION_KEYS")
    if kind.connection and not connections.is_offered():
        reason = _("The site is not known to Google as yet.")
        return Offer(kind, reason, "GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET")
    if kind.name == "folder" and not settings.IMPORT_ROOTS:
        reason = _("No folder of the server may be watched as yet.")
        return Offer(kind, reason, "IMPORT_ROOTS")
    return Offer(kind)
