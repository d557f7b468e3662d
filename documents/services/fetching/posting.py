"""Messages posted to addresses that somebody typed, guarded as what is fetched is.

No redirect is followed, no proxy asked, and of the answer no more is read than what
tells somebody what went wrong.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self

import httpcore
from django.utils.translation import gettext as _

from documents.services.fetching import downloads
from documents.services.fetching.addresses import Network
from documents.services.fetching.connections import Clock, Guard, Resolve, resolve
from documents.services.fetching.errors import BadUrl, ForbiddenAddress, NotFetched
from documents.services.fetching.names import header
from documents.services.fetching.targets import Target, parse, taken_apart

ANSWER_BYTES = 4096  # of an answer that are read
CHECK_SECONDS = 3.0  # for the name of a new address to be looked up
HEADERS = {
    "User-Agent": "ocrsite",
    "Content-Type": "application/json",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True)
class Answer:
    """What came back; *text* is its beginning, *wait* what Retry-After says."""

    status: int
    text: str
    wait: str = ""

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_redirect(self) -> bool:
        return self.status in downloads.REDIRECTS

    def retry_after(self, now: datetime) -> timedelta:
        """How long the host asks to be left alone: seconds or a date (RFC 9110)."""
        wait = self.wait.strip()
        if wait.isascii() and wait.isdigit():
            return timedelta(seconds=int(wait[:9]))
        try:
            moment = parsedate_to_datetime(wait)
        except ValueError:
            return timedelta()
        return max(timedelta(), moment.replace(tzinfo=moment.tzinfo or UTC) - now)


class Stopwatch(Clock):
    """Begins anew with each call; a connection that is kept goes by the same one."""

    def restart(self) -> None:
        self.end = time.monotonic() + self.seconds

    def left(self, at_most: float) -> float:
        try:
            return super().left(at_most)
        except NotFetched:
            reason = _("The call took longer than %(seconds)d seconds.")
            raise NotFetched(reason % {"seconds": self.seconds}) from None


class Caller:
    """Posts to one address, over one connection as long as the host keeps it."""

    def __init__(
        self,
        url: str,
        *,
        seconds: float,
        allowed: Collection[Network] = (),
        resolve: Resolve = resolve,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.url = url
        self.clock = Stopwatch(seconds)
        self.pool = httpcore.ConnectionPool(
            ssl_context=trust or downloads.trusted(),
            network_backend=Guard(self.clock, allowed, resolve),
            max_connections=1,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.pool.close()

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """
        Raises:
            BadUrl, ForbiddenAddress, NotFetched: the message says why.
        """
        target = target_of(self.url)
        self.clock.restart()
        try:
            return self._posted(target, body, headers)
        except ForbiddenAddress:
            raise forbidden(target) from None
        except (httpcore.NetworkError, httpcore.TimeoutException) as error:
            self.clock.left(0)  # where time is up, that is what went wrong
            raise NotFetched(trouble(error) % target.host) from error
        except httpcore.ProtocolError as error:
            reason = _("What “%s” sends is broken off, or is no proper answer.")
            raise NotFetched(reason % target.host) from error

    def _posted(
        self, target: Target, body: bytes, headers: Mapping[str, str]
    ) -> Answer:
        url = httpcore.URL(
            scheme=target.scheme, host=target.host, port=target.port, target=target.path
        )
        told = {"Host": target.authority, **HEADERS, **headers}
        told["Content-Length"] = str(len(body))
        sent = list(told.items())
        with self.pool.stream("POST", url, headers=sent, content=body) as response:
            wait = header(response.headers, "retry-after")
            return Answer(response.status, beginning(response), wait)


def beginning(response: httpcore.Response) -> str:
    """The first ANSWER_BYTES as text that every database takes."""
    content = b""
    for chunk in response.iter_stream():
        content += chunk
        if len(content) >= ANSWER_BYTES:
            break
    return content[:ANSWER_BYTES].decode(errors="replace").replace("\0", "�")


def target_of(url: str) -> Target:
    """
    Raises:
        BadUrl: it is not http or https, names no host, or carries a password.
    """
    try:
        taken_apart(url.strip())
    except BadUrl:
        reason = _("This is no address to call: it begins with https:// or http://.")
        raise BadUrl(reason) from None
    return parse(url)


def insist_on_callable(
    url: str, allowed: Collection[Network] = (), resolve: Resolve = resolve
) -> None:
    """Refuse what will never be called; a host that is not there yet may come.

    Raises:
        BadUrl, ForbiddenAddress: the message says why.
    """
    target = target_of(url)
    with suppress(NotFetched):
        try:
            Guard(Clock(CHECK_SECONDS), allowed, resolve).vetted(target.host)
        except ForbiddenAddress:
            raise forbidden(target) from None


def forbidden(target: Target) -> ForbiddenAddress:
    reason = _(
        "“%s” is in a network that is not called. Choose a public address, "
        "or ask the site's operator to allow that network."
    )
    return ForbiddenAddress(reason % target.host)


def trouble(error: Exception) -> str:
    if isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout):
        return downloads.trouble(error)
    return _("“%s” has ended the call before it had answered.")
