"""What a watched folder gives out, and what it refuses."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from documents.sources import (
    Connector,
    ItemGone,
    NeedsSomebody,
    SourceError,
)
from engines import TooLarge
from tests.sources.folder.conftest import (
    Rights,
    content_of,
    found_in,
    put,
    tree,
)


def test_a_file_that_becomes_a_link(
    inbox: Path, watched: Connector, tmp_path: Path
) -> None:
    path = put(inbox / "sub" / "scan.pdf")
    (found,) = found_in(watched)
    secret = put(tmp_path / "elsewhere" / "scan.pdf", b"secret")
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(ItemGone, match=r"^The file is not there any more.$"):
        content_of(watched, found)
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(secret.parent)
    with pytest.raises(ItemGone, match=r"^The file is not there any more.$"):
        content_of(watched, found)
    watched.settle(found, taken=True)
    assert secret.read_bytes() == b"secret"


def test_a_file_changes_before_it_is_copied(inbox: Path, watched: Connector) -> None:
    path = put(inbox / "scan.pdf")
    (found,) = found_in(watched)
    put(path, b"more pages")
    with pytest.raises(ItemGone, match=r"^The file has changed since; it is taken as"):
        content_of(watched, found)
    watched.settle(found, taken=True)
    assert tree(inbox) == {"scan.pdf": b"more pages"}


def test_a_file_changes_while_it_is_copied(inbox: Path, watched: Connector) -> None:
    path = put(inbox / "scan.pdf")
    (found,) = found_in(watched)

    class Sink(BytesIO):
        def write(self, content: bytes) -> int:
            put(path, b"more pages")
            return super().write(content)

    with pytest.raises(ItemGone, match=r"^The file has changed since"):
        watched.fetch(found, Sink())


def test_a_file_disappears(inbox: Path, watched: Connector) -> None:
    path = put(inbox / "sub" / "scan.pdf")
    (found,) = found_in(watched)
    path.unlink()
    path.parent.rmdir()
    with pytest.raises(ItemGone):
        content_of(watched, found)
    watched.settle(found, taken=True)
    assert tree(inbox) == {}


def test_a_file_that_is_too_large(inbox: Path, watched: Connector, settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    put(inbox / "a.pdf", b"0" * (2**20 + 1))
    (found,) = found_in(watched)
    with pytest.raises(TooLarge, match=r"^The file is larger than 1 MB, the most that"):
        content_of(watched, found)


def test_a_file_that_may_not_be_read(
    inbox: Path, watched: Connector, rights: Rights
) -> None:
    put(inbox / "a.pdf").chmod(0)
    put(inbox / "b.pdf")
    put(inbox / "sub" / "c.pdf").parent.chmod(0)
    with rights():
        first, second = found_in(watched)
        with pytest.raises(
            SourceError, match=r"^“a.pdf” cannot be read: Permission denied.$"
        ):
            content_of(watched, first)
        assert content_of(watched, second) == b"a page"
    (inbox / "sub").chmod(0o700)


def test_the_folder_vanishes(inbox: Path, watched: Connector) -> None:
    put(inbox / "a.pdf")
    (found,) = found_in(watched)
    (inbox / "a.pdf").unlink()
    inbox.rmdir()
    sentence = f"^There is no folder “{inbox}”. Make it, or change the path.$"
    for act in (
        watched.test,
        lambda: list(watched.look({})),
        lambda: content_of(watched, found),
        lambda: watched.settle(found, taken=True),
    ):
        with pytest.raises(NeedsSomebody, match=sentence):
            act()
