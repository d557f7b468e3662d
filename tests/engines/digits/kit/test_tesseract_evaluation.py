"""evaluate: a language beside those of the system, on the same strings."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import pytest

from engines.digits.kit.tesseract.evaluation import evaluate
from engines.tessdata import data_folder, traineddata


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = data_folder()
    assert folder is not None
    copyfile(traineddata(folder, "eng"), traineddata(tmp_path, "own"))
    return tmp_path


def test_it_compares(models: Path) -> None:
    said: list[str] = []
    figures = evaluate("own", models, ("clean",), 12, said.append)
    assert list(figures) == ["clean"]
    assert list(figures["clean"]) == ["own", "ara", "ara+eng"]
    assert {one["strings"] for one in figures["clean"].values()} == {12}
    ours = figures["clean"]["own"]
    assert 0 < ours["exact"] < 12  # English reads Western numbers, and no others
    text = "\n".join(said)
    assert "clean: 12 strings in designs never trained on" in text
    assert text.index("own") < text.index("ara+eng") < text.index("Confusions: ")


def test_nothing_wished_nothing_measured(models: Path) -> None:
    assert evaluate("own", models, ("clean",), 0, print) == {}
