"""Where weights of the line reader lie, and which of them are read with.

A model is a folder: the network, the table of its calibration, its card. The library
knows no settings: the environment names the folder, for this process and those that it
starts.
"""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path

VARIABLE = "DIGITS_MODEL"
WEIGHTS = "line.onnx"
FLOAT = "float.onnx"  # beside weights that were made smaller: training begins there
SHIPPED = Path(__file__).parent / "model"


def model_folder() -> Path:
    """The model that is read with: the one chosen, else the one that comes along."""
    chosen = os.environ.get(VARIABLE, "")
    return Path(chosen) if chosen else SHIPPED


def use_model(folder: Path) -> None:
    """Read with the model in *folder*, in this process and those that it starts."""
    os.environ[VARIABLE] = str(folder)


def is_model(folder: Path) -> bool:
    return (folder / WEIGHTS).is_file()


def model_version(folder: Path | None = None) -> str:
    """A few letters that change with the weights in *folder* (those that are read
    with): readings are kept by them."""
    weights = (folder or model_folder()) / WEIGHTS
    try:
        known = weights.stat()
        return _digest(weights, known.st_mtime_ns, known.st_size)
    except OSError:
        return "none"


def free_folder(models: Path, name: str) -> Path:
    """A folder of *models* that is not there yet: *name*, or with a number behind."""
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(models / free for free in names if not (models / free).exists())


@cache
def _digest(weights: Path, changed: int, size: int) -> str:
    return sha256(weights.read_bytes()).hexdigest()[:12]
