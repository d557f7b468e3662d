"""A watched folder, as of a minute after its files were put there."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from io import BytesIO
from pathlib import Path

import pytest

from documents.sources import (
    KINDS,
    Connector,
    Found,
    Setup,
)

Rights = Callable[[], AbstractContextManager[None]]
NOBODY = 65534  # a user without rights, as whom root tests what rights refuse


@pytest.fixture
def inbox(tmp_path: Path, settings) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    settings.IMPORT_ROOTS = [tmp_path]
    settings.DATA_DIR = settings.MEDIA_ROOT = tmp_path / "data"
    return folder


@pytest.fixture
def watched(inbox: Path) -> Connector:
    return connected(inbox)


@pytest.fixture
def rights(tmp_path: Path) -> Rights:
    """Within it the site is not root, to whom nothing is refused."""

    @contextmanager
    def as_nobody() -> Iterator[None]:
        for folder in (tmp_path, *tmp_path.parents):
            if not folder.stat().st_mode & stat.S_IXOTH:
                folder.chmod(0o755)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)

    return as_nobody if os.geteuid() == 0 else nullcontext


def connected(path: Path) -> Connector:
    return KINDS["folder"].connect(Setup({"path": str(path)}))


def put(path: Path, content: bytes = b"a page", *, age: float = 60) -> Path:
    """A file that nobody has written to for *age* seconds.

    The system sets when it was changed itself, so the file is looked at as of later.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - age,) * 2)
    return path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets so many seconds pass."""
    now = time.time

    def wait(seconds: float) -> None:
        monkeypatch.setattr(time, "time", lambda: now() + seconds)

    return wait


@pytest.fixture(autouse=True)
def a_minute_later(later: Callable[[float], None]) -> None:
    later(60)


def found_in(connector: Connector) -> list[Found]:
    return [found for look in connector.look({}) for found in look.found]


def names_in(connector: Connector) -> list[str]:
    return [found.place["path"] for found in found_in(connector)]


def content_of(connector: Connector, found: Found) -> bytes:
    sink = BytesIO()
    connector.fetch(found, sink)
    return sink.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
