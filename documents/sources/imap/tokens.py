"""Access tokens of OAuth 2.0, got for a refresh token (RFC 6749, section 6)."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import httpcore
from django.utils.translation import gettext as _

from documents.services.fetching import BadUrl
from documents.services.fetching.targets import Target, parse
from documents.sources.imap.telling import told
from documents.sources.imap.wire import Door
from documents.sources.protocol import NeedsSomebody, SourceError

ANSWER_BYTES = 2**16
EARLY = 60.0  # seconds before its end that a token is used no more
SHORTEST = 300.0  # seconds that one lives whose server does not say
HEADERS = {
    "User-Agent": "ocrsite",
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept": "application/json",
    "Accept-Encoding": "identity",
}
# Each step of a visit signs in anew: this worker's tokens, with when they end.
_known: dict[str, tuple[str, float]] = {}


@dataclass(frozen=True)
class Grant:
    """What a token is given out for, and where."""

    url: str
    client_id: str
    client_secret: str
    refresh_token: str

    @property
    def form(self) -> dict[str, str]:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self.refresh_token,
            "client_id": self.client_id,
        }
        if self.client_secret:
            form["client_secret"] = self.client_secret
        return form

    @property
    def name(self) -> str:
        told = json.dumps([self.url, self.form]).encode()
        return sha256(told).hexdigest()


def access_token(grant: Grant, door: Door) -> tuple[str, bool]:
    """One that holds, and whether it was known before.

    Raises:
        NeedsSomebody, SourceError
    """
    token, end = _known.get(grant.name, ("", 0.0))
    if time.monotonic() < end:
        return token, True
    answer = asked(grant, door)
    token = str(answer["access_token"])
    _known[grant.name] = (token, time.monotonic() + lifetime(answer) - EARLY)
    return token, False


def forget(grant: Grant) -> None:
    _known.pop(grant.name, None)


def lifetime(answer: dict[str, Any]) -> float:
    try:
        return float(answer.get("expires_in", SHORTEST))
    except (TypeError, ValueError):
        return SHORTEST


def asked(grant: Grant, door: Door) -> dict[str, Any]:
    target = target_of(grant.url)
    with told(target.host):
        status, content = posted(target, urlencode(grant.form).encode(), door)
    try:
        answer = json.loads(content)
    except ValueError:
        answer = {}
    answer = answer if isinstance(answer, dict) else {}
    if status == 200 and answer.get("access_token"):
        return answer
    if 400 <= status < 500 and status != 429:
        reason = _(
            "“%(host)s” gives out no token (%(error)s). Connect the mailbox again, "
            "and enter the new refresh token."
        )
        error = str(answer.get("error", status))[:100]
        raise NeedsSomebody(reason % {"host": target.host, "error": error})
    reason = _("“%(host)s” gives out no token: it answers with %(status)d.")
    raise SourceError(reason % {"host": target.host, "status": status})


def target_of(url: str) -> Target:
    """
    Raises:
        NeedsSomebody: over http everybody between could read the secrets.
    """
    try:
        target = parse(url)
    except BadUrl:
        target = None
    if target is None or target.scheme != "https":
        raise NeedsSomebody(
            _("The address that gives out tokens begins with https://. Check it.")
        )
    return target


def posted(target: Target, body: bytes, door: Door) -> tuple[int, bytes]:
    """The answer's status and its beginning; no redirect is followed."""
    url = httpcore.URL(
        scheme=target.scheme, host=target.host, port=target.port, target=target.path
    )
    headers = {"Host": target.authority, **HEADERS, "Content-Length": str(len(body))}
    with (
        httpcore.ConnectionPool(
            ssl_context=door.trust, network_backend=door.guard()
        ) as pool,
        pool.stream("POST", url, headers=list(headers.items()), content=body) as answer,
    ):
        content = b""
        for chunk in answer.iter_stream():
            content += chunk
            if len(content) > ANSWER_BYTES:
                break
        return answer.status, content[:ANSWER_BYTES]
