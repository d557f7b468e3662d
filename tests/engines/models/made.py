"""Tiny models, whole and broken, as real ones lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from engines.models import Model

if TYPE_CHECKING:
    from torch import Tensor

ARCHITECTURE = "TinyForConditionalGeneration"
TINY = Model(
    "tiny",
    "tiny-2b",
    "Tiny 2B",
    "safetensors",
    ("config.json", "model.safetensors"),
    hub="acme/tiny-2b",
    revision="c0ffee",
    licence="MIT",
    size=4_000,
    variable="TINY_MODEL",
    architectures=(ARCHITECTURE,),
)
COMMAND = "python manage.py models install tiny tiny-2b"


def weights(*names: str) -> dict[str, Tensor]:
    import torch  # the description of the model alone is wanted in processes, too

    return {name: torch.arange(12.0).reshape(3, 4).bfloat16() for name in names}


def save(file: Path, *names: str) -> None:
    from safetensors.torch import save_file

    save_file(weights(*names), file, {"format": "pt"})


def checkpoint(folder: Path, architecture: str = ARCHITECTURE) -> Path:
    """A whole checkpoint in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    config = json.dumps({"architectures": [architecture]})
    (folder / "config.json").write_text(config)
    save(folder / "model.safetensors", "a", "b")
    return folder


def sharded(folder: Path) -> Path:
    """The same in two files and their index."""
    checkpoint(folder)
    (folder / "model.safetensors").unlink()
    placed = {"a": "model-1-of-2.safetensors", "b": "model-2-of-2.safetensors"}
    for name, file in placed.items():
        save(folder / file, name)
    index = json.dumps({"metadata": {}, "weight_map": placed})
    (folder / "model.safetensors.index.json").write_text(index)
    return folder


def cached(cache: Path, commit: str = "c0ffee", branch: str = "") -> Path:
    """The checkpoint as the hub's own library keeps it: links to blobs."""
    repository = cache / "models--acme--tiny-2b"
    snapshot, blobs = repository / "snapshots" / commit, repository / "blobs"
    whole = checkpoint(repository / "whole")
    snapshot.mkdir(parents=True)
    blobs.mkdir(exist_ok=True)
    for number, file in enumerate(sorted(whole.iterdir())):
        blob = file.rename(blobs / f"{commit}-{number}")
        (snapshot / file.name).symlink_to(blob)
    if branch:
        (repository / "refs").mkdir()
        (repository / "refs" / branch).write_text(commit)
    return snapshot
