"""What Google knows the site by: a user's consent, or the key of a service account.

Tokens are asked for at GOOGLE_TOKEN_URL alone, whatever a key says.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from documents.sources.protocol import NeedsSomebody

if TYPE_CHECKING:
    from google.auth.transport import Request
    from google.oauth2.credentials import Credentials

SCOPES = ("https://www.googleapis.com/auth/drive.readonly",)
OF_KEY = ("type", "client_email", "private_key_id", "private_key")


def of_account(refresh_token: str) -> Credentials:
    """
    Raises:
        NeedsSomebody: there is no token.
    """
    from google.oauth2.credentials import Credentials

    if not refresh_token:
        raise NeedsSomebody(_("No Google account is connected. Choose one."))
    return Credentials(
        None,
        refresh_token=refresh_token,
        token_uri=settings.GOOGLE_TOKEN_URL,
        client_id=settings.GOOGLE_CLIENT_ID,
        client_secret=settings.GOOGLE_CLIENT_SECRET,
        scopes=list(SCOPES),
    )


def of_service(key: str) -> Credentials:
    """
    Credentials that get their tokens for the account's signature. The library's class
    for service accounts is not used to ask the Drive itself: it would also ask another
    host of Google's, in a thread of its own, where the account may be used from.

    Raises:
        NeedsSomebody: *key* is no key of a service account.
    """
    from google.oauth2 import service_account
    from google.oauth2.credentials import Credentials

    try:
        signer = service_account.Credentials.from_service_account_info(
            known(key), scopes=SCOPES
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NeedsSomebody(
            _(
                "This is no key of a service account. Paste the whole content of the "
                "JSON file that Google Cloud gave out."
            )
        ) from None

    def signed(request: Request, scopes: Any) -> tuple[str, datetime]:
        signer.refresh(request)
        return signer.token, signer.expiry

    return Credentials(None, scopes=list(SCOPES), refresh_handler=signed)


def known(key: str) -> dict[str, str]:
    """What of *key* is used: no addresses, which Google's settings say."""
    content = json.loads(key)
    if content["type"] != "service_account":
        raise ValueError("a key of another kind")
    return {name: content[name] for name in OF_KEY} | {
        "token_uri": settings.GOOGLE_TOKEN_URL
    }
