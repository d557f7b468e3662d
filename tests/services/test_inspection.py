"""documents.services.inspection: whatever the file does, the answer is a sentence."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

import engines
from documents.services.inspection import inspect, verdict

COSTLY = "The file takes too much time or memory to open. Save it smaller."


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "scan.png"
    Image.new("RGB", (3000, 3000)).save(path)
    return path


def test_it_works(picture):
    assert inspect(picture) == engines.FileInfo("image/png", ((3000, 3000),))


def test_one_that_never_ends(settings, tmp_path):
    settings.INSPECTION_SECONDS = 1
    pipe = tmp_path / "scan.png"
    os.mkfifo(pipe)
    with pytest.raises(engines.TooLarge, match=COSTLY):
        inspect(pipe)


def test_one_that_takes_all_memory(settings, picture):
    settings.INSPECTION_MEMORY_MB = 48
    with pytest.raises(engines.FileError):
        inspect(picture)


def test_one_that_gets_no_memory(settings, picture):
    settings.INSPECTION_MEMORY_MB = 0
    with pytest.raises(engines.TooLarge, match="needs more memory"):
        inspect(picture)


def crash(*_given, **_limits) -> None:
    """What a decoder does that a file has broken."""
    os.kill(os.getpid(), signal.SIGSEGV)


def spend(*_given, **_limits) -> None:
    """What the kernel does to a process that has used up its time."""
    os.kill(os.getpid(), signal.SIGXCPU)


def test_one_that_kills_the_child(monkeypatch, picture):
    monkeypatch.setattr(engines, "tell_inspection", crash)
    with pytest.raises(engines.BrokenFile) as raised:
        inspect(picture)
    assert str(raised.value) == (
        "The file is damaged and cannot be opened. Save or scan it again."
    )


def test_one_that_spends_all_its_time(monkeypatch, picture):
    monkeypatch.setattr(engines, "tell_inspection", spend)
    with pytest.raises(engines.TooLarge, match=COSTLY):
        inspect(picture)


def test_many_at_once(picture):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(inspect, [picture] * 16))
    assert found == {engines.FileInfo("image/png", ((3000, 3000),))}


def test_the_childs_words_are_ours():
    said = {"error": {"type": "EncryptedFile", "message": "Remove the password."}}
    with pytest.raises(engines.EncryptedFile, match=r"^Remove the password\.$"):
        verdict(said)
