"""Mail servers that are somewhere else, not to be trusted, or do not do as they should.

Each is told in a sentence, soon, and before a password was sent to anybody.
"""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

import pytest

from documents.services.fetching import connections
from documents.sources import NeedsSomebody, Setup, SourceError
from documents.sources.imap import Mailbox, wire
from tests.certificates import certified
from tests.hosts import open_host
from tests.imap_server import Account
from tests.sources.imap.conftest import Connect, found_in, mails

READY = b"* OK ready\r\n"
SECONDS = 1  # for one answer


@pytest.fixture(autouse=True)
def impatient(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SOURCE_SECONDS = SECONDS
    monkeypatch.setattr(wire, "TALK", 2**16)
    monkeypatch.setattr(wire, "QUIET_SECONDS", 0.5)
    monkeypatch.setattr(connections, "CONNECT_SECONDS", 0.5)


def mailbox(port: int, trust: ssl.SSLContext | None = None, **wishes: str) -> Mailbox:
    settings = {"host": "localhost", "port": port, "user": "alice", **wishes}
    return Mailbox(Setup(settings, {"password": "secret"}), trust=trust)


def trouble(mailbox: Mailbox, kind: type[SourceError] = SourceError) -> str:
    begun = time.monotonic()
    with pytest.raises(SourceError) as caught:
        mailbox.test()
    mailbox.close()
    assert type(caught.value) is kind
    assert time.monotonic() - begun < 10 * SECONDS
    return str(caught.value)


class Speaker:
    """Says *lines*, each after it has heard something, whose tag goes where TAG is."""

    def __init__(self, folder: Path, *lines: bytes, bare: bool = False) -> None:
        self.serving, self.trust = certified("localhost", folder)
        self.lines = lines
        self.bare = bare  # not encrypted from the beginning
        self.heard: list[bytes] = [b""]

    def __call__(self, connection: socket.socket) -> None:
        if not self.bare:
            connection = self.serving.wrap_socket(connection, server_side=True)
        with connection, suppress(OSError):
            connection.settimeout(10 * SECONDS)
            for line in self.lines:
                tag = self.heard[-1].partition(b" ")[0]
                connection.sendall(line.replace(b"TAG", tag))
                self.heard.append(connection.recv(4096))


GREETING = (READY, b"* CAPABILITY IMAP4rev1\r\nTAG OK done\r\n")


def test_a_private_network(account: Account, settings) -> None:
    settings.FETCH_ALLOWED_NETWORKS = []
    with open_host() as host:
        for name in ("localhost", "127.0.0.1", "::1", "169.254.169.254", "LOCALHOST."):
            told = trouble(mailbox(host.port, host=name), NeedsSomebody)
            assert told == (
                f"“{name.lower()}” is in a network that the site does not connect to. "
                "Choose a public server, or ask the site's operator to allow that "
                "network."
            )
        assert host.connections == 0


def test_one_private_address_among_public_ones(settings) -> None:
    """A name server that answers both is not trusted with either."""
    settings.FETCH_ALLOWED_NETWORKS = []
    both = [ip_address("93.184.215.14"), ip_address("10.0.0.1")]
    setup = Setup({"host": "mail.example", "user": "alice"}, {"password": "secret"})
    told = trouble(Mailbox(setup, resolve=lambda _host: both), NeedsSomebody)
    assert told.startswith("“mail.example” is in a network that the site does not")


@pytest.mark.parametrize("name", ["a b", "exa mple.org", "ex\nample.org", "", "[::1]"])
def test_no_name_of_a_host(name: str) -> None:
    assert trouble(mailbox(993, host=name), NeedsSomebody) == (
        "No host can have the name in this address. Check it."
    )


def test_nobody_is_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    assert trouble(mailbox(port)) == (
        "“localhost” cannot be reached. Check the address, or try again later."
    )


def test_a_certificate_that_nobody_vouches_for(account: Account) -> None:
    for security, port in (
        ("tls", account.server.port),
        ("starttls", account.server.starttls_port),
    ):
        assert trouble(mailbox(port, security=security)) == (
            "“localhost” cannot be trusted: its certificate is not in order."
        )


def test_a_certificate_of_another_host(account: Account) -> None:
    server = account.server
    assert trouble(mailbox(server.port, server.trust, host="127.0.0.1")) == (
        "“127.0.0.1” cannot be trusted: its certificate is not in order."
    )


def test_tls_where_none_is_spoken(account: Account) -> None:
    server = account.server
    assert trouble(mailbox(server.starttls_port, server.trust)) == (
        "“localhost” does not encrypt here. Check the port and the encryption."
    )


@pytest.mark.parametrize("greeting", [READY, b"* PREAUTH come in\r\n"])
def test_nothing_is_said_without_encryption(tmp_path: Path, greeting: bytes) -> None:
    """Somebody between may want to read along."""
    lines = (greeting, GREETING[1], b"TAG BAD no\r\n")
    speaker = Speaker(tmp_path, *lines, bare=True)
    with open_host(bare=speaker) as host:
        told = trouble(mailbox(host.port, speaker.trust, security="starttls"))
    assert told.startswith("“localhost” does not do what it was asked: ")
    assert not any(b"secret" in heard or b"alice" in heard for heard in speaker.heard)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ((b"",), "has ended the connection, or does not answer. Try again later."),
        ((b"220 smtp\r\n",), "does not do what it was asked: "),
        ((b"\xff\x00" * 1000 + b"\r\n",), "does not do what it was asked: "),
        ((*GREETING, b"* BYE too many\r\n"), "does not do what it was asked: "),
        ((*GREETING, b"TAG NO [INUSE] busy\r\n"), "does not do what it was asked"),
        (
            (*GREETING, b"* 1 FETCH {9999999999}\r\n"),
            "sends more than it was asked for.",
        ),
        ((*GREETING, b"x" * 2**17 + b"\r\n"), "sends more than it was asked for."),
        ((*GREETING, b"* 1 EXISTS\r\n" * 2**13), "sends more than it was asked for."),
    ],
)
def test_servers_that_do_not_do_as_they_should(
    tmp_path: Path, lines: tuple[bytes, ...], sentence: str
) -> None:
    speaker = Speaker(tmp_path, *lines)
    with open_host(bare=speaker) as host:
        told = trouble(mailbox(host.port, speaker.trust))
    assert told.startswith("“localhost” ")
    assert sentence in told


def test_one_that_drips(tmp_path: Path) -> None:
    """Never quiet for long, and never done."""
    serving, trust = certified("localhost", tmp_path)

    def drips(connection: socket.socket) -> None:
        with serving.wrap_socket(connection, server_side=True) as secure:
            for _time in range(100):
                secure.sendall(b"*")
                time.sleep(0.1)  # to be slow is what it is for

    with open_host(bare=drips) as host:
        told = trouble(mailbox(host.port, trust))
    assert told == (
        "“localhost” has ended the connection, or does not answer. Try again later."
    )


def test_the_connection_breaks(account: Account, connect: Connect) -> None:
    """Another step connects anew."""
    account.deliver(*mails(range(2)))
    mailbox = connect()
    looks = mailbox.look({})
    next(looks)
    mailbox.opened.client.sock.shutdown(socket.SHUT_RDWR)
    with pytest.raises(SourceError, match=r"^“localhost” "):
        list(looks)
    mailbox.close()
    assert len(found_in(connect())) == 2


def test_one_that_is_slow_with_everything(tmp_path: Path) -> None:
    """Each answer comes in time; somebody waits for all of them."""
    serving, trust = certified("localhost", tmp_path)

    def dawdles(connection: socket.socket) -> None:
        with serving.wrap_socket(connection, server_side=True) as secure:
            secure.sendall(READY)
            for _time in range(50):
                tag = secure.recv(4096).partition(b" ")[0]
                time.sleep(0.4)  # to be slow is what it is for
                secure.sendall(b"* CAPABILITY IMAP4rev1\r\n%b OK done\r\n" % tag)

    with open_host(bare=dawdles) as host:
        assert trouble(mailbox(host.port, trust)) == (
            "“localhost” has ended the connection, or does not answer. Try again later."
        )
