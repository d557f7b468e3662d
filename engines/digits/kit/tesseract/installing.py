"""A trained language put where the engine ``tesseract`` looks for those of its own."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

from engines.errors import EngineError
from engines.tessdata import data_folder, languages_in, traineddata


def check_name(name: str) -> None:
    """
    Raises:
        EngineError: a language of the system has that name.
    """
    if name in languages_in(data_folder()):
        raise EngineError(f"Tesseract has a language “{name}”. Choose another name.")


def install(source: Path, name: str, models: Path) -> Path:
    """Copy *source* into *models* at once, so that no reader sees half of it."""
    models.mkdir(parents=True, exist_ok=True)
    target = traineddata(models, name)
    new = target.with_suffix(".new")
    copyfile(source, new)
    new.replace(target)
    return target
