"""A public host, a private one, and a watch on every connection that is made."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from io import BytesIO
from ipaddress import ip_network
from typing import Any

import pytest

from documents.services.fetching.connections import Resolve
from documents.services.fetching.downloads import Limits, download
from tests.hosts import Host, open_host
from tests.services.fetching.hostile import NAMES, resolve

PUBLIC = "127.0.0.2"  # the tests' public internet: loopback too, but allowed
SECONDS = 2.0

Fetch = Callable[..., tuple[str, bytes]]


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were connected to, or would have been."""
    made: list[str] = []
    connect = socket.socket.connect

    def watched(self: socket.socket, address: Any) -> None:
        made.append(address[0])
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    return made


@pytest.fixture
def inner() -> Iterator[Host]:
    """What nobody outside may reach: on 127.0.0.1, and on ::1 at the same port."""
    with open_host("127.0.0.1") as four, open_host("::1", port=four.port) as six:
        yield four
        assert four.connections + six.connections == 0


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    """The host scans.example, where anybody may ask."""
    monkeypatch.setitem(NAMES, "scans.example", [PUBLIC])
    with open_host(PUBLIC) as host:
        yield host


@pytest.fixture
def fetch() -> Fetch:
    """Fetches into memory, 1 MB at most; the name and the content."""

    def into_memory(
        url: str, *, resolve: Resolve = resolve, trust: Any = None, **limits: Any
    ) -> tuple[str, bytes]:
        wishes = {"megabytes": 1, "seconds": SECONDS, **limits}
        wishes.setdefault("allowed", [ip_network(f"{PUBLIC}/32")])
        sink = BytesIO()
        name = download(url, sink, Limits(**wishes), resolve=resolve, trust=trust)
        return name, sink.getvalue()

    return into_memory
