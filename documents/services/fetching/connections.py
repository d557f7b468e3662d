"""Connections that are made to vetted addresses only, and end when time is up.

The name is looked up once for each connection, and what was vetted is what is
connected to: an answer of the name server that changes afterwards changes nothing.
The certificate is checked against the name, and no proxy is asked.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import httpcore
from django.utils.translation import gettext as _

from documents.services.fetching.addresses import (
    Address,
    Network,
    literal,
    may_connect,
)
from documents.services.fetching.errors import ForbiddenAddress, NotFetched

LOOK_UP_SECONDS = 10.0  # for the name servers to answer
CONNECT_SECONDS = 5.0  # for one address to answer
QUIET_SECONDS = 10.0  # without a byte

Resolve = Callable[[str], list[Address]]


class Clock:
    """What is left of the seconds that a fetch may take in all."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def left(self, at_most: float) -> float:
        """*at_most* so many seconds, which are more than none.

        Raises:
            NotFetched: time is up.
        """
        left = self.end - time.monotonic()
        if left <= 0:
            reason = _(
                "Fetching took longer than %(seconds)d seconds. "
                "Upload the file instead."
            )
            raise NotFetched(reason % {"seconds": self.seconds})
        return min(at_most, left)


class Guard(httpcore.NetworkBackend):
    """Looks names up, vets what they lead to, and connects to just that."""

    def __init__(
        self, clock: Clock, allowed: Collection[Network], resolve: Resolve
    ) -> None:
        self.clock = clock
        self.allowed = allowed
        self.resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """
        Raises:
            ForbiddenAddress, NotFetched
            httpcore.ConnectError, httpcore.ConnectTimeout: no address answers.
        """
        failure: Exception = httpcore.ConnectError()
        for address in self.vetted(host):
            seconds = self.clock.left(CONNECT_SECONDS)
            try:
                stream = httpcore.SyncBackend().connect_tcp(str(address), port, seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return Timed(stream, self.clock)
        raise failure

    def vetted(self, host: str) -> list[Address]:
        """All addresses of *host*; a single bad one among them makes it suspect."""
        address = literal(host)
        addresses = [address] if address else self.looked_up(host)
        if not all(may_connect(address, self.allowed) for address in addresses):
            reason = _(
                "“%s” is in a network from which nothing is fetched. Upload the file "
                "instead, or ask the site's operator to allow that network."
            )
            raise ForbiddenAddress(reason % host)
        return addresses

    def looked_up(self, host: str) -> list[Address]:
        seconds = self.clock.left(LOOK_UP_SECONDS)
        addresses = within_seconds(seconds, self.resolve, host)
        if not addresses:
            reason = _("There is no host “%s”. Check the address.")
            raise NotFetched(reason % host)
        return addresses


class Timed(httpcore.NetworkStream):
    """A stream on which nothing waits beyond the end of the clock."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock) -> None:
        self.stream = stream
        self.clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.clock.left(QUIET_SECONDS))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.clock.left(QUIET_SECONDS))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        try:
            seconds = self.clock.left(CONNECT_SECONDS)
            secure = self.stream.start_tls(ssl_context, server_hostname, seconds)
        except BaseException:
            self.close()  # nobody else knows of it yet
            raise
        return Timed(secure, self.clock)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def resolve(host: str) -> list[Address]:
    """The addresses of *host*, as this machine knows them; none when it has none."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(ip_address(place[4][0]) for place in found))


def within_seconds(seconds: float, resolve: Resolve, host: str) -> list[Address]:
    """What *resolve* says of *host*, or nothing when it takes longer.

    The system's look-up knows no limit, so it is left behind where it is too slow; it
    ends by itself when the name servers were all asked in vain.
    """
    answers: SimpleQueue[list[Address]] = SimpleQueue()
    ask = Thread(target=lambda: answers.put(resolve(host)), daemon=True)
    ask.start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        return []
