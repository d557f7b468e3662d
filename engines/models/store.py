"""Where models lie, and how they stand there."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from engines.environment import text
from engines.errors import EngineUnavailable
from engines.models.checks import needed_files, trouble_with
from engines.models.hub import other_snapshots, repository_folder, snapshot_of
from engines.models.origin import revision_in
from engines.models.remedies import download, fresh_package, how_to_get
from engines.models.types import Model, Standing

VARIABLE = "OCR_MODELS"  # names the folder of models


def models_root() -> Path:
    """The folder of models: ``<engine>/<name>/`` in it."""
    return Path(text(VARIABLE) or "models").absolute()


def use_models(folder: Path) -> None:
    """Look for models in *folder*, in this process and those that it starts, unless the
    environment names another one."""
    os.environ.setdefault(VARIABLE, str(folder))


def place_of(model: Model) -> Path:
    """The folder that *model* has among the models."""
    return models_root() / model.engine / model.name


def places_of(model: Model) -> dict[str, str]:
    """Where *model* is looked for, by origin (see ``Standing``), in this order."""
    said = text(model.variable) if model.variable else ""
    places = {
        "setting": said if names_folder(said) else "",
        "folder": str(place_of(model)) if has_place(model) else "",
        "hub": str(repository_folder(model.hub)) if model.hub else "",
        "package": model.package,
        "system": ", ".join(model.folders),
    }
    return {origin: place for origin, place in places.items() if place}


def names_folder(said: str) -> bool:
    """Whether a setting names a folder: it may name a repository of the hub, too."""
    return bool(said) and (said[0] in "./~" or Path(said).is_dir())


def standing(model: Model) -> Standing:
    """How *model* stands here: cheap enough for the web process to ask at every page.

    Files are looked at, not loaded: a checkpoint that is cut short or lacks a piece is
    told by its headers. What a setting names is read with or complained of; of the
    other places the first that holds it whole is taken.
    """
    if said := tried(in_setting, model):
        return said
    broken = None
    for look in (in_folder, in_hub, in_package, in_system):
        if found := tried(look, model):
            if found.ok:
                return found
            broken = broken or found
    return broken or Standing(
        model, trouble=f"The model {model.title} is not here.", remedy=how_to_get(model)
    )


def tried(look: Callable[[Model], Standing | None], model: Model) -> Standing | None:
    """What *look* finds; a place that may not be entered is a trouble, no failure."""
    try:
        return look(model)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        trouble = f"{model.title}: {error.filename} cannot be read ({reason})."
        return Standing(model, trouble=trouble, remedy=how_to_get(model))


def folder_of(model: Model) -> Path:
    """The folder that *model* is loaded from.

    Raises:
        EngineUnavailable: it is not here, or not whole.
    """
    found = standing(model)
    if found.path is None or not found.ok:
        raise EngineUnavailable(f"{found.trouble} {found.remedy}".strip())
    return found.path


def in_setting(model: Model) -> Standing | None:
    """In the folder that a setting names; the same setting may name a repository."""
    said = text(model.variable) if model.variable else ""
    folder = Path(said).expanduser()
    if not names_folder(said):
        return None
    remedy = download(model, folder) or how_to_get(model)
    if not folder.is_dir():
        trouble = f"{model.title}: there is no folder {said}, which {model.variable}"
        return Standing(
            model,
            origin="setting",
            trouble=f"{trouble} names.",
            remedy=remedy,
        )
    return looked_at(model, folder, "setting", remedy)


def has_place(model: Model) -> bool:
    """Whether it may lie among the models: Tesseract keeps its languages otherwise."""
    return not model.fixed and model.format != "traineddata"


def in_folder(model: Model) -> Standing | None:
    folder = place_of(model)
    if not has_place(model) or not folder.is_dir():
        return None
    return looked_at(model, folder, "folder", revision=revision_in(folder))


def in_hub(model: Model) -> Standing | None:
    if not model.hub:
        return None
    folder = snapshot_of(model.hub, model.revision)
    if folder is not None:
        return looked_at(model, folder, "hub", revision=folder.name)
    others = other_snapshots(model.hub)
    if not others:
        return None
    return Standing(
        model,
        origin="hub",
        trouble=(
            f"{model.title}: the hub's cache holds {', '.join(others)}, "
            f"not the revision {model.revision or 'main'}."
        ),
        remedy=how_to_get(model),
    )


def in_package(model: Model) -> Standing | None:
    spec = find_spec(model.package) if model.package else None
    if spec is None or not spec.submodule_search_locations:
        return None
    root = Path(spec.submodule_search_locations[0])
    files = [root / name for name in model.inside or model.files]
    folder = Path(os.path.commonpath([path.parent for path in files]))
    return looked_at(model, folder, "package", fresh_package(model), files)


def in_system(model: Model) -> Standing | None:
    for folder in map(Path, model.folders):
        if any((folder / name).is_file() for name in model.files):
            return looked_at(model, folder, "system")
    return None


def looked_at(
    model: Model,
    folder: Path,
    origin: str,
    remedy: str = "",
    files: Sequence[Path] = (),
    revision: str = "",
) -> Standing:
    """How *model* stands in *folder*, where something of it is."""
    trouble = trouble_with(model, folder, files)
    if trouble is None:
        lie = tuple(files) or needed_files(model, folder)
        return Standing(model, folder, origin, files=lie, revision=revision)
    helps = trouble.remedy or remedy or how_to_get(model)
    return Standing(model, folder, origin, trouble.sentence, helps, revision=revision)
