"""A whole site with a mailbox as its source, on a mail server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.fakes import scan
from tests.imap_server import HOST, PASSWORD, Account, imap_server
from tests.processes.site import running_site
from tests.source_sites import SourceSite

USER = "ada"


class Mailed(SourceSite):
    """*account* is the mailbox; one mail in three has two files, the others one."""

    account: Account

    def deliver(self, numbers: range) -> None:
        self.account.deliver(*map(mail, numbers))


def mail(number: int) -> bytes:
    message = EmailMessage()
    message["Message-ID"] = f"<{number}@example.org>"
    message["Subject"] = f"Invoice {number}"
    message.set_content("See what is attached.")
    for name in files_of(number):
        content = scan(1 + name.startswith("b"), number) + str(number).encode()
        message.add_attachment(content, "image", "tiff", filename=name)
    return message.as_bytes()


def files_of(number: int) -> list[str]:
    names = [f"a{number:03}.tiff", f"b{number:03}.tiff"]
    return names if number % 3 == 0 else names[:1]


@contextmanager
def mailed(folder: Path, **settings: Any) -> Iterator[Mailed]:
    """With *settings* of the source; its folder "Taken" is there."""
    with imap_server() as server:
        account = server.account(USER)
        account.deliver(folder="Taken")
        trusted = {"SSL_CERT_FILE": str(server.certificate)}
        allowed = {"FETCH_ALLOWED_NETWORKS": "127.0.0.0/8,::1"}
        with running_site(folder, **trusted, **allowed) as site:
            values = {
                "host": HOST,
                "port": server.port,
                "user": USER,
                "password": PASSWORD,
                **settings,
            }
            mailed = Mailed(site, "imap", values, origin="mail")
            mailed.account = account
            yield mailed
