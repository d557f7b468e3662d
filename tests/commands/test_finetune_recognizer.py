"""manage.py finetune_recognizer"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from engines import training
from tests.engines.openocr_kit.folders import made_lines


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCR_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def finetune(folder: Path, **wishes) -> str:
    out = io.StringIO()
    wishes = {"name": "mine", **wishes}
    call_command("finetune_recognizer", folder, stdout=out, stderr=out, **wishes)
    return out.getvalue()


def test_it_works(models: Path, tmp_path: Path) -> None:
    said = finetune(made_lines(tmp_path / "lines"), epochs=1).splitlines()
    assert said[0] == "Lines: 12 to learn from, 2 held out."
    assert said[1].startswith("Begun with weights drawn by lot (repsvtr), to write ")
    assert said[2].startswith("100% epoch 1, step 1, loss ")
    assert said[3] == "held-out lines  count   CER %  exact %"
    assert said[-1] == "Read with it: engine openocr, option recogniser=mine"
    assert (models / "openocr" / "mine" / "model.safetensors").is_file()


def test_stopped_it_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stopped(wishes, tell, say) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "finetune_recogniser", stopped)
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("finetune_recognizer", tmp_path, name="x", stdout=out, stderr=out)
    assert ended.value.code == 130
    assert out.getvalue() == "Stopped. The same command with --resume goes on.\n"


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"epochs": 0}, "--epochs is too small."),
        ({"minutes": -1.0}, "--minutes is too small."),
        ({"seed": -1}, "--seed is too small."),
        ({"resume": True, "seed": 2}, "--resume goes on as it was begun: "),
        ({"epochs": 1, "minutes": 1.0}, "not allowed with argument"),
        ({"architecture": "crnn"}, "invalid choice: 'crnn'"),
        ({}, "There are no labelled lines in "),
        ({"name": "../up"}, "A recogniser cannot be called “../up”"),
    ],
)
def test_it_rejects(models: Path, tmp_path: Path, wishes, words: str) -> None:
    options = [
        f"--{name}={value}" for name, value in wishes.items() if name != "resume"
    ]
    options += ["--resume"] * ("resume" in wishes)
    options += ["--name=mine"] * ("name" not in wishes)
    with pytest.raises(CommandError) as refused:
        call_command("finetune_recognizer", str(tmp_path), *options)
    assert words in str(refused.value)
    assert not models.exists()


def test_without_torch(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(training, "NEEDS", ("torch", "no_such_library"))
    with pytest.raises(CommandError, match="is not installed here: no_such_library"):
        finetune(tmp_path)
