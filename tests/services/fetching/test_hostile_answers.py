"""Whatever a host sends, a fetch ends within its limits and says why."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Callable
from ipaddress import ip_address

import pytest

from documents.services.fetching import BadUrl, NotFetched, connections
from engines import TooLarge
from tests.hosts import Answer, Host, leads_to, open_host, picture, says
from tests.services.fetching.conftest import PUBLIC, SECONDS, Fetch

MARGIN = 1.5  # seconds: the machine may be busy
QUIET = 0.5
HEAD = b"HTTP/1.1 200 OK\r\n"
TOO_SLOW = r"Fetching took longer than 2 seconds\. Upload the file instead\."
BROKEN = "What “scans.example” sends is broken off, or is no proper answer."
STOPPED = "“scans.example” has stopped sending. Try again later, or upload the file."
UNREACHABLE = (
    "“scans.example” cannot be reached. Check the address, or try again later."
)
PACKED = "“scans.example” sends the file packed, which was not asked for."
LARGE = "The file is larger than 1 MB, the most that can be uploaded."


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "QUIET_SECONDS", QUIET)
    monkeypatch.setattr(connections, "LOOK_UP_SECONDS", QUIET)
    monkeypatch.setattr(connections, "CONNECT_SECONDS", QUIET)


def for_ever(piece: bytes, *, first: bytes = b"", pause: float = 0.0) -> Answer:
    """Sends *piece* again and again, until nobody listens any more."""

    def answer(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(piece)
            time.sleep(pause)  # slow-loris: a piece now and then

    return answer


def then_silent(words: bytes = b"") -> Answer:
    def answer(connection: socket.socket) -> None:
        connection.sendall(words)
        connection.recv(1)  # until the other side has gone

    return answer


def bomb() -> bytes:
    return gzip.compress(bytes(50 * 2**20))


CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
SLOW = {
    "a head by the byte": for_ever(b"x", first=HEAD, pause=0.05),
    "headers one by one": for_ever(b"X: y\r\n", first=HEAD, pause=0.05),
    "a body by the byte": for_ever(b"x", first=HEAD + b"\r\n", pause=0.05),
    "tiny chunks": for_ever(b"1\r\nx\r\n", first=CHUNKED, pause=0.05),
    "a chunk's extension": for_ever(b"x", first=CHUNKED + b"1;", pause=0.05),
    "trailers": for_ever(b"X: y\r\n", first=CHUNKED + b"0\r\n", pause=0.05),
    "hints for ever": for_ever(b"HTTP/1.1 103 Early Hints\r\n\r\n", pause=0.01),
    "no end of 100": for_ever(b"HTTP/1.1 100 Continue\r\n\r\n"),
}
SILENT = {
    "silence": then_silent(),
    "silence after half a head": then_silent(HEAD),
    "silence after half a body": then_silent(HEAD + b"Content-Length: 9\r\n\r\nabc"),
}
LONG = {
    "an endless body": for_ever(b"x" * 65536, first=HEAD + b"\r\n"),
    "endless chunks": for_ever(b"8000\r\n" + b"x" * 32768 + b"\r\n", first=CHUNKED),
    "a body beyond the limit": says(b"x" * (2**20 + 1)),
    "a length beyond the limit": says(b"", content_length=2**20 + 1),
    "an absurd length": says(b"", content_length=10**19),
}
IMPROPER = {
    "an endless header": for_ever(b"x" * 65536, first=HEAD + b"X: "),
    "endless headers": for_ever(b"X: y\r\n" * 1000, first=HEAD),
    "endless trailers": for_ever(b"X: y\r\n" * 1000, first=CHUNKED + b"0\r\n"),
    "a length that lies": says(b"abc", content_length=1000),
    "a length below nothing": says(b"abc", content_length=-1),
    "a length that is no number": says(b"abc", content_length="3 apples"),
    "a length in hexadecimal": says(b"abc", content_length="0x3"),
    "two lengths": says(b"abc", content_length="3\r\nContent-Length: 5"),
    "a chunk's length that is none": lambda it: it.sendall(CHUNKED + b"-1\r\nx\r\n"),
    "a chunk that breaks off": lambda it: it.sendall(CHUNKED + b"9\r\nabc"),
    "a transfer that is packed": says(picture(), transfer_encoding="gzip, chunked"),
    "nothing at all": lambda it: None,
    "half a head": lambda it: it.sendall(HEAD),
    "another protocol": lambda it: it.sendall(b"SSH-2.0-OpenSSH_9.2\r\n" * 9),
    "HTTP/0.9": lambda it: it.sendall(b"<html>hello</html>"),
    "noise": lambda it: it.sendall(bytes(range(256)) * 99),
}


def ask(fetch: Fetch, host: Host, answer: Answer) -> None:
    host.answers["/scan.png"] = answer
    begun = time.monotonic()
    try:
        fetch(f"http://scans.example:{host.port}/scan.png")
    finally:
        assert time.monotonic() - begun < SECONDS + MARGIN


def each(answers: dict[str, Answer]) -> Callable:
    return pytest.mark.parametrize("answer", answers.values(), ids=answers.keys())


@each(SLOW)
def test_what_is_slow_ends(answer: Answer, fetch: Fetch, public: Host) -> None:
    with pytest.raises(NotFetched, match=TOO_SLOW):
        ask(fetch, public, answer)


@each(SILENT)
def test_silence_ends_sooner(answer: Answer, fetch: Fetch, public: Host) -> None:
    begun = time.monotonic()
    with pytest.raises(NotFetched) as refused:
        ask(fetch, public, answer)
    assert str(refused.value) == STOPPED
    assert time.monotonic() - begun < SECONDS


@each(LONG)
def test_no_more_is_taken_than_may_be(
    answer: Answer, fetch: Fetch, public: Host
) -> None:
    with pytest.raises(TooLarge) as refused:
        ask(fetch, public, answer)
    assert str(refused.value) == LARGE


@each(IMPROPER)
def test_what_is_no_proper_answer(answer: Answer, fetch: Fetch, public: Host) -> None:
    with pytest.raises(NotFetched) as refused:
        ask(fetch, public, answer)
    assert str(refused.value) == BROKEN


def test_of_a_longer_body_only_what_was_announced_is_taken(
    fetch: Fetch, public: Host
) -> None:
    public.answers["/"] = says(b"abcdef", content_length=3)
    assert fetch(f"http://scans.example:{public.port}/")[1] == b"abc"


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "br", "gzip, gzip"])
def test_packed_answers_are_not_unpacked(
    coding: str, fetch: Fetch, public: Host
) -> None:
    with pytest.raises(NotFetched) as refused:
        ask(fetch, public, says(bomb(), content_encoding=coding))
    assert str(refused.value) == PACKED
    assert b"Accept-Encoding: identity\r\n" in public.requests[0]


@pytest.mark.parametrize(
    "status",
    ["204 No Content", "206 Partial", "300 Choices", "304 Same", "404 No", "500 Oh"],
)
def test_what_is_no_file(status: str, fetch: Fetch, public: Host) -> None:
    with pytest.raises(NotFetched) as refused:
        ask(fetch, public, says(b"", status, content_length=None))
    number = status.split()[0]
    reason = f"“scans.example” answers with {number} instead of a file."
    assert str(refused.value) == reason


def test_a_redirect_to_nowhere(fetch: Fetch, public: Host) -> None:
    with pytest.raises(NotFetched, match="answers with 302 instead of a file"):
        ask(fetch, public, says(b"", "302 Found"))


@pytest.mark.parametrize("location", ["/scan.png", "scan.png", "#top"])
def test_a_circle_ends(location: str, fetch: Fetch, public: Host) -> None:
    with pytest.raises(NotFetched, match="more than 5 times"):
        ask(fetch, public, leads_to(location))
    assert public.connections == 6


def test_the_body_of_a_redirect_is_left(fetch: Fetch, public: Host) -> None:
    endless = HEAD.replace(b"200 OK", b"302 Found") + b"Location: /next\r\n\r\n"
    public.answers["/next"] = says(picture())
    ask(fetch, public, for_ever(b"x" * 65536, first=endless))
    assert public.connections == 2


def test_brackets_in_a_redirect(fetch: Fetch, public: Host) -> None:
    with pytest.raises(BadUrl):
        ask(fetch, public, leads_to("http://[::1/"))


def test_nobody_listens(fetch: Fetch, public: Host) -> None:
    with open_host(PUBLIC) as gone:
        port = gone.port
    with pytest.raises(NotFetched) as refused:
        fetch(f"http://scans.example:{port}/")
    assert str(refused.value) == UNREACHABLE


def test_a_slow_name_server_is_left_behind(fetch: Fetch) -> None:
    def slow(host: str) -> list:
        time.sleep(2 * QUIET)  # a name server that takes longer than it may
        return []

    begun = time.monotonic()
    with pytest.raises(NotFetched, match="There is no host"):
        fetch("http://scans.example/", resolve=slow)
    assert time.monotonic() - begun < 2 * QUIET


def test_many_addresses_have_no_more_time_than_one(fetch: Fetch) -> None:
    """Each is a host whose queue is full: it says neither yes nor no."""
    addresses = [ip_address(PUBLIC)] * 20
    with socket.create_server((PUBLIC, 0), backlog=0) as full:
        place = full.getsockname()
        with socket.create_connection(place):
            begun = time.monotonic()
            with pytest.raises(NotFetched, match=TOO_SLOW):
                fetch(
                    f"http://scans.example:{place[1]}/", resolve=lambda _host: addresses
                )
    assert time.monotonic() - begun < SECONDS + MARGIN
