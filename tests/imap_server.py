"""A Dovecot of its own: on free ports, with its own users, mails and certificate."""

from __future__ import annotations

import imaplib
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.certificates import certified
from tests.processes.site import free_port, wait_for

HOST = "localhost"
PASSWORD = "horse-staple"
OWNER = pwd.getpwnam("nobody")  # of the mails: Dovecot gives root's to nobody
CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/host.pem
ssl_key = <{folder}/host.pem
auth_mechanisms = plain xoauth2
auth_failure_delay = 0
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail/%u
mail_max_userip_connections = 100
passdb {{
  driver = static
  mechanisms = plain
  args = password={password}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
userdb {{
  driver = static
  args = uid={owner.pw_uid} gid={owner.pw_gid} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {starttls_port}
  }}
  inet_listener imaps {{
    port = {port}
  }}
}}
{more}
"""


class ImapServer:
    """Speaks TLS at ``port`` and STARTTLS at ``starttls_port``; ``trust`` knows it.

    Whose a token is it asks at ``tokens_url``.
    """

    def __init__(
        self,
        folder: Path,
        *,
        tokens_url: str = "http://127.0.0.1:1/",
        password: str = PASSWORD,
        more: str = "",
    ) -> None:
        self.folder = folder
        self.password = password
        self.port, self.starttls_port = free_port(), free_port()
        self.serving, self.trust = certified(HOST, folder)
        (folder / "mail").mkdir()
        shutil.chown(folder / "mail", OWNER.pw_uid, OWNER.pw_gid)
        (folder / "oauth2").write_text(
            f"introspection_mode = auth\nintrospection_url = {tokens_url}\n"
            "force_introspection = yes\nusername_attribute = email\n"
        )
        written = CONFIGURATION.format(
            folder=folder,
            owner=OWNER,
            password=password,
            port=self.port,
            starttls_port=self.starttls_port,
            more=more,
        )
        (folder / "dovecot.conf").write_text(written)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def certificate(self) -> Path:
        return self.folder / "host.pem"

    def start(self) -> None:
        line = ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]
        self.process = subprocess.Popen(line)
        wait_for(self.answers, 20)

    def answers(self) -> bool:
        with suppress(OSError, imaplib.IMAP4.error):
            self.account("nobody").client().logout()
            return True
        return False

    def account(self, user: str) -> Account:
        """The mailbox of *user*: there is one for everybody."""
        return Account(self, user)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None


class Account:
    """Somebody who reads their mail, and whom others write to."""

    def __init__(self, server: ImapServer, user: str) -> None:
        self.server = server
        self.user = user

    @property
    def credentials(self) -> bytes:
        return f"\0{self.user}\0{self.server.password}".encode()

    def client(self) -> imaplib.IMAP4_SSL:
        server = self.server
        client = imaplib.IMAP4_SSL(
            HOST, server.port, ssl_context=server.trust, timeout=20
        )
        client.authenticate("PLAIN", lambda _asked: self.credentials)
        return client

    @contextmanager
    def within(self, folder: str) -> Iterator[imaplib.IMAP4_SSL]:
        client = self.client()
        try:
            client.select(folder)
            yield client
        finally:
            client.logout()

    def deliver(self, *mails: bytes, folder: str = "INBOX") -> None:
        client = self.client()
        client.create(folder)
        for mail in mails:
            moment = imaplib.Time2Internaldate(time.time())
            status, answer = client.append(folder, "()", moment, mail)
            assert status == "OK", answer
        client.logout()

    def flags(self, folder: str = "INBOX") -> list[str]:
        """Those of each mail in *folder*, in the order of their arrival."""
        with self.within(folder) as client:
            _status, lines = client.uid("FETCH", "1:*", "(FLAGS)")
        marks = [imaplib.ParseFlags(line) for line in lines if line]
        return [
            b" ".join(flag for flag in mark if flag != rb"\Recent").decode()
            for mark in marks
        ]

    def number_anew(self, folder: str) -> None:
        """Give the mails of *folder* new numbers, as servers do that were restored."""
        with self.within("INBOX") as client:
            client.rename(folder, "old")
            client.create(folder)
            client.select("old")
            client.copy("1:*", folder)
            client.select("INBOX")
            client.delete("old")


@contextmanager
def imap_server(**wishes: str) -> Iterator[ImapServer]:
    with tempfile.TemporaryDirectory(prefix="ocrsite-imap-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # its own users go through it
        server = ImapServer(folder, **wishes)
        try:
            server.start()
            yield server
        finally:
            server.stop()
