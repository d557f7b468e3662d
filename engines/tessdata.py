"""Where Tesseract's languages lie: those of the system, and those trained here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from engines.errors import EngineUnavailable

MODELS = "TESSERACT_MODELS"  # names the folder of languages trained here
NO_LANGUAGES = {"osd", "equ"}
DATA_FOLDERS = ("usr/share", "usr/local/share", "opt/homebrew/share")


def data_folder() -> Path | None:
    """Where the traineddata files are, if anywhere."""
    prefix = os.environ.get("TESSDATA_PREFIX")
    tried = [Path(prefix), Path(prefix) / "tessdata"] if prefix else []
    for share in DATA_FOLDERS:
        root = Path("/", share)
        found = [*root.glob("tesseract-ocr/*/tessdata"), root / "tessdata"]
        tried += sorted(found, reverse=True)
    return next((path for path in tried if any(path.glob("*.traineddata"))), None)


def use_models(folder: Path) -> None:
    """Find languages in *folder*, too, in this process and those that it starts,
    unless the environment names another one."""
    os.environ.setdefault(MODELS, str(folder))


def traineddata(folder: Path, code: str) -> Path:
    return folder / f"{code}.traineddata"


def languages_in(folder: Path | None) -> set[str]:
    files = folder.glob("*.traineddata") if folder else ()
    return {file.stem for file in files} - NO_LANGUAGES


def own_languages(models: Path | None) -> set[str]:
    """Those trained here: beside them, those of the system are but links."""
    return {
        code
        for code in languages_in(models)
        if models and not traineddata(models, code).is_symlink()
    }


def folder_of(codes: Sequence[str], models: Path | None) -> Path:
    """The folder that holds all of *codes*: Tesseract looks into one only.

    Raises:
        EngineUnavailable: there is none, or those in *models* cannot have the others
            beside them.
    """
    own, system = own_languages(models), data_folder()
    if models and own.intersection(codes):
        for code in set(codes) - own:
            if system:
                link(traineddata(system, code), traineddata(models, code))
        return models
    if system is None:
        raise EngineUnavailable("Tesseract has no language data on this machine.")
    return system


def link(source: Path, target: Path) -> None:
    """Make *target* lead to *source*, unless it leads to a file already."""
    if target.exists():
        return
    try:
        target.unlink(missing_ok=True)  # it led to what an update has taken away
        target.symlink_to(source)
    except FileExistsError:  # another process was faster
        pass
    except OSError as error:
        raise EngineUnavailable(
            f"Languages cannot be read together: {target.parent} is not writable."
        ) from error
