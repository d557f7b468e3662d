"""One mail folder over IMAP (RFC 3501): its mails by their UIDs, looked at and marked.

The library's own ways to mark and to delete are not used: they expunge whatever else
somebody has marked as deleted in the folder.
"""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from imap_tools.errors import MailboxFolderSelectError, UnexpectedCommandStatusError
from imap_tools.mailbox import BaseMailBox
from imap_tools.utils import check_command_status, encode_folder

from documents.sources.imap.wire import MEGABYTE, Client

SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
# What can stand between quotes: others are not searched for.
QUOTABLE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,500}")


class NoFolder(Exception):
    """The mailbox has none of this name."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a mail before it is fetched."""

    size: int  # bytes
    structure: bytes


class Session(BaseMailBox):
    """Somebody's mailbox, signed in to."""

    def __init__(self, client: Client) -> None:
        self.given = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self.given

    # Folders

    def folders(self) -> list[str]:
        """Those that hold mails."""
        return [
            folder.name
            for folder in self.folder.list()
            if r"\noselect" not in map(str.lower, folder.flags)
        ]

    def go_to(self, folder: str, *, readonly: bool = False) -> int:
        """Select *folder*; say its UIDVALIDITY: its UIDs hold while that is the same.

        Raises:
            NoFolder
        """
        if self.folder.get() != folder:
            try:
                self.folder.set(folder, readonly)
            except MailboxFolderSelectError:
                if folder in self.folders() or folder.upper() == "INBOX":
                    raise
                raise NoFolder(folder) from None
            self.validity = int(self.client.response("UIDVALIDITY")[1][0] or 0)
        return self.validity

    # Mails of the folder that was gone to

    def uids_after(self, uid: int) -> list[int]:
        """Those that came after *uid*: a later mail has a higher one, always."""
        found = self.found("UID", f"{uid + 1}:*")
        return sorted(one for one in found if one > uid)  # "*" is the last one, always

    def uids_of(self, message_id: str) -> list[int]:
        """The mails with this Message-ID."""
        if not QUOTABLE.fullmatch(message_id):
            return []
        return self.found("HEADER", "Message-ID", f'"{message_id}"')

    def found(self, *criteria: str) -> list[int]:
        _status, lines = self.asked("SEARCH", *criteria)
        return [int(number) for line in lines if line for number in line.split()]

    def outline(self, uid: int) -> Outline | None:
        """None where the mail has gone."""
        _status, lines = self.asked("FETCH", str(uid), "(RFC822.SIZE BODYSTRUCTURE)")
        said = b" ".join(flat(lines))
        size = SIZE.search(said)
        return Outline(int(size[1]), said) if size else None

    def header(self, uid: int) -> bytes | None:
        return self.literal(uid, "BODY.PEEK[HEADER]")

    def content(self, uid: int, size: int) -> bytes | None:
        """The whole mail, which is left unread."""
        self.given.most = size + size // 10 + MEGABYTE
        return self.literal(uid, "BODY.PEEK[]")

    def literal(self, uid: int, what: str) -> bytes | None:
        name = what.replace(".PEEK", "").encode()
        _status, lines = self.asked("FETCH", str(uid), f"({what})")
        for line in lines:
            if isinstance(line, tuple) and name in line[0].upper():
                return line[1]
        return None

    def mark_as_read(self, uid: int) -> None:
        self.asked("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)")

    def move_to(self, folder: str, uid: int, message_id: str) -> None:
        """Move the one mail, also where the server knows no word for it (RFC 6851)."""
        can = self.capabilities()
        if "MOVE" in can:
            self.asked("MOVE", str(uid), encode_folder(folder))
            return
        if not self.is_in(folder, message_id):
            self.asked("COPY", str(uid), encode_folder(folder))
        self.asked("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in can:  # without it, others' deleted mails would go as well
            self.asked("EXPUNGE", str(uid))

    def is_in(self, folder: str, message_id: str) -> bool:
        """Whether a move before a crash came so far."""
        here = self.folder.get()
        self.go_to(folder)
        known = self.uids_of(message_id)
        self.go_to(here)
        return bool(known)

    # Talking

    def capabilities(self) -> set[str]:
        """What the server can do for who has signed in; imaplib asks before that."""
        _status, lines = self.client.capability()
        return set(lines[-1].decode(errors="replace").upper().split())

    def asked(self, command: str, *words: str | bytes) -> tuple[str, list[object]]:
        """
        Raises:
            UnexpectedCommandStatusError: the server said no.
        """
        answer = self.client.uid(command, *words)
        check_command_status(answer, UnexpectedCommandStatusError)
        return answer


def flat(lines: list[object]) -> Iterator[bytes]:
    """What a server said, without regard to how it came."""
    for line in lines:
        if isinstance(line, tuple):
            yield from line
        elif isinstance(line, bytes):
            yield line
