"""The connector of a mailbox: what it finds, fetches and marks."""

from __future__ import annotations

from hashlib import sha256

import pytest

from documents.sources import Found, ItemGone, ItemRefused, Look
from documents.sources.imap import mailbox as module
from engines import TooLarge
from tests.imap_server import Account
from tests.sources.imap.conftest import PDF, Connect, content_of, found_in, mail, mails


def test_it_works(account: Account, connect: Connect) -> None:
    account.deliver(mail(("invoice.pdf", PDF)).as_bytes(), mail(number=2).as_bytes())
    mailbox = connect()
    assert mailbox.test() == "“INBOX” is there, with 2 mails."
    first, second = mailbox.look({})
    validity = first.cursor["validity"]
    found = Found(
        key="<1@example.org>/2",
        checksum=sha256(PDF).hexdigest(),
        name="invoice.pdf",
        place={
            "validity": validity,
            "uid": 1,
            "message_id": "<1@example.org>",
            "parts": ["2"],
            "part": "2",
        },
    )
    assert first == Look((found,), {"validity": validity, "uid": 1})
    assert second == Look((), {"validity": validity, "uid": 2}, is_last=True)
    assert content_of(mailbox, found) == PDF
    assert account.flags() == ["", ""]
    mailbox.settle(found, taken=True)
    assert account.flags() == [r"\Seen", ""]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_how_many_there_are(account: Account, connect: Connect, count: int) -> None:
    account.deliver(*mails(range(count)))
    told = "1 mail" if count == 1 else f"{count} mails"
    assert connect().test() == f"“INBOX” is there, with {told}."


def test_starttls(account: Account, connect: Connect) -> None:
    account.deliver(*mails(range(1)))
    mailbox = connect(security="starttls", port=account.server.starttls_port)
    assert content_of(mailbox, *found_in(mailbox)) == PDF + b" 0"


def test_mails_that_came_since(account: Account, connect: Connect) -> None:
    """Also those that somebody has read already."""
    account.deliver(*mails(range(3)))
    mailbox = connect()
    cursor = [look.cursor for look in mailbox.look({})][1]
    assert [found.name for found in found_in(mailbox, cursor)] == ["2.pdf"]
    account.deliver(*mails(range(3, 5)))
    with account.within("INBOX") as client:
        client.store("4", "+FLAGS", r"(\Seen)")
    assert [found.name for found in found_in(connect(), cursor)] == [
        *("2.pdf", "3.pdf", "4.pdf")
    ]
    last = [look.cursor for look in connect().look(cursor)][-1]
    assert list(connect().look(last)) == []


def test_mails_that_are_numbered_anew(account: Account, connect: Connect) -> None:
    """All are told of again, by the same keys; what is known is fetched as before."""
    account.deliver(*mails(range(3)), folder="Scans")
    mailbox = connect(folder="Scans")
    before = found_in(mailbox)
    cursor = {"validity": before[0].place["validity"], "uid": 3}
    with account.within("Scans") as client:
        client.store("1", "+FLAGS", r"(\Deleted)")
        client.expunge()
    account.number_anew("Scans")
    mailbox = connect(folder="Scans")
    after = found_in(mailbox, cursor)
    told = [(found.key, found.checksum) for found in before]
    assert [(found.key, found.checksum) for found in after] == told[1:]
    assert content_of(mailbox, before[2]) == PDF + b" 2"
    mailbox.settle(before[2], taken=True)
    assert account.flags("Scans") == ["", r"\Seen"]
    with pytest.raises(ItemGone, match=r"^The mail is not there any more.$"):
        content_of(mailbox, before[0])
    mailbox.settle(before[0], taken=True)


def test_a_mail_that_somebody_has_deleted(account: Account, connect: Connect) -> None:
    account.deliver(*mails(range(2)))
    mailbox = connect()
    first, second = found_in(mailbox)
    with account.within("INBOX") as client:
        client.store("1", "+FLAGS", r"(\Deleted)")
        client.expunge()
    mailbox = connect()
    with pytest.raises(ItemGone):
        content_of(mailbox, first)
    mailbox.settle(first, taken=True)
    assert content_of(mailbox, second) == PDF + b" 1"


def test_the_same_mail_twice(account: Account, connect: Connect) -> None:
    account.deliver(*mails(range(1)), *mails(range(1)))
    first, second = found_in(connect())
    assert (first.key, first.checksum) == (second.key, second.checksum)


def test_mails_without_an_id(account: Account, connect: Connect) -> None:
    """They are told apart by their headers, and known again by them."""
    one, two = (mail(("a.pdf", PDF), subject=subject) for subject in ("one", "two"))
    for message in (one, two, one):
        del message["Message-ID"]
        account.deliver(message.as_bytes(), folder="Scans")
    before = [(one.key, one.checksum) for one in found_in(connect(folder="Scans"))]
    assert before[0] == before[2] != before[1]
    account.number_anew("Scans")
    after = [(one.key, one.checksum) for one in found_in(connect(folder="Scans"))]
    assert before == after


def test_a_mail_that_is_too_large(
    account: Account, connect: Connect, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused unseen, and the others go on."""
    settings.MAX_UPLOAD_MB = 50
    huge = mail(("huge.pdf", bytes(74 * 2**20)), number=8, subject="Plans")
    account.deliver(huge.as_bytes(), *mails(range(1)))
    mailbox = connect()
    fetched: list[int] = []
    content = module.Session.content
    monkeypatch.setattr(
        module.Session,
        "content",
        lambda self, uid, size: fetched.append(uid) or content(self, uid, size),
    )
    large, small = found_in(mailbox)
    assert (large.key, large.name) == ("<8@example.org>/", "Plans")
    with pytest.raises(ItemRefused) as caught:
        content_of(mailbox, large)
    assert str(caught.value) == (
        "The mail is 101 MB large; 70 MB are the most that is taken. "
        "Upload its files instead."
    )
    assert content_of(mailbox, small) == PDF + b" 0"
    assert set(fetched) == {2}
    mailbox.settle(large, taken=False)
    assert account.flags() == [r"\Seen", ""]


def test_a_file_that_is_too_large(account: Account, connect: Connect, settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    """By itself, in a mail that is not: limits were lowered meanwhile."""
    account.deliver(mail(("a.pdf", PDF + bytes(2**20))).as_bytes())
    settings.MAX_UPLOAD_MB = 2
    mailbox = connect()
    (found,) = found_in(mailbox)
    settings.MAX_UPLOAD_MB = 1
    with pytest.raises(TooLarge, match=r"^The file is larger than 1 MB, the most"):
        content_of(mailbox, found)


def test_broken_mails_do_not_stop_others(account: Account, connect: Connect) -> None:
    """Parts within parts, more than any parser goes down."""
    depth = 2000
    deep = b"Message-ID: <deep@example.org>\r\nSubject: Deep\r\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(depth)
    )
    account.deliver(
        deep + b"Content-Type: application/pdf\r\n\r\n%PDF", *mails(range(1))
    )
    mailbox = connect()
    broken, sound = found_in(mailbox)
    assert (broken.key, broken.name) == ("<deep@example.org>/", "Deep")
    with pytest.raises(ItemRefused, match=r"^The mail is broken and cannot be read.$"):
        content_of(mailbox, broken)
    assert content_of(mailbox, sound) == PDF + b" 0"


def test_more_files_than_are_taken(account: Account, connect: Connect) -> None:
    many = mail(*((f"{n}.pdf", PDF) for n in range(101)))
    account.deliver(many.as_bytes())
    mailbox = connect()
    (found,) = found_in(mailbox)
    with pytest.raises(ItemRefused) as caught:
        content_of(mailbox, found)
    assert str(caught.value) == (
        "The mail holds more than 100 files. Upload them instead."
    )


def test_only_one_mail_is_held(account: Account, connect: Connect) -> None:
    account.deliver(mail(("a.pdf", PDF), ("b.pdf", PDF + b"2")).as_bytes())
    mailbox = connect()
    first, second = found_in(mailbox)
    assert content_of(mailbox, first) == PDF
    assert content_of(mailbox, second) == PDF + b"2"
    assert mailbox.last[0] == ("INBOX", 1)
    mailbox.close()
    assert mailbox.last is None
    assert content_of(mailbox, second) == PDF + b"2"  # connected anew
