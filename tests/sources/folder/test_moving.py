"""Where files of a watched folder go once they were taken or given up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from documents.sources import (
    Connector,
    SourceError,
)
from tests.sources.folder.conftest import (
    Rights,
    content_of,
    found_in,
    put,
    tree,
)


def test_what_is_given_up_moves_elsewhere(inbox: Path, watched: Connector) -> None:
    put(inbox / "a.png")
    watched.settle(*found_in(watched), taken=False)
    assert tree(inbox) == {"failed/a.png": b"a page"}


def test_a_folder_that_cannot_be_written_to(
    inbox: Path, watched: Connector, rights: Rights
) -> None:
    put(inbox / "a.pdf")
    inbox.chmod(0o555)
    with rights():
        assert watched.test() == (
            "The folder is there, with 1 file. "
            "It cannot be written to, so files stay where they are."
        )
        (found,) = found_in(watched)
        assert content_of(watched, found) == b"a page"
        with pytest.raises(SourceError) as caught:
            watched.settle(found, taken=True)
        assert str(caught.value) == (
            "“a.pdf” cannot be moved to “done”: Permission denied. It is taken once "
            "all the same. Let the site write to the folder."
        )
        assert found_in(watched) == [found]
    inbox.chmod(0o755)


def test_where_done_is_a_link(inbox: Path, watched: Connector, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (inbox / "done").symlink_to(tmp_path / "elsewhere")
    put(inbox / "a.pdf")
    with pytest.raises(SourceError, match=r"^“a.pdf” cannot be moved to “done”: Not a"):
        watched.settle(*found_in(watched), taken=True)
    assert tree(tmp_path / "elsewhere") == {}


def test_nothing_is_written_over(inbox: Path, watched: Connector) -> None:
    for content in (b"one", b"two", b"three"):
        put(inbox / "scan.pdf", content)
        put(inbox / "README", content)
        for found in found_in(watched):
            watched.settle(found, taken=True)
    assert tree(inbox) == {
        "done/README": b"one",
        "done/README (1)": b"two",
        "done/README (2)": b"three",
        "done/scan (1).pdf": b"two",
        "done/scan (2).pdf": b"three",
        "done/scan.pdf": b"one",
    }


def test_settled_again_after_a_crash(inbox: Path, watched: Connector) -> None:
    """Dead before the file was moved, its place held already; and dead right after."""
    put(inbox / "scan.pdf")
    put(inbox / "done" / "scan.pdf", b"")
    (found,) = found_in(watched)
    for _time in range(2):
        watched.settle(found, taken=True)
        assert tree(inbox) == {"done/scan.pdf": b"a page"}


def test_names_of_any_bytes(inbox: Path, watched: Connector) -> None:
    names = [b"\xe9t\xe9.pdf", "فاتورة.pdf".encode(), b"a%2Fb\n.pdf"]
    for name in names:
        put(inbox / os.fsdecode(name), name)
    found = found_in(watched)
    assert [one.name for one in found] == [
        "a%2Fb\n.pdf",
        "فاتورة.pdf",
        "\ufffdt\ufffd.pdf",
    ]
    for one in found:
        assert one.key.isascii()
        assert content_of(watched, one) in names
        watched.settle(one, taken=True)
    assert {os.fsencode(path.name) for path in (inbox / "done").iterdir()} == set(names)


def test_very_long_names(inbox: Path, watched: Connector) -> None:
    """Of 255 bytes, twice, in a folder of 255: no key is longer than 500."""
    name = "ش" * 125 + ".pdf" + "x"
    for content in (b"one", b"two"):
        put(inbox / ("f" * 255) / name, content)
        (found,) = found_in(watched)
        assert len(found.key) == 64
        watched.settle(found, taken=True)
    numbered = "ش" * 123 + " (1).pdfx"
    assert tree(inbox / "done" / ("f" * 255)) == {numbered: b"two", name: b"one"}


def test_what_was_given_up_is_tried_again(inbox: Path, watched: Connector) -> None:
    put(inbox / "sub" / "a.png")
    (found,) = found_in(watched)
    for _time in range(2):
        watched.settle(found, taken=False)
        assert tree(inbox) == {"failed/sub/a.png": b"a page"}
        assert content_of(watched, found) == b"a page"
    for _time in range(2):
        watched.settle(found, taken=True)
        assert tree(inbox) == {"done/sub/a.png": b"a page"}
