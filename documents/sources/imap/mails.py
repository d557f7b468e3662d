"""A mail read as a whole: what tells it from others, and the files in it."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_binary_file, message_from_bytes
from email.message import Message
from hashlib import sha256
from io import BytesIO
from itertools import islice

from django.utils.translation import gettext as _

from documents.sources.imap.attachments import Attachment, attachments, subject_of
from documents.sources.protocol import ItemRefused

MOST_FILES = 100  # of one mail
KEY_LENGTH = 400  # of its part that stands for the mail


@dataclass(frozen=True, slots=True)
class Mail:
    message_id: str  # as the mail has it, or empty
    key: str
    subject: str
    files: tuple[Attachment, ...] = ()


def outlined(header: bytes) -> Mail:
    """A mail of which no more is known than its header."""
    return made(message_from_bytes(header), header)


def read(content: bytes) -> Mail:
    """
    Raises:
        ItemRefused: nobody can make sense of it, or there is too much in it.
    """
    try:
        # As a file, it is not spread out over four bytes a letter first.
        message = message_from_binary_file(BytesIO(content))
        files = tuple(islice(attachments(message), MOST_FILES + 1))
        mail = made(message, content, files)
    # The parser trips over some mails that are broken on purpose, each time anew in
    # another way; the mail is shown as refused, and the others are taken.
    except Exception as error:
        raise ItemRefused(_("The mail is broken and cannot be read.")) from error
    if len(files) > MOST_FILES:
        reason = _("The mail holds more than %(most)d files. Upload them instead.")
        raise ItemRefused(reason % {"most": MOST_FILES})
    return mail


def made(message: Message, content: bytes, files: tuple[Attachment, ...] = ()) -> Mail:
    message_id = str(message.get("Message-ID", "")).strip()
    return Mail(message_id, key_of(message_id, content), subject_of(message), files)


def key_of(message_id: str, content: bytes) -> str:
    """The Message-ID; where there is none, or none to keep, a digest stands for it."""
    if message_id.isascii() and message_id.isprintable() and message_id:
        if len(message_id) <= KEY_LENGTH:
            return message_id
        return sha256(message_id.encode()).hexdigest()
    return sha256(header_of(content)).hexdigest()


def header_of(content: bytes) -> bytes:
    ends = [end for mark in (b"\r\n\r\n", b"\n\n") if (end := content.find(mark)) >= 0]
    return content[: min(ends, default=len(content))].strip()
