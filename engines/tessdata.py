"""Where Tesseract's languages lie: those of the system, those brought here from
elsewhere, and those trained here.

In the folder of models lie those that were trained here, in a folder in it those that
were brought: links to others in the former let Tesseract read them together.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from engines.errors import EngineUnavailable

MODELS = "TESSERACT_MODELS"  # names the folder of languages trained here
BROUGHT = "installed"  # in that folder: ordinary languages, from elsewhere
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


def brought_languages(models: Path | None) -> set[str]:
    """Those of others that were brought here: they are read as the system's are."""
    return languages_in(models / BROUGHT if models else None)


def whereabouts(models: Path | None) -> dict[str, Path]:
    """All languages, each with the folder that it is taken from."""
    system = data_folder()
    found = dict.fromkeys(languages_in(system), system or Path())
    if models:
        found.update(dict.fromkeys(brought_languages(models), models / BROUGHT))
        found.update(dict.fromkeys(own_languages(models), models))
    return found


def brought_version(models: Path | None) -> str:
    """A few letters that change with the languages that were brought here: readings
    are kept by them. Empty where there are none."""
    files = [
        traineddata(models / BROUGHT, x) for x in brought_languages(models) if models
    ]
    if not files:
        return ""
    known = sorted((x.name, x.stat().st_mtime_ns, x.stat().st_size) for x in files)
    return sha256(repr(known).encode()).hexdigest()[:8]


def folder_of(codes: Sequence[str], models: Path | None) -> Path:
    """The folder that holds all of *codes*: Tesseract looks into one only.

    Raises:
        EngineUnavailable: there is none, or those in *models* cannot have the others
            beside them.
    """
    places = whereabouts(models)
    folders = {places[code] for code in codes if code in places}
    if models is None or len(folders) < 2:
        folder = next(iter(folders), data_folder())
        if folder is None:
            raise EngineUnavailable("Tesseract has no language data on this machine.")
        return folder
    for code in set(codes) & places.keys() - own_languages(models):
        link(traineddata(places[code], code), traineddata(models, code))
    return models


def link(source: Path, target: Path) -> None:
    """Make *target* lead to *source*."""
    if target.exists() and target.is_symlink() and target.readlink() == source:
        return
    try:
        target.unlink(missing_ok=True)  # it led to what another took the place of
        target.symlink_to(source)
    except FileExistsError:  # another process was faster
        pass
    except OSError as error:
        raise EngineUnavailable(
            f"Languages cannot be read together: {target.parent} is not writable."
        ) from error
