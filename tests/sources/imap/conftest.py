"""A mail server for all, a mailbox for each test, and mails to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from io import BytesIO
from ipaddress import ip_network
from itertools import count
from typing import Any

import pytest

from documents.sources import Connector, Found, Setup
from documents.sources.imap import Mailbox
from tests.imap_server import HOST, PASSWORD, Account, ImapServer, imap_server
from tests.sources.imap.token_server import TokenServer, token_server

Connect = Callable[..., Mailbox]
NUMBERS = count(1)
PDF = b"%PDF-1.7 a page"


@pytest.fixture(scope="session")
def tokens() -> Iterator[TokenServer]:
    with token_server() as tokens:
        yield tokens


@pytest.fixture(scope="session")
def server(tokens: TokenServer) -> Iterator[ImapServer]:
    with imap_server(tokens_url=tokens.owners_url) as server:
        tokens.open(server.serving)
        yield server


@pytest.fixture
def account(server: ImapServer) -> Account:
    return server.account(f"user{next(NUMBERS)}")


@pytest.fixture(autouse=True)
def loopback_is_allowed(settings) -> None:
    settings.FETCH_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8"), ip_network("::1")]


@pytest.fixture
def connect(account: Account) -> Iterator[Connect]:
    """A connector of the mailbox, with such settings, closed after the test."""
    made: list[Mailbox] = []

    def connected(secrets: Any = None, trust: Any = None, **wishes: Any) -> Mailbox:
        settings = {
            "host": HOST,
            "port": account.server.port,
            "user": account.user,
            **wishes,
        }
        setup = Setup(settings, secrets or {"password": PASSWORD})
        made.append(Mailbox(setup, trust=trust or account.server.trust))
        return made[-1]

    yield connected
    for mailbox in made:
        mailbox.close()


def mail(
    *files: tuple[str, bytes], number: int = 1, subject: str = "Invoice"
) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = f"<{number}@example.org>"
    message["From"] = "shop@example.org"
    message["Subject"] = subject
    message.set_content("See the attached file.")
    for name, content in files:
        message.add_attachment(
            content, maintype="application", subtype="pdf", filename=name
        )
    return message


def mails(numbers: range) -> list[bytes]:
    """One file each, each another one."""
    return [mail((f"{n}.pdf", PDF + b" %d" % n), number=n).as_bytes() for n in numbers]


def found_in(connector: Connector, cursor: Any = None) -> list[Found]:
    return [found for look in connector.look(cursor or {}) for found in look.found]


def content_of(connector: Connector, found: Found) -> bytes:
    sink = BytesIO()
    connector.fetch(found, sink)
    return sink.getvalue()
