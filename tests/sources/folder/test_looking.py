"""What is found in a watched folder, and what is left alone."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.sources import (
    Connector,
    Found,
    Look,
)
from tests.sources.folder.conftest import (
    content_of,
    found_in,
    names_in,
    put,
    tree,
)


def test_it_works(inbox: Path, watched: Connector) -> None:
    path = put(inbox / "receipts" / "scan 1.pdf")
    known = path.stat()
    found = Found(
        key="receipts/scan 1.pdf",
        checksum=f"6-{known.st_mtime_ns}-{known.st_ino}",
        name="scan 1.pdf",
        place={"path": "receipts/scan 1.pdf"},
    )
    assert list(watched.look({})) == [Look((found,), {}, is_last=True)]
    assert content_of(watched, found) == b"a page"
    watched.settle(found, taken=True)
    assert tree(inbox) == {"done/receipts/scan 1.pdf": b"a page"}
    assert list(watched.look({})) == [Look((), {}, is_last=True)]
    watched.close()


def test_it_says_what_is_there(inbox: Path, watched: Connector) -> None:
    assert watched.test() == "The folder is there, with 0 files."
    put(inbox / "a.png")
    assert watched.test() == "The folder is there, with 1 file."
    assert tree(inbox) == {"a.png": b"a page"}


def test_what_is_left_alone(inbox: Path, watched: Connector) -> None:
    for name in (
        *(".hidden", "a.pdf.part", "b.tmp", "c.TMP", "d.crdownload", "e.pdf~"),
        *(".git/config", "done/a.pdf", "failed/a.pdf"),
    ):
        put(inbox / name)
    put(inbox / "sub" / "done" / "a.pdf")  # not at the top: a folder like others
    assert names_in(watched) == ["sub/done/a.pdf"]


def test_nothing_but_files_is_opened(inbox: Path, watched: Connector) -> None:
    os.mkfifo(inbox / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(inbox / "s.pdf"))
        assert names_in(watched) == []


def test_no_link_is_followed(inbox: Path, watched: Connector, tmp_path: Path) -> None:
    secret = put(tmp_path / "elsewhere" / "secret.pdf")
    (inbox / "link.pdf").symlink_to(secret)
    (inbox / "folder").symlink_to(secret.parent)
    assert names_in(watched) == []


def test_a_file_that_is_being_written(
    inbox: Path, watched: Connector, later: Callable[[float], None]
) -> None:
    later(0)
    put(inbox / "scan.pdf")  # its time is old already, as copying programs make it
    (look,) = watched.look({})
    assert look.found == ()
    assert 0 < look.again_in <= 5
    later(6)
    assert names_in(watched) == ["scan.pdf"]


@pytest.mark.parametrize("ahead", [3600, 10**9])
def test_a_time_that_lies_ahead(inbox: Path, watched: Connector, ahead: int) -> None:
    put(inbox / "scan.pdf", age=-ahead)
    assert names_in(watched) == ["scan.pdf"]


def test_another_file_of_the_same_name(inbox: Path, watched: Connector) -> None:
    """The same size and time, as of a scanner that begins anew: another one."""
    path = put(inbox / "scan.pdf", b"page 1")
    (first,) = found_in(watched)
    time_of_both = path.stat().st_mtime_ns
    put(inbox / "new", b"page 2").replace(path)
    os.utime(path, ns=(time_of_both,) * 2)
    (second,) = found_in(watched)
    assert second.key == first.key
    assert second.checksum != first.checksum
    watched.settle(first, taken=True)
    assert tree(inbox) == {"scan.pdf": b"page 2"}


def test_a_thousand_files(inbox: Path, watched: Connector) -> None:
    for number in range(1000):
        put(inbox / f"{number % 7}" / f"{number:04}.pdf")
    looks = list(watched.look({}))
    assert [len(look.found) for look in looks] == [200] * 5 + [0]
    assert [look.is_last for look in looks] == [False] * 5 + [True]
    keys = [found.key for look in looks for found in look.found]
    assert keys == sorted(keys)
    assert len(set(keys)) == 1000
    for number, look in enumerate(looks[:-1], start=1):  # each may be the last one kept
        rest = [
            found.key for later in watched.look(look.cursor) for found in later.found
        ]
        assert rest == keys[number * 200 :]
