"""One request and its answer over a connection of its own: in time, and not too much.

No proxy is asked and no redirect followed: the picture goes to the server that the
administrator named, or nowhere.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import certifi
import httpcore

from engines.errors import EngineError
from engines.vlm_http.clock import Clock
from engines.vlm_http.connections import Timed
from engines.vlm_http.endpoint import Endpoint
from engines.vlm_http.failures import broken_off, garbled, too_late, unreachable

MOST = 4 * 2**20  # bytes of an answer
UNPACKED = {"", "identity"}  # a packed answer could be a bomb, and none was asked for


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer: its *chunks* are read as they come."""

    status: int
    headers: dict[str, str]  # names in lower case
    chunks: Iterator[bytes]


@contextmanager
def replied(
    server: Endpoint, clock: Clock, path: str, body: bytes | None = None
) -> Iterator[Reply]:
    """What *server* answers to a GET of *path*, or to a POST of *body* (JSON).

    Raises:
        Passing: there is no connection, or it broke; a second try may help.
        EngineError: time is up, the server fell silent, or says too much.
    """
    url = httpcore.URL(
        scheme=server.scheme,
        host=server.host,
        port=server.port,
        target=f"{server.path}{path}",
    )
    method = "GET" if body is None else "POST"
    trust = trusted() if server.scheme == "https" else None
    timed = Timed(clock)
    with (
        told(server, clock),
        httpcore.ConnectionPool(ssl_context=trust, network_backend=timed) as pool,
        pool.stream(method, url, headers=asked(server), content=body) as response,
    ):
        headers = plain(response.headers)
        if headers.get("content-encoding", "").strip().lower() not in UNPACKED:
            raise garbled(server)
        yield Reply(response.status, headers, bounded(response, server, timed))


def asked(server: Endpoint) -> list[tuple[str, str]]:
    """The headers of a request."""
    key = [("Authorization", f"Bearer {server.key}")] if server.key else []
    return [
        ("Host", server.authority),
        ("User-Agent", "ocrsite"),
        ("Accept", "text/event-stream, application/json"),
        ("Accept-Encoding", "identity"),
        ("Content-Type", "application/json"),
        *key,
    ]


@contextmanager
def told(server: Endpoint, clock: Clock) -> Iterator[None]:
    """Whatever breaks, in our words."""
    try:
        yield
    except httpcore.TimeoutException as error:
        if clock.is_over:
            raise too_late(server, clock) from error
        if isinstance(error, httpcore.ConnectTimeout):
            raise unreachable(server) from error
        raise EngineError(
            f"“{server.host}” fell silent in the middle of its answer. See its log."
        ) from error
    except httpcore.ConnectError as error:
        raise refused_by(error, server) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise broken_off(server) from error


def refused_by(error: httpcore.ConnectError, server: Endpoint) -> EngineError:
    if any(isinstance(met, ssl.SSLCertVerificationError) for met in error.args):
        return EngineError(
            f"“{server.host}” cannot be trusted: its certificate is not in order."
        )
    if any(isinstance(met, ssl.SSLError) for met in error.args):
        return EngineError(
            f"“{server.host}” does not speak https. Say http:// in VLM_URL if it is "
            "on a network that you trust."
        )
    return unreachable(server)


def bounded(
    response: httpcore.Response, server: Endpoint, timed: Timed
) -> Iterator[bytes]:
    """The body, from whose first byte on silence is no longer borne with."""
    read = 0
    for chunk in response.iter_stream():
        timed.has_begun = True
        read += len(chunk)
        if read > MOST:
            raise EngineError(
                f"“{server.host}” answers with more than {MOST // 2**20} MB. "
                "It is not a server that VLM_URL should name."
            )
        yield chunk


def plain(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    pairs = (
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in headers
    )
    return {name.lower(): value for name, value in pairs}


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that this machine trusts, and those that browsers do."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
