"""documents.services.copies: fetched once, kept until the next one is."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from reportlab.pdfgen.canvas import Canvas

from documents.services import copies
from documents.services.copies import PREFIX, copy_of
from engines import load_page


class Counted(InMemoryStorage):
    opened = 0

    def _open(self, name: str, mode: str = "rb") -> object:
        self.opened += 1
        return super()._open(name, mode)


@pytest.fixture(autouse=True)
def nothing_is_kept() -> Iterator[None]:
    yield
    copy_of.cache_clear()


@pytest.fixture
def storage() -> Counted:
    return Counted()


def test_pages_of_a_pdf_are_read_from_one_copy(storage: Counted) -> None:
    out = BytesIO()
    canvas = Canvas(out, (200, 100))
    for _page in range(3):
        canvas.drawString(10, 50, "Total 12.50")
        canvas.showPage()
    canvas.save()
    name = storage.save("original.pdf", ContentFile(out.getvalue()))
    sizes = [
        load_page(copy_of(storage, name).path, number, dpi=72).image.size
        for number in (1, 2, 3)
    ]
    assert (sizes, storage.opened) == ([(200, 100)] * 3, 1)


def test_only_the_last_one_is_kept(storage: Counted) -> None:
    names = [storage.save("a", ContentFile(content)) for content in (b"first", b"2")]
    held = copy_of(storage, names[0])
    copy_of(storage, names[1])
    # Who still reads the one that gave way has it until the end.
    path = held.path
    assert path.read_bytes() == b"first"
    del held
    gc.collect()
    assert not path.exists()
    assert copy_of(storage, names[1]).path.read_bytes() == b"2"


def test_what_a_killed_process_left_is_removed(
    storage: Counted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "gettempdir", lambda: str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait(30)
    names = [f"{PREFIX}{ended.pid}-a", f"{PREFIX}1-b", f"{PREFIX}x", "other"]
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    copy_of(storage, storage.save("a", ContentFile(b"new")))
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names[1:])
