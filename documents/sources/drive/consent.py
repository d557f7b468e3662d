"""A user lets the site read their Drive: OAuth 2.0 for web servers, with PKCE."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from documents.sources.drive.credentials import SCOPES
from documents.sources.drive.errors import in_our_words
from documents.sources.protocol import NeedsSomebody, SourceError

if TYPE_CHECKING:
    from google.oauth2.credentials import Credentials
    from google_auth_oauthlib.flow import Flow
    from requests import Response

SECONDS = 20  # for Google to answer
OK, SERVERS_FAULT = 200, 500


def page(redirect_uri: str) -> tuple[str, str, str]:
    """The address of the page where Google asks the user, and the state and verifier
    that are needed when its answer comes."""
    flow = _flow(redirect_uri)
    # Without "consent" Google gives lasting access the first time only.
    url, state = flow.authorization_url(access_type="offline", prompt="consent")
    return url, state, flow.code_verifier


def exchange(code: str, verifier: str, redirect_uri: str) -> Credentials:
    """Lasting access for the *code* that the user came back with.

    Raises:
        NeedsSomebody: Google gives none for it.
        SourceError: Google cannot be asked at the moment.
    """
    from oauthlib.oauth2 import OAuth2Error

    flow = _flow(redirect_uri, verifier)
    flow.oauth2session.register_compliance_hook("access_token_response", _up)
    try:
        with in_our_words(), flow.oauth2session:
            flow.fetch_token(code=code, include_client_id=True, timeout=SECONDS)
    except (OAuth2Error, Warning) as error:  # a Warning: less was granted than asked
        raise NeedsSomebody(no_access()) from error
    if not flow.credentials.refresh_token:
        raise NeedsSomebody(no_access())
    return flow.credentials


def revoke(refresh_token: str) -> None:
    """
    Raises:
        SourceError: Google was not told.
    """
    from google.auth.transport.requests import Request

    with in_our_words():
        answer = Request()(
            settings.GOOGLE_REVOKE_URL,
            method="POST",
            body=urlencode({"token": refresh_token}).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            timeout=SECONDS,
        )
    if answer.status != OK:
        raise SourceError(_("Google did not take the access back."))


def _flow(redirect_uri: str, verifier: str | None = None) -> Flow:
    from google_auth_oauthlib.flow import Flow

    client = {
        "client_id": settings.GOOGLE_CLIENT_ID,
        "client_secret": settings.GOOGLE_CLIENT_SECRET,
        "auth_uri": settings.GOOGLE_AUTH_URL,
        "token_uri": settings.GOOGLE_TOKEN_URL,
    }
    return Flow.from_client_config(
        {"web": client},
        list(SCOPES),
        redirect_uri=redirect_uri,
        code_verifier=verifier,
        autogenerate_code_verifier=verifier is None,
    )


def _up(answer: Response) -> Response:
    """An endpoint that is ill has not said no."""
    if answer.status_code >= SERVERS_FAULT:
        answer.raise_for_status()
    return answer


def no_access() -> str:
    return _(
        "Google gave this site no access. Connect again, and allow it to see the files "
        "of your Google Drive."
    )
