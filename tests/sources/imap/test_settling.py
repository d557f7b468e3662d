"""Mails marked or moved, once all of their files were taken or given up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pytest

from documents.sources import Found, ItemGone, NeedsSomebody
from documents.sources.protocol import Waits
from tests.imap_server import Account, imap_server
from tests.sources.imap.conftest import PDF, Connect, content_of, found_in, mail, mails

MOVES: dict[str, Any] = {"done": "move", "done_folder": "Taken/Über"}
UTF7 = "Taken/&ANw-ber"


@pytest.fixture(params=["MOVE UIDPLUS", "UIDPLUS", ""])
def moving(request: pytest.FixtureRequest) -> Iterator[Account]:
    """Servers that can do more and less, each with a mailbox."""
    if "MOVE" in request.param:
        account = request.getfixturevalue("account")
        account.deliver(folder=UTF7)
        yield account
        return
    known = f"imap_capability = IMAP4rev1 LITERAL+ {request.param}"
    with imap_server(more=known) as server:
        account = server.account("alice")
        account.deliver(folder=UTF7)
        yield account


def waits_for(*waiting: Found) -> Waits:
    def waits(keys: Collection[str]) -> bool:
        return any(found.key in keys for found in waiting)

    return waits


def ids_in(account: Account, folder: str) -> list[bytes]:
    with account.within(folder) as client:
        _status, lines = client.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
    return [line[1].split()[1] for line in lines if isinstance(line, tuple)]


def test_a_mail_is_marked_with_the_last_of_its_files(
    account: Account, connect: Connect
) -> None:
    files = [(f"{n}.pdf", PDF + b" %d" % n) for n in range(3)]
    account.deliver(mail(*files).as_bytes(), *mails(range(2, 4)))
    mailbox = connect()
    one, two, three, other, _last = found_in(mailbox)
    mailbox.settle(two, taken=True, waits=waits_for(one, three))
    mailbox.settle(one, taken=False, waits=waits_for(three))
    assert account.flags() == ["", "", ""]
    mailbox.settle(three, taken=True, waits=waits_for(other))
    assert account.flags() == [r"\Seen", "", ""]
    mailbox.settle(three, taken=True)  # again, after a crash
    assert account.flags() == [r"\Seen", "", ""]


def test_others_marks_stay(account: Account, connect: Connect) -> None:
    """What somebody has marked as deleted is not expunged."""
    account.deliver(*mails(range(3)))
    with account.within("INBOX") as client:
        client.store("1", "+FLAGS", r"(\Deleted)")
        client.store("2", "+FLAGS", r"(\Flagged)")
    mailbox = connect()
    for found in found_in(mailbox):
        mailbox.settle(found, taken=True)
    assert [set(flags.split()) for flags in account.flags()] == [
        {r"\Seen", r"\Deleted"},
        {r"\Seen", r"\Flagged"},
        {r"\Seen"},
    ]


def test_mails_are_moved(moving: Account, connect: Connect) -> None:
    """One at a time, twice told; what others have deleted stays where it is."""
    moving.deliver(*mails(range(3)))
    with moving.within("INBOX") as client:
        client.store("1", "+FLAGS", r"(\Deleted)")
    server = moving.server
    mailbox = connect(port=server.port, trust=server.trust, user=moving.user, **MOVES)
    found = found_in(mailbox)
    for _time in range(2):
        mailbox.settle(found[1], taken=True)
        assert ids_in(moving, UTF7) == [b"<1@example.org>"]
    can_expunge_one = "UIDPLUS" in mailbox.session().capabilities()
    left = [r"\Deleted", ""] if can_expunge_one else [r"\Deleted", r"\Deleted", ""]
    assert moving.flags() == left


def test_a_move_that_a_crash_has_cut_in_two(connect: Connect) -> None:
    """Copied, and not yet expunged: there is one copy in the end."""
    known = "imap_capability = IMAP4rev1 LITERAL+ UIDPLUS"
    with imap_server(more=known) as server:
        account = server.account("alice")
        account.deliver(folder=UTF7)
        account.deliver(*mails(range(2)))
        with account.within("INBOX") as client:
            client.copy("1", UTF7)
        mailbox = connect(
            port=server.port, trust=server.trust, user=account.user, **MOVES
        )
        mailbox.settle(found_in(mailbox)[0], taken=True)
        mailbox.close()
        assert ids_in(account, UTF7) == [b"<0@example.org>"]
        assert ids_in(account, "INBOX") == [b"<1@example.org>"]


def test_a_file_is_tried_again_after_its_mail_was_moved(
    account: Account, connect: Connect
) -> None:
    account.deliver(folder=UTF7)
    account.deliver(*mails(range(2)))
    mailbox = connect(**MOVES)
    first, _second = found_in(mailbox)
    mailbox.settle(first, taken=False)
    assert content_of(mailbox, first) == PDF + b" 0"
    mailbox.settle(first, taken=True)
    assert ids_in(account, UTF7) == [b"<0@example.org>"]
    with account.within(UTF7) as client:
        client.store("1", "+FLAGS", r"(\Deleted)")
        client.expunge()
    with pytest.raises(ItemGone):
        content_of(connect(**MOVES), first)


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        (
            {"done": "move"},
            "Say to which folder mails are moved.",
        ),
        (
            {"done": "move", "done_folder": "INBOX"},
            "Mails are to be moved to the folder that they are in already.",
        ),
        (
            {"done": "move", "done_folder": "Taken"},
            "There is no mail folder “Taken”. There are: Büro/2026, INBOX.",
        ),
        (
            {"folder": "Nowhere"},
            "There is no mail folder “Nowhere”. There are: Büro/2026, INBOX.",
        ),
    ],
)
def test_folders_that_do_not_fit(
    account: Account, connect: Connect, wishes: dict[str, Any], sentence: str
) -> None:
    account.deliver(folder="B&APw-ro/2026")
    with pytest.raises(NeedsSomebody) as caught:
        connect(**wishes).test()
    assert str(caught.value) == sentence
    with pytest.raises(NeedsSomebody) as caught:
        list(connect(**wishes).look({}))
    assert str(caught.value) == sentence


def test_a_folder_beyond_ascii(account: Account, connect: Connect) -> None:
    account.deliver(*mails(range(1)), folder="B&APw-ro/2026")
    mailbox = connect(folder="Büro/2026")
    assert mailbox.test() == "“Büro/2026” is there, with 1 mail."
    mailbox.settle(*found_in(mailbox), taken=True)
    assert account.flags("B&APw-ro/2026") == [r"\Seen"]
