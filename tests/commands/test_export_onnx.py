"""manage.py export_onnx"""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from engines import training


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCR_MODELS", str(tmp_path / "models"))


def export(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_onnx", *arguments, stdout=out)
    return out.getvalue()


def test_it_works(tmp_path: Path) -> None:
    path = tmp_path / "out" / "digits.onnx"
    said = export("digits", "--out", str(path.parent))
    same = re.fullmatch(
        rf"digits: {path} written: the same as torch to (\d\.\de-\d\d)\.\n", said
    )
    assert same
    assert 0 < float(same[1]) <= 1e-4
    assert [file.name for file in path.parent.iterdir()] == ["digits.onnx"]
    checked = export("digits", "--out", str(path.parent), "--check")
    assert checked.startswith(f"digits: {path} is the same as torch to ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["none"], "There is no network “none” to export. There are: digits"),
        ([], "There is nothing to export among the models: train a recogniser by "),
        (["digits"], "“digits” comes along with the program, where nothing is written"),
        (
            ["digits", "--check", "--out", "/none"],
            "“digits” is not exported: there is ",
        ),
    ],
)
def test_it_rejects(arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError) as refused:
        export(*arguments)
    assert words in str(refused.value)


def test_without_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "NEEDS", ("torch", "no_such_library"))
    with pytest.raises(CommandError, match="is not installed here: no_such_library"):
        export("digits")
