"""Connections on which nothing waits beyond the end of a clock."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from engines.vlm_http.clock import Clock

CONNECT_SECONDS = 10.0  # for the server to take a connection
QUIET_SECONDS = 30.0  # without a byte, once it has begun to answer


class Timed(httpcore.NetworkBackend):
    """Connects, and gives each wait what is left on *clock*.

    The look-up of a name is left to the system, which ends it by itself.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.has_begun = False  # to answer: then silence means that something broke

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        seconds = self.seconds(CONNECT_SECONDS, httpcore.ConnectTimeout)
        stream = httpcore.SyncBackend().connect_tcp(host, port, seconds)
        return TimedStream(stream, self)

    def seconds(self, most: float, over: type[httpcore.TimeoutException]) -> float:
        """What a wait of *most* seconds may take; raises *over* when time is up."""
        if self.clock.is_over:
            raise over
        return min(most, self.clock.left())


class TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, timed: Timed) -> None:
        self.stream = stream
        self.timed = timed

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        most = QUIET_SECONDS if self.timed.has_begun else self.timed.clock.seconds
        seconds = self.timed.seconds(most, httpcore.ReadTimeout)
        return self.stream.read(max_bytes, seconds)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        seconds = self.timed.seconds(QUIET_SECONDS, httpcore.WriteTimeout)
        self.stream.write(buffer, seconds)

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        seconds = self.timed.seconds(CONNECT_SECONDS, httpcore.ConnectTimeout)
        try:
            secure = self.stream.start_tls(ssl_context, server_hostname, seconds)
        except BaseException:
            self.stream.close()
            raise
        return TimedStream(secure, self.timed)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)
