"""A file from the web into another, within limits that no answer can move."""

from __future__ import annotations

import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

import certifi
import httpcore
from django.utils.translation import gettext as _

from documents.services.fetching.addresses import Network
from documents.services.fetching.connections import Clock, Guard, Resolve, resolve
from documents.services.fetching.errors import NotFetched
from documents.services.fetching.names import header, name_of
from documents.services.fetching.targets import Target, parse
from engines import TooLarge

OK = 200
REDIRECTS = {301, 302, 303, 307, 308}
FOLLOWED = 5  # redirects, one after the other
UNPACKED = {"", "identity"}  # a packed answer could be a bomb, and none was asked for
HEADERS = {
    "User-Agent": "ocrsite",
    "Accept": "image/*, application/pdf, */*;q=0.1",
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True)
class Limits:
    megabytes: int
    seconds: float  # from the look-up of the name to the last byte
    allowed: Collection[Network] = ()  # beside the public internet


def download(
    url: str,
    sink: BinaryIO,
    limits: Limits,
    *,
    resolve: Resolve = resolve,
    trust: ssl.SSLContext | None = None,
) -> str:
    """Write what *url* leads to into *sink*; say what the file is called.

    Raises:
        BadUrl, ForbiddenAddress, NotFetched: the message says why.
        TooLarge: there is more of it than *limits* allow.
    """
    target = parse(url)
    guard = Guard(Clock(limits.seconds), limits.allowed, resolve)
    with httpcore.ConnectionPool(
        ssl_context=trust or trusted(),
        network_backend=guard,
        max_keepalive_connections=0,  # so that each redirect is vetted
    ) as pool:
        for _step in range(FOLLOWED + 1):
            with answer(pool, target, guard.clock) as response:
                location = header(response.headers, "location")
                if response.status not in REDIRECTS or not location:
                    check(response, target)
                    save(response, sink, limits.megabytes)
                    return name_of(target, response.headers)
                target = target.follow(location)
    reason = _("The address leads on more than %(most)d times.")
    raise NotFetched(reason % {"most": FOLLOWED})


@contextmanager
def answer(
    pool: httpcore.ConnectionPool, target: Target, clock: Clock
) -> Iterator[httpcore.Response]:
    """The answer to one request; whatever breaks in it is told in our words."""
    url = httpcore.URL(
        scheme=target.scheme, host=target.host, port=target.port, target=target.path
    )
    headers = [("Host", target.authority), *HEADERS.items()]
    try:
        with pool.stream("GET", url, headers=headers) as response:
            yield response
    except (httpcore.NetworkError, httpcore.TimeoutException) as error:
        clock.left(0)  # where time is up, that is what went wrong
        raise NotFetched(trouble(error) % target.host) from error
    except httpcore.ProtocolError as error:
        reason = _("What “%s” sends is broken off, or is no proper answer.")
        raise NotFetched(reason % target.host) from error


def trouble(error: Exception) -> str:
    if any(isinstance(met, ssl.SSLCertVerificationError) for met in error.args):
        return _("“%s” cannot be trusted: its certificate is not in order.")
    if isinstance(error, httpcore.ConnectError | httpcore.ConnectTimeout):
        return _("“%s” cannot be reached. Check the address, or try again later.")
    return _("“%s” has stopped sending. Try again later, or upload the file.")


def check(response: httpcore.Response, target: Target) -> None:
    if response.status != OK:
        reason = _("“%(host)s” answers with %(status)d instead of a file.")
        raise NotFetched(reason % {"host": target.host, "status": response.status})
    if header(response.headers, "content-encoding").strip().lower() not in UNPACKED:
        reason = _("“%s” sends the file packed, which was not asked for.")
        raise NotFetched(reason % target.host)


def save(response: httpcore.Response, sink: BinaryIO, megabytes: int) -> None:
    """Write the body: of what is said to be too large, or proves to be, no more."""
    most = megabytes * 2**20
    written = 0
    check_size(int(header(response.headers, "content-length") or 0), most)
    for chunk in response.iter_stream():
        written += len(chunk)
        check_size(written, most)
        sink.write(chunk)


def check_size(size: int, most: int) -> None:
    if size > most:
        raise TooLarge(
            _("The file is larger than %(limit)s MB, the most that can be uploaded.")
            % {"limit": most // 2**20}
        )


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that this machine trusts, and those that browsers do."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
