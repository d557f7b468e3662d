"""manage.py train_tesseract"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from engines.tesseract import Tesseract


@pytest.fixture
def models(settings, tmp_path) -> Path:
    settings.MODELS_ROOT = tmp_path / "models"
    return tmp_path / "models" / "tesseract"


def test_it_works(models, tmp_path, capsys):
    wishes = {"lines": 20, "iterations": 200, "levels": "clean", "judged": 4}
    figures = tmp_path / "figures.json"
    call_command("train_tesseract", folder=tmp_path / "run", json=figures, **wishes)
    said = capsys.readouterr().out
    assert "100% 200 of 200, " in said
    assert "200 iterations, " in said
    assert f"The engine tesseract has the language “ardigit” in {models}." in said
    assert "== clean: 4 strings in designs never trained on" in said
    assert set(json.loads(figures.read_text())["clean"]) >= {"ardigit", "ara"}
    assert "ardigit" in Tesseract(models).languages()
    assert (tmp_path / "run" / "lines" / "short-000-20.lstmf").exists()


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        ({"name": "ara"}, "Tesseract has a language “ara”. Choose another name."),
        ({"name": "Ü"}, "“Ü” cannot name a language"),
        ({"iterations": 0}, "Training needs iterations, minutes and lines above 0."),
        ({"levels": "easy"}, "There is no level “easy”."),
    ],
)
def test_wishes_that_cannot_be_met(models, tmp_path, wishes, reason):
    with pytest.raises(CommandError, match=reason):
        call_command("train_tesseract", folder=tmp_path / "run", **wishes)
    assert not models.exists()


def test_missing_programs_speak(models, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CommandError, match="apt-get install tesseract-ocr"):
        call_command("train_tesseract", folder=tmp_path / "run")
    assert not models.exists()


def test_the_engine_looks_where_it_is_put():
    assert Tesseract().folder == settings.MODELS_ROOT / "tesseract"
