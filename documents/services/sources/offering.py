"""Which kinds of sources somebody may have here; and of the others, why not."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from documents.services import connections
from documents.services.sealing import can_seal
from documents.services.sources.checking import why_not
from documents.sources import Kind


def why_not_offered(kind: Kind, user: AbstractBaseUser) -> str:
    """Why *user* can have no source of *kind* here; empty where there can be one."""
    return why_not(kind, user) or lacking(kind)


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
