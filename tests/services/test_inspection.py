"""documents.services.inspection: whatever the file does, the answer is a sentence."""

from __future__ import annotations

import os
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


def test_one_that_kills_the_child(settings, picture):
    settings.INSPECTION_MEMORY_MB = 0
    with pytest.raises(engines.BrokenFile) as raised:
        inspect(picture)
    assert str(raised.value) == (
        "The file is damaged and cannot be opened. Save or scan it again."
    )


def test_the_childs_words_are_ours():
    said = {"error": {"type": "EncryptedFile", "message": "Remove the password."}}
    with pytest.raises(engines.EncryptedFile, match=r"^Remove the password\.$"):
        verdict(said)
