"""manage.py train_digits"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from PIL import Image

from documents.management.progress import Progress
from documents.models import LabelledCrop
from documents.services.weights import models_folder
from engines import training
from engines.digits import is_model
from engines.digits.alphabet import as_ascii
from tests.engines.digits.kit.learning import number
from tests.made_roi import made_field, made_record

TINY = {"samples": 8, "judged": 2}


@pytest.fixture(autouse=True)
def own_models(settings, tmp_path: Path) -> None:
    settings.MODELS_ROOT = tmp_path / "models"


def train(**wishes) -> str:
    out = io.StringIO()
    call_command("train_digits", stdout=out, stderr=out, **wishes)
    return out.getvalue()


def stop(progress: Progress, share: float, where: str) -> None:
    """As Ctrl-C does, after the first batch."""
    raise KeyboardInterrupt


def corrected(user: User, count: int, gone: int = 0) -> None:
    """Crops of Arabic-Indic numbers, typed with 0-9; the first files are lost."""
    record = made_record(user, {})
    for seed in range(count):
        one = number(seed, 4, 6)
        field = made_field(record, f"f{seed}", kind="digits", crop=False)
        field.crop.save("crop.png", ContentFile(png(one.image)))
        LabelledCrop.objects.create(
            workspace=record.workspace,
            field=field,
            text=as_ascii(one.text),
            kind=field.kind,
        )
        if seed < gone:
            field.crop.delete(save=False)


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_it_works() -> None:
    said = train(model="line", seed=2, **TINY)
    (folder,) = models_folder().iterdir()
    into, *steps, setting = said.splitlines()
    assert into == f"Into {folder}"
    assert "of 8 samples, loss " in steps[0]
    assert "held-out designs, hard" in steps[-1]
    assert setting == f"Read with it by: DIGITS_MODEL={folder.name}"
    assert folder.name.startswith("line-20")
    assert {path.name for path in folder.iterdir()} == {
        "calibration.json",
        "card.md",
        "checkpoint.pt",
        "line.onnx",
        "plan.json",
        "float.onnx",
        "report.json",
    }
    assert json.loads((folder / "plan.json").read_text()) == {
        "model": "line",
        "wishes": {"samples": 8, "judged": 2, "seed": 2},
    }
    assert 'Wishes: `{"samples": 8' in (folder / "card.md").read_text()


def test_the_classifier_of_single_digits(tmp_path: Path) -> None:
    said = train(model="cnn", out=tmp_path / "cnn", samples=1, judged=1)
    assert "DIGITS_MODEL" not in said  # it reads nothing
    assert (tmp_path / "cnn" / "model.onnx").is_file()


def test_stopped_it_says_how_to_go_on(monkeypatch, tmp_path: Path) -> None:
    folder, out = tmp_path / "mine", io.StringIO()
    wishes = {"model": "line", "out": folder, "samples": 100, "judged": 2}
    with monkeypatch.context() as patch:
        patch.setattr(
            "documents.management.progress.Progress.show", lambda *_: stop(*_)
        )
        with pytest.raises(SystemExit) as ended:
            call_command("train_digits", **wishes, stdout=out, stderr=out)
    assert ended.value.code == 130
    assert out.getvalue().splitlines()[-1] == (
        "Stopped. Go on with: "
        f"manage.py train_digits --model line --out {folder} --resume"
    )
    assert (folder / "checkpoint.pt").is_file()
    with pytest.raises(CommandError, match="go on with it by --resume"):
        train(model="line", out=folder)
    assert " of 100 samples" in train(model="line", out=folder, resume=True)
    assert is_model(folder)


def test_corrections(alice: User) -> None:
    corrected(alice, 40, gone=3)
    said = train(from_corrections=True, **TINY).splitlines()
    (folder,) = models_folder().iterdir()
    assert said[1].startswith("Corrections: ")
    assert said[2] == "Left out, because the crop is gone: 3."
    table = next(line for line in said if line.startswith("held-out corrections"))
    _, _, count, old, *_ = table.split()
    assert int(count) > 0
    assert float(old) > 95  # the typed 0-9 were matched with the print
    assert any(" model is better" in line for line in said)
    assert folder.name.startswith("tuned-20")
    assert is_model(folder)


def test_too_few_corrections(alice: User) -> None:
    corrected(alice, 3)
    with pytest.raises(CommandError, match="too few corrections to learn from: "):
        train(from_corrections=True)
    assert not models_folder().exists()


def test_without_torch(monkeypatch) -> None:
    monkeypatch.setattr(training, "NEEDS", ("torch", "no_such_library"))
    with pytest.raises(CommandError) as refused:
        train(model="line")
    assert str(refused.value) == (
        "Training needs what is not installed here: no_such_library. "
        "Run: pip install -r requirements/train.txt"
    )
    assert not models_folder().exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        ({}, "one of the arguments --model --from-corrections is required"),
        ({"model": "line", "samples": 0}, "--samples is too small"),
        ({"model": "line", "minutes": -1.0}, "--minutes is too small"),
        ({"model": "cnn", "minutes": 1.0}, "--minutes is none of cnn"),
        ({"model": "line", "workspace": ["x"]}, "--workspace goes with"),
        ({"model": "line", "resume": True}, "There is no unfinished training"),
        (
            {"from_corrections": True, "workspace": ["Mall"]},
            "There is no workspace “Mall”",
        ),
    ],
)
def test_wishes_that_cannot_be_met(wishes, reason) -> None:
    with pytest.raises(CommandError, match=reason):
        train(**wishes)
