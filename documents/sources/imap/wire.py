"""A connection to a mail server: to a vetted address, encrypted, and within limits."""

from __future__ import annotations

import imaplib
import io
import socket
import ssl
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from documents.services.fetching.addresses import Network
from documents.services.fetching.connections import (
    CONNECT_SECONDS,
    QUIET_SECONDS,
    Clock,
    Guard,
    Resolve,
)
from documents.services.fetching.errors import NotFetched

MEGABYTE = 2**20
BUFFER = 2**16  # bytes that may have come already
TALK = 8 * MEGABYTE  # of answers that are no mail; a million numbers of mails


class TooMuch(Exception):
    """The server sends more than was asked for."""


@dataclass(frozen=True)
class Door:
    """Where a mail server is, and how it is come to."""

    host: str
    port: int
    starts_tls: bool
    seconds: float  # for one answer
    patience: float  # seconds for all that is asked over one connection
    allowed: Collection[Network]
    resolve: Resolve
    trust: ssl.SSLContext

    def guard(self) -> Guard:
        return Guard(Clock(self.seconds), self.allowed, self.resolve)


class Wire(io.RawIOBase):
    """What comes over *sock*, until time is up or it was too much."""

    def __init__(self, sock: socket.socket, seconds: float, whole: Clock) -> None:
        self.sock = sock
        self.seconds = seconds
        self.whole = whole
        self.renew(TALK)

    def renew(self, most: int) -> None:
        """Another answer begins, of so many bytes at most."""
        self.clock = Clock(self.seconds)
        self.left = most

    def wait(self) -> None:
        """Let the next call wait no longer than it may."""
        try:
            seconds = self.whole.left(self.clock.left(QUIET_SECONDS))
        except NotFetched:
            raise TimeoutError from None  # as where it is quiet for too long
        self.sock.settimeout(seconds)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.wait()
        count = self.sock.recv_into(buffer)
        self.left -= count
        if self.left < 0:
            raise TooMuch
        return count


class Client(imaplib.IMAP4):
    """The protocol, over a connection that is encrypted before a word of ours.

    ``most`` bytes may come in answer to the next command; then it is TALK again.
    """

    def __init__(self, door: Door) -> None:
        self.door = door
        self.most = TALK
        self.clock = Clock(door.patience)
        super().__init__(door.host, door.port)
        if door.starts_tls:
            try:
                self.starttls(door.trust)
            except BaseException:
                self.shutdown()  # nobody else knows of it yet
                raise

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        self.host, self.port = host, port
        stream = self.door.guard().connect_tcp(host, port)
        self.go_on_with(stream.get_extra_info("socket"))
        if not self.door.starts_tls:
            self.encrypt()

    def starttls(self, ssl_context: ssl.SSLContext | None = None) -> tuple[str, Any]:
        """What came before it, in the clear, is forgotten: anybody may have sent it."""
        status, answer = self._simple_command("STARTTLS")
        if status != "OK":
            raise self.error("STARTTLS", answer)
        self.encrypt()
        self._get_capabilities()
        return status, answer

    def encrypt(self) -> None:
        self.sock.settimeout(CONNECT_SECONDS)
        self.go_on_with(
            self.door.trust.wrap_socket(self.sock, server_hostname=self.host)
        )

    def go_on_with(self, sock: socket.socket) -> None:
        self.sock = sock
        self.wire = Wire(sock, self.door.seconds, self.clock)
        self.answers = io.BufferedReader(self.wire, BUFFER)

    def send(self, data: bytes) -> None:
        self.wire.renew(self.most)
        self.most = TALK
        self.wire.wait()
        self.sock.sendall(data)

    def read(self, size: int) -> bytes:
        if size > self.wire.left + BUFFER:  # room for all of it is made at once
            raise TooMuch
        return self.answers.read(size)

    def readline(self) -> bytes:
        return self.answers.readline()

    def shutdown(self) -> None:
        with suppress(OSError):
            self.sock.close()
