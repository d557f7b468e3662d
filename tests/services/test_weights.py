"""Which model of digits is read with: one setting, checked when the site starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.services.weights import (
    check_chosen_model,
    models_folder,
    use_chosen_model,
)
from engines import get_engine
from engines.digits.store import SHIPPED, VARIABLE, model_folder


@pytest.fixture(autouse=True)
def own_models(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MODELS_ROOT = tmp_path
    monkeypatch.setenv(VARIABLE, "")


@pytest.fixture
def tuned() -> Path:
    folder = models_folder() / "tuned-2026-11-21"
    folder.mkdir(parents=True)
    (folder / "line.onnx").write_bytes(b"weights")
    return folder


def test_it_works(settings, tuned: Path) -> None:
    before = get_engine("digits").version
    settings.DIGITS_MODEL = tuned.name
    use_chosen_model()
    assert model_folder() == tuned
    assert check_chosen_model() == []
    assert get_engine("digits").version != before


def test_the_shipped_one_is_the_default(settings) -> None:
    settings.DIGITS_MODEL = ""
    use_chosen_model()
    assert model_folder() == SHIPPED
    assert check_chosen_model() == []


def test_a_model_elsewhere_is_named_by_its_path(settings, tuned: Path) -> None:
    settings.MODELS_ROOT = tuned.parent / "empty"
    settings.DIGITS_MODEL = str(tuned)
    use_chosen_model()
    assert model_folder() == tuned
    assert check_chosen_model() == []


def test_a_model_that_is_not_there_is_said(settings) -> None:
    settings.DIGITS_MODEL = "tuned-1999"
    use_chosen_model()
    (error,) = check_chosen_model()
    assert error.msg == (
        "DIGITS_MODEL is “tuned-1999”, and there is no such model in "
        f"{models_folder()}."
    )
    assert not get_engine("digits").availability().ok
