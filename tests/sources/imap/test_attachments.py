"""Which parts of a mail are files to be read, and what they are called."""

from __future__ import annotations

from base64 import b64encode
from email.message import EmailMessage

import pytest

from documents.sources.imap.attachments import LOGO_BYTES, may_hold_files
from documents.sources.imap.mails import outlined, read
from tests.sources.imap.conftest import PDF, mail

HEAD = "Message-ID: <1@x>\r\nSubject: Your order\r\nMIME-Version: 1.0\r\n"


def files(content: bytes | EmailMessage) -> list[tuple[str, str, bytes]]:
    if isinstance(content, EmailMessage):
        content = content.as_bytes()
    return [(file.part, file.name, file.content) for file in read(content).files]


def parts(*parts: str, kind: str = "mixed", ends: bool = True) -> bytes:
    lines = [f'{HEAD}Content-Type: multipart/{kind}; boundary="b"\r\n']
    lines += [f"--b\r\n{part}" for part in parts]
    return "\r\n".join([*lines, "--b--\r\n" if ends else ""]).encode()


def part(head: str, content: bytes = PDF) -> str:
    packed = b64encode(content).decode()
    return f"{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n{packed}"


def one(head: str, content: bytes = PDF) -> list[tuple[str, str, bytes]]:
    return files(parts("Content-Type: text/plain\r\n\r\nHello", part(head, content)))


def test_it_works() -> None:
    message = mail(("a.pdf", PDF), ("b.PDF", PDF + b"2"))
    assert files(message) == [("2", "a.pdf", PDF), ("3", "b.PDF", PDF + b"2")]


def test_a_mail_without_files() -> None:
    assert files(mail()) == []
    assert files(b"") == []


def test_a_mail_that_is_a_file_itself() -> None:
    head = f'{HEAD}Content-Type: image/png; name="scan.png"'
    assert files(part(head).encode()) == [("1", "scan.png", PDF)]


@pytest.mark.parametrize(
    "head",
    [
        'Content-Type: application/pdf; name="a.pdf"',
        'Content-Type: application/octet-stream; name="a.pdf"',
        'Content-Type: text/plain\r\nContent-Disposition: inline; filename="a.PDF"',
        "Content-Type: x/y\r\nContent-Disposition: x; filename=a.Jpeg",
        "Content-Type: image/heic",
        "Content-Type: IMAGE/JPG",
    ],
)
def test_files_by_type_and_by_name(head: str) -> None:
    assert [content for _part, _name, content in one(head)] == [PDF]


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: text/html",
        "Content-Type: image/svg+xml",
        'Content-Type: text/calendar; name="invite.ics"',
        'Content-Type: application/octet-stream; name="program.exe"',
        "Content-Type: application/octet-stream",
        'Content-Type: application/zip; name="scan.pdf.zip"',
        "Content-Type: application/pkcs7-signature; name=smime.p7s",
    ],
)
def test_what_is_no_document(head: str) -> None:
    assert one(head) == []


def test_an_empty_file() -> None:
    assert one("Content-Type: application/pdf", b"") == []


LOGO = "Content-Type: image/png; name=logo.png\r\nContent-ID: <logo>"


@pytest.mark.parametrize(
    ("head", "size", "is_taken"),
    [
        (LOGO, LOGO_BYTES - 1, False),
        (f"{LOGO}\r\nContent-Disposition: inline", LOGO_BYTES - 1, False),
        (LOGO, LOGO_BYTES, True),
        (f"{LOGO}\r\nContent-Disposition: attachment", 100, True),
        ("Content-Type: image/png\r\nContent-Disposition: inline", 100, True),
        ("Content-Type: application/pdf\r\nContent-ID: <1>", 100, True),
    ],
)
def test_logos_are_left_alone(head: str, size: int, is_taken: bool) -> None:
    """Small, shown by the text, and not called an attachment: all three."""
    assert bool(one(head, bytes(size))) is is_taken


def test_forwarded_mails() -> None:
    """Within each other, and within parts of parts."""
    inner = mail(("inner.pdf", PDF))
    middle = mail(("middle.pdf", PDF + b"2"))
    middle.add_attachment(inner)
    outer = mail()
    outer.add_attachment(middle)
    assert files(outer) == [
        ("2.1.2", "middle.pdf", PDF + b"2"),
        ("2.1.3.1.2", "inner.pdf", PDF),
    ]


def test_a_forwarded_mail_that_is_packed() -> None:
    head = "Content-Type: message/rfc822"
    assert one(head, mail(("a.pdf", PDF)).as_bytes()) == [("2.1.2", "a.pdf", PDF)]


def test_parts_within_parts() -> None:
    """Text in two forms with a picture, and a file beside them."""
    message = mail()
    message.add_alternative("<img src='cid:scan'>", subtype="html")
    message.get_payload()[1].add_related(
        bytes(LOGO_BYTES), "image", "png", cid="<scan>"
    )
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="a.pdf")
    assert files(message) == [
        ("1.2.2", "Invoice.png", bytes(LOGO_BYTES)),
        ("2", "a.pdf", PDF),
    ]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (
            "Content-Disposition: attachment; filename*=UTF-8''R%C3%A9sum%C3%A9.pdf",
            "Résumé.pdf",
        ),
        (
            "Content-Disposition: attachment;\r\n filename*0*=utf-8''%D9%81%D8%A7;\r\n"
            " filename*1*=%D8%AA%D9%88%D8%B1%D8%A9.pdf",
            "فاتورة.pdf",
        ),
        (
            "Content-Disposition: attachment;"
            ' filename="=?UTF-8?B?2YHYp9iq2YjYsdipLnBkZg==?="',
            "فاتورة.pdf",
        ),
        (
            'Content-Disposition: attachment; filename="=?utf-8?Q?Re=C3=A7u_?=\r\n'
            ' =?utf-8?Q?2026.pdf?="',
            "Reçu 2026.pdf",
        ),
        ('Content-Disposition: attachment; filename="رسالة.pdf"', "رسالة.pdf"),
        ('Content-Disposition: attachment; filename="=?x?Q?a?="', "=?x?Q?a?=.pdf"),
        ("Content-Disposition: attachment; filename*=utf-9''a.pdf", "a.pdf"),
        ("Content-Disposition: attachment; filename=a b.pdf", "a b.pdf"),
        ("Content-Disposition: attachment", "Your order.pdf"),
        ('Content-Disposition: attachment; filename=""', "Your order.pdf"),
        ("Content-Disposition: attachment; filename=scan", "scan.pdf"),
        (
            f"Content-Disposition: attachment; filename={'n' * 400}.pdf",
            "n" * 251 + ".pdf",
        ),
    ],
)
def test_names(head: str, name: str) -> None:
    assert one(f"Content-Type: application/pdf\r\n{head}") == [("2", name, PDF)]


@pytest.mark.parametrize(
    "content",
    [
        parts(part("Content-Type: application/pdf"), ends=False),
        parts(part("Content-Type: application/pdf")).replace(b"\r\n", b"\n"),
        parts(part("Content-Type: application/pdf")).replace(b"JV", b"J\x00V\xff"),
        parts(part("Content-Type: application/pdf; charset=\0")),
        parts(part("Content-Type: application/pdf; name*9*=x''y; name*x=z")),
        parts(part("Content-Type: application/pdf; charset=utf-9\r\nX: \xff")),
        parts(f"Content-Type: application/pdf\r\n\r\n{PDF.decode()}"),
    ],
)
def test_broken_mails(content: bytes) -> None:
    """Whatever is missing, the file is there."""
    (file,) = files(content)
    assert file[0] == "1"
    assert file[2].startswith(b"%PDF-")


def test_keys() -> None:
    """The Message-ID, or a digest where it cannot be kept; the header without one."""
    assert outlined(b"Message-ID: <1@x>\r\n\r\n").key == "<1@x>"
    long, strange = f"<{'n' * 900}@x>".encode(), "<ü@x>".encode()
    keys = {
        outlined(b"Message-ID: %b\r\nSubject: x\r\n\r\n" % one).key
        for one in (long, strange, long + b"2", b"")
    }
    assert {len(key) for key in keys} == {64}
    assert len(keys) == 4
    whole = mail(("a.pdf", PDF)).as_bytes().replace(b"Message-ID", b"X-ID")
    header = whole.partition(b"\n\n")[0]
    assert outlined(header + b"\r\n\r\n").key == read(whole).key


@pytest.mark.parametrize(
    ("structure", "is_possible"),
    [
        (b'("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 5 1)', False),
        (b'(("text" "plain" NIL) ("TEXT" "HTML" NIL) "ALTERNATIVE")', False),
        (b'(("text" "plain" NIL) ("IMAGE" "png" NIL) "mixed")', True),
        (b'("text" "plain" ("name" "a.pdf"))', True),
        (b'("text" "plain" NIL ("attachment" ("filename*" "x")))', True),
        (b'("message" "rfc822" NIL)', True),
        (b'("application" "octet-stream" NIL)', True),
    ],
)
def test_what_is_worth_a_look(structure: bytes, is_possible: bool) -> None:
    assert may_hold_files(structure) is is_possible
