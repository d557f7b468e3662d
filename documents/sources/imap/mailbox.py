"""The connector of a mailbox: mails looked at one by one, marked once all was taken.

A mail's files are told apart by its Message-ID, their place in it, and their content,
so that none is taken twice where a server numbers its mails anew.
"""

from __future__ import annotations

import imaplib
import math
import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.services.fetching.connections import Resolve, resolve
from documents.services.fetching.downloads import check_size, trusted
from documents.services.fetching.targets import ascii_host
from documents.sources.imap.attachments import Attachment, may_hold_files
from documents.sources.imap.mails import Mail, outlined, read
from documents.sources.imap.session import NoFolder, Session
from documents.sources.imap.signing_in import signed_in
from documents.sources.imap.telling import told
from documents.sources.imap.wire import MEGABYTE, Door, TooMuch
from documents.sources.protocol import (
    Found,
    ItemGone,
    ItemRefused,
    Look,
    NeedsSomebody,
    Setup,
    Waits,
    none_waits,
)

PACKED = 1.4  # times its size that a file takes up in a mail


class Mailbox:
    """Every mail of the folder is looked at, read or not; those without files of ours
    are left as they are.

    A mail is marked as read, or moved, when the last of its files was taken or given
    up. In ``place``: "validity" and "uid" of the mail, its "message_id", the "part"
    that is the file, and the "parts" that are files of the same mail.
    """

    def __init__(
        self,
        setup: Setup,
        *,
        resolve: Resolve = resolve,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self.setup = setup
        self.host = setup.settings["host"].strip().lower()
        self.folder = setup.settings.get("folder") or "INBOX"
        self.moves = setup.settings.get("done") == "move"
        self.done_folder = setup.settings.get("done_folder", "") if self.moves else ""
        self.resolve = resolve
        self.trust = trust
        self.patience = math.inf
        self.opened: Session | None = None
        self.last: tuple[tuple[str, int], Mail] | None = None

    def test(self) -> str:
        """Somebody waits for it, and no longer than for one file."""
        self.patience = settings.SOURCE_SECONDS
        try:
            with told(self.host):
                session = self.session()
                self.go_to(session, self.folder, readonly=True)
                count = len(session.uids_after(0))
        finally:
            self.close()
            self.patience = math.inf
        there = ngettext(
            "“%(folder)s” is there, with %(count)d mail.",
            "“%(folder)s” is there, with %(count)d mails.",
            count,
        )
        return there % {"folder": self.folder, "count": count}

    def look(self, cursor: Mapping[str, Any]) -> Iterator[Look]:
        with told(self.host):
            session = self.session()
            validity = self.go_to(session, self.folder)
            is_known = cursor.get("validity") == validity
            uids = session.uids_after(cursor["uid"] if is_known else 0)
            for uid in uids:
                yield Look(
                    found=self.found_in(session, validity, uid),
                    cursor={"validity": validity, "uid": uid},
                    is_last=uid == uids[-1],
                )

    def fetch(self, found: Found, sink: BinaryIO) -> None:
        with told(self.host):
            file = self.file_of(found)
        check_size(len(file.content), settings.MAX_UPLOAD_MB * MEGABYTE)
        sink.write(file.content)

    def settle(self, found: Found, *, taken: bool, waits: Waits = none_waits) -> None:
        mail = found.key.rpartition("/")[0]
        if waits([f"{mail}/{part}" for part in found.place["parts"]]):
            return
        with told(self.host):
            session = self.session()
            for uid in self.uids_of(found, self.folder):
                if self.moves:
                    message_id = found.place["message_id"]
                    session.move_to(self.done_folder, uid, message_id)
                else:
                    session.mark_as_read(uid)

    def close(self) -> None:
        if self.opened:
            with suppress(OSError, imaplib.IMAP4.error, TooMuch):
                self.opened.client.logout()
            self.opened.client.shutdown()
        self.opened = self.last = None

    # The connection

    def session(self) -> Session:
        """
        Raises:
            NeedsSomebody: the settings do not fit together, or are wrong.
        """
        if self.opened is None:
            insist_on_sound(self.setup.settings)
            self.opened = signed_in(self.setup, self.door())
            if self.moves and self.done_folder not in self.opened.folders():
                raise NeedsSomebody(no_folder(self.done_folder, self.opened))
        return self.opened

    def door(self) -> Door:
        return Door(
            host=ascii_host(self.host),
            port=self.setup.settings.get("port", 993),
            starts_tls=self.setup.settings.get("security") == "starttls",
            seconds=settings.SOURCE_SECONDS,
            patience=self.patience,
            allowed=settings.FETCH_ALLOWED_NETWORKS,
            resolve=self.resolve,
            trust=self.trust or trusted(),
        )

    def go_to(self, session: Session, folder: str, *, readonly: bool = False) -> int:
        try:
            return session.go_to(folder, readonly=readonly)
        except NoFolder:
            raise NeedsSomebody(no_folder(folder, session)) from None

    # Mails

    def found_in(self, session: Session, validity: int, uid: int) -> tuple[Found, ...]:
        outline = session.outline(uid)
        if outline is None or not may_hold_files(outline.structure):
            return ()
        place: dict[str, Any] = {"validity": validity, "uid": uid}
        try:
            mail = self.mail(session, uid, outline.size)
        except ItemRefused:
            return self.refused(session, place, outline.size)
        if mail is None:
            return ()
        place["message_id"] = mail.message_id
        place["parts"] = [file.part for file in mail.files]
        return tuple(
            Found(
                key=f"{mail.key}/{file.part}",
                checksum=file.checksum,
                name=file.name,
                place={**place, "part": file.part},
            )
            for file in mail.files
        )

    def refused(
        self, session: Session, place: dict[str, Any], size: int
    ) -> tuple[Found, ...]:
        """The mail as a whole, of which its owner hears when it is to be fetched."""
        header = session.header(place["uid"])
        if header is None:
            return ()
        mail = outlined(header)
        rest = {"message_id": mail.message_id, "part": "", "parts": [""]}
        name = mail.subject or _("mail")
        return (Found(f"{mail.key}/", str(size), name, {**place, **rest}),)

    def mail(self, session: Session, uid: int, size: int) -> Mail | None:
        """The mail of the folder that was gone to; the last one is kept for its files.

        Raises:
            ItemRefused
        """
        name = (session.folder.get(), uid)
        if self.last is None or self.last[0] != name:
            self.last = None  # before the next one comes: there is room for one
            insist_on_size(size)
            if (content := session.content(uid, size)) is None:
                return None
            self.last = (name, read(content))
        return self.last[1]

    def file_of(self, found: Found) -> Attachment:
        """
        Raises:
            ItemGone, ItemRefused
        """
        for mail in self.mails_of(found):
            for file in mail.files:
                if file.part == found.place["part"] and file.checksum == found.checksum:
                    return file
        raise ItemGone(_("The mail is not there any more."))

    def mails_of(self, found: Found) -> Iterator[Mail]:
        """Where *found* may be: in its folder, or where the mail was moved since."""
        session = self.session()
        for folder in filter(None, (self.folder, self.done_folder)):
            for uid in self.uids_of(found, folder):
                outline = session.outline(uid)
                if outline and (mail := self.mail(session, uid, outline.size)):
                    yield mail

    def uids_of(self, found: Found, folder: str) -> list[int]:
        session = self.session()
        validity = self.go_to(session, folder)
        if folder == self.folder and validity == found.place["validity"]:
            return [found.place["uid"]]
        return session.uids_of(found.place["message_id"])


def insist_on_sound(given: Mapping[str, Any]) -> None:
    """
    Raises:
        NeedsSomebody: one setting needs another one.
    """
    if given.get("sign_in") == "oauth" and not (
        given.get("token_url") and given.get("client_id")
    ):
        raise NeedsSomebody(
            _("OAuth needs the address that gives out tokens, and the client id.")
        )
    if given.get("done") == "move":
        if not given.get("done_folder"):
            raise NeedsSomebody(_("Say to which folder mails are moved."))
        if given["done_folder"] == (given.get("folder") or "INBOX"):
            raise NeedsSomebody(
                _("Mails are to be moved to the folder that they are in already.")
            )


def insist_on_size(size: int) -> None:
    """
    Raises:
        ItemRefused
    """
    most = settings.MAX_UPLOAD_MB * PACKED
    if size > most * MEGABYTE:
        reason = _(
            "The mail is %(size)d MB large; %(most)d MB are the most that is taken. "
            "Upload its files instead."
        )
        raise ItemRefused(reason % {"size": size / MEGABYTE, "most": most})


def no_folder(name: str, session: Session) -> str:
    reason = _("There is no mail folder “%(name)s”. There are: %(folders)s.")
    return reason % {"name": name, "folders": ", ".join(session.folders())}
