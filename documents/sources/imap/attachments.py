"""What of a mail is a document: the pictures and PDFs that somebody attached."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from hashlib import sha256
from pathlib import PurePath

SUFFIXES = {
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "image/bmp": ".bmp",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/heif": ".heif",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/pjpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "image/x-ms-bmp": ".bmp",
    "image/x-png": ".png",
}
KNOWN = {*SUFFIXES.values(), ".jpeg", ".tiff", ".jfif"}
LOGO_BYTES = 50_000
NAME_LENGTH = 255
# A server tells of a mail's parts in words like these; without one there is no file.
FILES = re.compile(rb'"(image|application|message)"|name', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    part: str  # its place in the mail: "2", and "3.1" within a forwarded one
    name: str
    content: bytes

    @property
    def checksum(self) -> str:
        return sha256(self.content).hexdigest()


def may_hold_files(structure: bytes) -> bool:
    """Whether a mail of this BODYSTRUCTURE is worth looking into."""
    return FILES.search(structure) is not None


def attachments(message: Message) -> Iterator[Attachment]:
    """The files of *message* and of mails within it, in their order."""
    for number, part in leaves(message):
        if is_document(part):
            content = content_of(part)
            if content and not is_logo(part, content):
                yield Attachment(number, name_of(part, message), content)


def leaves(message: Message, above: str = "") -> Iterator[tuple[str, Message]]:
    """The parts that hold no other parts, with their places."""
    mend(message)
    within = parts_of(message)
    if not within:
        yield above or "1", message
    for number, part in enumerate(within, start=1):
        yield from leaves(part, f"{above}.{number}" if above else str(number))


def parts_of(message: Message) -> list[Message]:
    parts = message.get_payload() if message.is_multipart() else []
    if message.get_content_type() == "message/rfc822" and is_packed(message):
        # By RFC 2046 it must not be; some programs do so all the same.
        return [message_from_bytes(b64decode(parts[0].as_bytes()))] if parts else []
    return parts


def mend(message: Message) -> None:
    """Read headers as UTF-8 that should have been ASCII, and were not."""
    for name, value in list(message.raw_items()):
        if not value.isascii():
            meant = value.encode(errors="surrogateescape").decode(errors="replace")
            message.replace_header(name, meant)


def is_packed(message: Message) -> bool:
    return str(message.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"


def is_document(part: Message) -> bool:
    """By its type, or by its name: some programs call every file octet-stream."""
    suffix = PurePath(told_name(part)).suffix.lower()
    return part.get_content_type() in SUFFIXES or suffix in KNOWN


def is_logo(part: Message, content: bytes) -> bool:
    """A small picture that the mail's own text shows: of a signature, most likely.

    Larger ones are taken: phones put photographs of receipts into the text.
    """
    is_shown = part.get("Content-ID") and part.get_content_disposition() != "attachment"
    is_picture = part.get_content_maintype() == "image"
    return bool(is_shown and is_picture and len(content) < LOGO_BYTES)


def content_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def name_of(part: Message, message: Message) -> str:
    """What the file is called, or else the mail."""
    name = told_name(part) or subject_of(message) or "attachment"
    suffix = PurePath(name).suffix
    if suffix.lower() not in KNOWN:
        suffix = SUFFIXES.get(part.get_content_type(), "")
    return name.removesuffix(suffix)[: NAME_LENGTH - len(suffix)] + suffix


def told_name(part: Message) -> str:
    """By RFC 2231, or by RFC 2047 as many programs write it, against the rules."""
    return words(part.get_filename() or "")


def subject_of(message: Message) -> str:
    return words(str(message.get("Subject", "")))


def words(header: str) -> str:
    """*header* as it was meant; what cannot be understood stays as it is."""
    try:
        text = str(make_header(decode_header(header)))
    except (LookupError, ValueError, MessageError):
        text = header
    text = text.encode(errors="replace").decode()
    return " ".join(text.split())
