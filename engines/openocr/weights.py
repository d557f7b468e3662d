"""Recognisers of one's own for OpenOCR, and checkpoints as safetensors.

A recogniser is a folder ``openocr/<name>/`` among the models: ``model.safetensors``,
``config.json`` with its architecture and the file of its characters, where it is
exported ``model.onnx`` too. Pickles are opened here alone, as tensors and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from engines.errors import EngineError, EngineUnavailable
from engines.models import models_root

if TYPE_CHECKING:
    from torch import Tensor

Architecture = Literal["repsvtr", "svtrv2"]
ARCHITECTURES: tuple[str, ...] = get_args(Architecture)
WEIGHTS = "model.safetensors"
ONNX = "model.onnx"
CONFIG = "config.json"
CHARACTERS = "dict.txt"
OWN = ("mobile", "server")  # folders of the models that OpenOCR publishes


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A network that reads lines.

    ``characters`` are those it writes, in its order, without the blank before and the
    space behind them, which OpenOCR adds; none stand for OpenOCR's own 6,623.
    """

    name: str
    architecture: Architecture
    characters: tuple[str, ...]
    weights: Path
    onnx: Path | None = None


def models_folder() -> Path:
    return models_root() / "openocr"


def found_recognisers() -> tuple[Recogniser, ...]:
    """All that lie among the models, by name; those that are not whole are left out."""
    folder = models_folder()
    if not folder.is_dir():
        return ()
    found = (read_recogniser(path) for path in sorted(folder.iterdir()))
    return tuple(recogniser for recogniser in found if recogniser is not None)


def recogniser_called(name: str) -> Recogniser:
    """The recogniser in the folder *name*.

    Raises:
        EngineUnavailable: there is none, or it is not whole.
    """
    for recogniser in found_recognisers():
        if recogniser.name == name:
            return recogniser
    raise EngineUnavailable(f"There is no recogniser “{name}” for OpenOCR.")


def read_recogniser(folder: Path) -> Recogniser | None:
    """What lies in *folder*, if it is a whole recogniser."""
    if folder.name in OWN or not (folder / WEIGHTS).is_file():
        return None
    try:
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        characters = read_characters(folder, config.get("characters") or "")
        architecture = config["architecture"]
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None
    if architecture not in ARCHITECTURES:
        return None
    onnx = folder / ONNX
    return Recogniser(
        folder.name,
        architecture,
        characters,
        folder / WEIGHTS,
        onnx if onnx.is_file() else None,
    )


def read_characters(folder: Path, name: str) -> tuple[str, ...]:
    """The lines of the file *name* in *folder*; a name, and no way out of it."""
    if not name:
        return ()
    if Path(name).name != name:
        raise ValueError(name)
    text = (folder / name).read_text(encoding="utf-8")
    return tuple(text.removesuffix("\n").split("\n"))


def write_recogniser(
    folder: Path,
    architecture: Architecture,
    characters: Sequence[str],
    state_dict: Mapping[str, Tensor],
) -> Recogniser:
    """Make *folder* a recogniser; its name is the folder's. See ``Recogniser``.

    An export of weights that were there before is theirs, and goes.

    Raises:
        ValueError: the architecture or a character is none, or the name is taken.
    """
    if architecture not in ARCHITECTURES or folder.name in OWN:
        raise ValueError(f"{architecture}, {folder.name}")
    if any(len(c) < 1 or c.isspace() for c in characters):
        raise ValueError("The space is OpenOCR's to add, and no character is empty.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ONNX).unlink(missing_ok=True)
    if characters:
        lines = "".join(f"{character}\n" for character in characters)
        (folder / CHARACTERS).write_text(lines, encoding="utf-8")
    config = {
        "architecture": architecture,
        "characters": CHARACTERS if characters else "",
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    save_tensors(state_dict, folder / WEIGHTS)
    return Recogniser(
        folder.name, architecture, tuple(characters), folder / WEIGHTS, None
    )


def convert_checkpoint(path: Path) -> Path:
    """The tensors of the torch checkpoint *path* as safetensors beside it.

    Nothing but tensors and plain values is unpickled: no code in it can run.

    Raises:
        EngineError: it is no such checkpoint.
    """
    import torch

    try:
        loaded = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch has no error of its own for a bad file
        raise EngineError(
            f"{path.name} is no checkpoint that can be loaded safely."
        ) from error
    held = loaded.get("state_dict", loaded) if isinstance(loaded, dict) else {}
    tensors = {name: x for name, x in held.items() if isinstance(x, torch.Tensor)}
    if not tensors:
        raise EngineError(f"{path.name} holds no weights.")
    return save_tensors(tensors, path.with_suffix(".safetensors"))


def save_tensors(tensors: Mapping[str, Tensor], path: Path) -> Path:
    """Write *path* in one step: nobody sees a half of it."""
    from safetensors.torch import save_file

    part = path.with_name(f"{path.name}.part")
    # Tensors that share their memory cannot be told apart in the file.
    own = {
        name: tensor.detach().clone().contiguous() for name, tensor in tensors.items()
    }
    save_file(own, part)
    part.chmod(0o644)  # the library makes it its writer's alone; workers may be others
    return part.replace(path)
