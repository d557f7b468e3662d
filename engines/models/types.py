"""What a model is, and how it stands here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Format = Literal["safetensors", "onnx", "paddle", "traineddata"]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights that an engine reads with.

    ``files`` are those without which it cannot be loaded, relative to its folder; a
    checkpoint in several pieces is named by its index. ``hub`` and ``revision`` name
    the repository it is published in, pinned; ``size`` is about how many bytes it
    weighs. An engine can run without those that are ``optional``.

    ``variable`` is the setting that may name a folder for it. ``package`` is an
    installed package that brings it along, ``inside`` the paths of its files in there,
    in the order of ``files``, where they are others; ``needs`` is the file of
    requirements that installs the package. Of a model that is ``fixed`` the engine
    reads what is in the package, or where the setting says, and nothing else.
    ``folders`` are places of the system where it may lie as well. ``architectures`` are
    those that the config.json of a fitting checkpoint may name; any if there are none.
    """

    engine: str
    name: str
    title: str
    format: Format
    files: tuple[str, ...]
    hub: str = ""
    revision: str = ""
    licence: str = ""
    size: int = 0
    optional: bool = False
    variable: str = ""
    package: str = ""
    inside: tuple[str, ...] = ()
    needs: str = ""
    fixed: bool = False
    folders: tuple[str, ...] = ()
    architectures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a model was found, or what is wrong and what helps.

    ``origin`` says which of the places it is: "setting", "folder", "hub", "package" or
    "system". ``path`` is the folder that holds the model, ``files`` are where
    ``model.files`` lie, in their order: in a package they may have other names.
    ``revision`` is the commit of a hub's repository, where that is known. ``trouble``
    is a sentence for the user, ``remedy`` a command.
    """

    model: Model
    path: Path | None = None
    origin: str = ""
    trouble: str = ""
    remedy: str = ""
    files: tuple[Path, ...] = ()
    revision: str = ""

    @property
    def ok(self) -> bool:
        return self.path is not None and not self.trouble
