"""The state of a training in its folder: a whole one, or none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

CHECKPOINT = "checkpoint.pt"


def has_checkpoint(folder: Path) -> bool:
    return (folder / CHECKPOINT).exists()


def save_checkpoint(folder: Path, state: Mapping[str, object]) -> None:
    """Replace the one in *folder*, which stays whole if this is broken off."""
    unfinished = folder / f"{CHECKPOINT}.part"
    torch.save(dict(state), unfinished)
    unfinished.replace(folder / CHECKPOINT)


def load_checkpoint(folder: Path) -> dict[str, Any]:
    """
    Raises:
        FileNotFoundError: *folder* holds none.
    """
    state: dict[str, Any] = torch.load(folder / CHECKPOINT, weights_only=True)
    return state
