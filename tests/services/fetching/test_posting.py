"""What is posted, and to whom it is not."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from documents.services.fetching import BadUrl, ForbiddenAddress, NotFetched
from documents.services.fetching.connections import Resolve
from documents.services.fetching.posting import (
    ANSWER_BYTES,
    Answer,
    Caller,
    insist_on_callable,
)
from tests.certificates import certified
from tests.hosts import Answer as Answering
from tests.hosts import Host, leads_to, open_host, says
from tests.services.fetching.conftest import PUBLIC
from tests.services.fetching.hostile import FORBIDDEN, NAMES, NO_ADDRESS, resolve
from tests.services.webhooks.receiver import open_receiver

ALLOWED = [ip_network(f"{PUBLIC}/32")]


@contextmanager
def calling(url: str, resolve: Resolve = resolve, **wishes: Any) -> Iterator[Caller]:
    given = {"seconds": 2.0, "allowed": ALLOWED, "resolve": resolve, **wishes}
    with Caller(url, **given) as caller:
        yield caller


def post(url: str, body: bytes = b"{}", **wishes: Any) -> Answer:
    with calling(url, **wishes) as caller:
        return caller.post(body, {"webhook-id": "a"})


def hears(answer: Answering) -> Answering:
    """What is posted is read before it is answered."""

    def act(connection: socket.socket) -> None:
        connection.recv(99)
        answer(connection)

    return act


def at(host: Host, path: str = "/hook") -> str:
    return f"http://scans.example:{host.port}{path}"


def test_it_works(public: Host) -> None:
    public.answers["/hook?a=b"] = hears(
        says(b"thank you", "202 Accepted", retry_after="9")
    )
    answer = post(at(public, "/hook?a=b"))
    assert answer == Answer(202, "thank you", "9")
    assert answer.is_success
    assert public.requests == [
        (
            "POST /hook?a=b HTTP/1.1\r\n"
            f"Host: scans.example:{public.port}\r\n"
            "User-Agent: ocrsite\r\n"
            "Content-Type: application/json\r\n"
            "Accept: */*\r\n"
            "Accept-Encoding: identity\r\n"
            "webhook-id: a\r\n"
            "Content-Length: 2\r\n\r\n"
        ).encode()
    ]


def test_one_connection_for_many() -> None:
    with open_receiver() as receiver:
        allowed = [ip_network("127.0.0.0/8")]
        with calling(receiver.url, allowed=allowed) as caller:
            for number in range(3):
                assert caller.post(b"%d" % number, {}).status == 204
        assert [one.body for one in receiver.heard] == [b"0", b"1", b"2"]
        assert receiver.connections == 1


def test_a_connection_that_was_closed_is_made_anew(public: Host) -> None:
    public.answers["/hook"] = hears(says(b"", connection="close"))
    with calling(at(public)) as caller:
        for _time in range(2):
            assert caller.post(b"{}", {}).status == 200
    assert public.connections == 2


def test_each_call_has_all_of_its_time(public: Host) -> None:
    """The clock begins anew, also for a connection that is kept."""
    with calling(at(public), seconds=60.0) as caller:
        caller.clock.end = 0.0
        public.answers["/hook"] = hears(says(b"", connection="keep-alive"))
        assert caller.post(b"{}", {}).status == 200


@pytest.mark.parametrize("url", FORBIDDEN)
def test_forbidden_addresses_are_not_called(
    url: str, inner: Host, connected: list[str]
) -> None:
    address = url.format(port=inner.port)
    with pytest.raises(ForbiddenAddress, match="in a network that is not called"):
        post(address)
    with pytest.raises(ForbiddenAddress, match="in a network that is not called"):
        insist_on_callable(address, ALLOWED, resolve)
    assert connected == []


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_what_is_no_address_is_said(
    url: str, inner: Host, connected: list[str]
) -> None:
    address = url.replace("{port}", str(inner.port))
    for act in (lambda: post(address), lambda: insist_on_callable(address)):
        with pytest.raises(BadUrl) as refused:
            act()
        assert "a file" not in str(refused.value)
    assert connected == []


def test_redirects_are_not_followed(
    public: Host, inner: Host, connected: list[str]
) -> None:
    public.answers["/hook"] = hears(leads_to(f"http://127.0.0.1:{inner.port}/"))
    answer = post(at(public))
    assert (answer.status, answer.is_redirect, answer.is_success) == (302, True, False)
    assert connected == [PUBLIC]


def test_names_that_change_their_mind(
    public: Host, inner: Host, connected: list[str]
) -> None:
    """Each connection is vetted; the one that is kept stays where it is."""
    public.answers["/hook"] = hears(says(b"", connection="close"))
    answers = iter([[PUBLIC], ["127.0.0.1"]])

    def rebinding(host: str) -> list:
        NAMES["rebinding.example"] = next(answers)
        return resolve(host)

    url = f"http://rebinding.example:{public.port}/hook"
    with calling(url, resolve=rebinding) as caller:
        caller.post(b"{}", {})
        with pytest.raises(ForbiddenAddress):
            caller.post(b"{}", {})
    assert connected == [PUBLIC]


@pytest.fixture
def trusted(tmp_path: Path) -> Iterator[tuple[Host, ssl.SSLContext]]:
    serving, trust = certified("scans.example", tmp_path)
    NAMES["other.example"] = NAMES["scans.example"] = [PUBLIC]
    with open_host(PUBLIC, tls=serving) as host:
        host.answers["/hook"] = hears(says(b""))
        yield host, trust


def test_https(trusted: tuple[Host, ssl.SSLContext]) -> None:
    host, trust = trusted
    assert post(f"https://scans.example:{host.port}/hook", trust=trust).is_success


def test_a_certificate_for_another_name(trusted: tuple[Host, ssl.SSLContext]) -> None:
    host, trust = trusted
    with pytest.raises(NotFetched) as refused:
        post(f"https://other.example:{host.port}/hook", trust=trust)
    assert str(refused.value) == (
        "“other.example” cannot be trusted: its certificate is not in order."
    )
    assert host.requests == []


def test_of_a_long_answer_the_beginning_is_read(public: Host) -> None:
    public.answers["/hook"] = hears(
        says(b"\0" * 100 + b"x" * 50_000, content_length=10**12)
    )
    answer = post(at(public))
    assert answer.text == "�" * 100 + "x" * (ANSWER_BYTES - 100)


def test_an_answer_that_takes_too_long(public: Host) -> None:
    """One byte at a time, for ever."""

    def drip(connection: Any) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.05)  # slowly, until nobody listens any more

    public.answers["/hook"] = hears(drip)
    with pytest.raises(NotFetched, match="The call took longer than 1 seconds"):
        post(at(public), seconds=1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda _c: None, "broken off, or is no proper answer"),
        (lambda c: c.sendall(b"nonsense\r\n\r\n"), "is no proper answer"),
        (says(b"short", content_length=99), "broken off"),
    ],
)
def test_bad_answers(public: Host, answer: Any, reason: str) -> None:
    public.answers["/hook"] = hears(answer)
    with pytest.raises(NotFetched, match=reason):
        post(at(public))


def test_nobody_there() -> None:
    with pytest.raises(NotFetched, match="cannot be reached"):
        post(f"http://{PUBLIC}:9/")
    with pytest.raises(NotFetched, match="There is no host “nowhere"):
        post("http://nowhere.example/")
    insist_on_callable("http://nowhere.example/", ALLOWED, resolve)


NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wait", "seconds"),
    [
        ("", 0),
        ("120", 120),
        (" 7 ", 7),
        ("-5", 0),
        ("1.5", 0),
        ("²", 0),
        ("9" * 5000, 999_999_999),
        ("Sun, 22 Nov 2026 10:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 09:59:00 GMT", 0),
        ("Sun, 22 Nov 2026 10:01:00 -0000", 60),
        ("tomorrow", 0),
        ("Sun, 99 Nov 99999 10:01:00 GMT", 0),
    ],
)
def test_retry_after(wait: str, seconds: int) -> None:
    assert Answer(503, "", wait).retry_after(NOW) == timedelta(seconds=seconds)
