"""A folder for each model, as PaddleOCR wants it: the network and ``inference.yml``.

The networks of packages lie there without one. Their folders are made here, whole or
not at all, among the models; where that is not allowed, in one of this process.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from engines.errors import EngineUnavailable
from engines.models import Model, folder_of, models_root, standing
from engines.models.store import in_package, place_of
from engines.paddleocr.catalogue import BY_NAME, ENGINE
from engines.paddleocr.recipes import recipe

RECIPE = 1  # raise it with every change of what is written beside a network
STAMP = "made-from"  # lies in the folders that are ours, and says of what they are made
CONFIG = "inference.yml"
NAMED = re.compile(r"\bmodel_name[\"']?\s*:\s*[\"']?([\w.-]+)")
HEAD = 4096  # characters of a configuration that hold the model's name

Bring = Callable[[Path, Path], Any]


def folder_for(name: str) -> Path:
    """The folder that PaddleOCR loads the model *name* from.

    Raises:
        EngineUnavailable: it is not here, not whole, or that of another model.
    """
    model = BY_NAME[name]
    folder = folder_of(model)
    if standing(model).origin == "package" or stamp_of(folder):
        return prepared(model)
    insist_on_name(model, folder)
    return folder


def is_here(name: str) -> bool:
    """Whether the model *name* is here and whole; cheap."""
    return standing(BY_NAME[name]).ok


def insist_on_name(model: Model, folder: Path) -> None:
    """
    Raises:
        EngineUnavailable: the configuration in *folder* is that of another model.
    """
    try:
        with (folder / CONFIG).open(encoding="utf-8", errors="replace") as file:
            found = NAMED.search(file.read(HEAD))
    except OSError:
        found = None
    said = found[1] if found else "nothing"
    if said != model.name:
        raise EngineUnavailable(
            f"{model.title}: {CONFIG} names {said}, where {model.name} belongs."
        )


def prepared(model: Model) -> Path:
    """The folder made of what a package brings of *model*; made where it is not yet, or
    was made of another version."""
    source = in_package(model)
    place, stamp = place_of(model), wanted_stamp(model)
    if source is None or not source.ok or is_made(model, place, stamp):
        return place  # nothing is there to make it anew of, or no need
    try:
        with lock(place.parent):
            if not is_made(model, place, stamp):
                swap(made(model, source.files, place.parent, shutil.copyfile), place)
        return place
    except OSError:
        return in_own_folder(model, source.files)


def is_made(model: Model, place: Path, stamp: str) -> bool:
    return stamp_of(place) == stamp and standing(model).path == place


def stamp_of(folder: Path) -> str:
    """What *folder* is made from; empty where it is not ours, or not there."""
    try:
        return (folder / STAMP).read_text(encoding="utf-8")
    except OSError:
        return ""


def wanted_stamp(model: Model) -> str:
    return f"{model.package} {installed(model.package)} recipe {RECIPE}\n"


def installed(package: str) -> str:
    """The version of *package* here; "none" where it is not installed."""
    try:
        return version(package.replace("_", "-"))
    except PackageNotFoundError:
        return "none"


def made(model: Model, files: tuple[Path, ...], parent: Path, bring: Bring) -> Path:
    """A new folder in *parent* with the network and its configuration."""
    folder = Path(mkdtemp(prefix=f".{model.name}.", dir=parent))
    try:
        for source in files:
            bring(source, folder / f"inference{source.suffix}")
        text = recipe(model.name, files[0])
        (folder / CONFIG).write_text(text, encoding="utf-8")
        (folder / STAMP).write_text(wanted_stamp(model), encoding="utf-8")
        folder.chmod(0o755)  # temporary folders are their maker's alone
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def swap(new: Path, place: Path) -> None:
    """Let *new* be *place*, and what was there be gone."""
    if place.exists():
        place.rename(old := new.with_name(f"{new.name}.old"))
        new.rename(place)
        shutil.rmtree(old, ignore_errors=True)
    else:
        new.rename(place)


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """One process at a time makes folders in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@lru_cache(maxsize=1)
def own_folder() -> TemporaryDirectory[str]:
    """A folder of this process, gone with it.

    Raises:
        EngineUnavailable: it may write nowhere.
    """
    try:
        return TemporaryDirectory(prefix="paddleocr-")
    except OSError as error:
        raise EngineUnavailable(
            f"PaddleOCR may write neither to {models_root()} nor to a temporary folder."
        ) from error


def in_own_folder(model: Model, files: tuple[Path, ...]) -> Path:
    """As ``prepared``, in the folder of this process: links, no copies."""
    parent = Path(own_folder().name)
    place = parent / model.name
    if not place.exists():
        made(model, files, parent, lambda old, new: new.symlink_to(old)).rename(place)
    return place


def home() -> Path:
    """Where PaddleOCR's library may keep files of its own: it wants such a folder."""
    folder = models_root() / ENGINE / ".home"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(own_folder().name)
    return folder if os.access(folder, os.W_OK) else Path(own_folder().name)
