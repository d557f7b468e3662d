"""The commands that get a model: exact, so that they can be copied."""

from __future__ import annotations

import shlex
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from engines.models.types import Format, Model

# What is taken from a hub or a folder: programs are of no use, pickles can run any.
SAFE: dict[Format, tuple[str, ...]] = {
    "safetensors": ("*.safetensors", "*.json", "*.txt", "*.jinja", "*.model"),
    "onnx": ("*.onnx", "*.onnx_data", "*.json", "*.txt", "*.yml"),
    "paddle": ("*.yml", "*.json", "*.pdmodel", "*.pdiparams", "*.onnx"),
    "traineddata": ("*.traineddata",),
}


def how_to_get(model: Model) -> str:
    """The command that brings *model* here; empty for what comes with the site."""
    if model.format == "traineddata":
        return f"python manage.py models install {model.engine} --lang {model.name}"
    if model.needs and not model.hub:
        return f"pip install -r {model.needs}"
    if model.fixed:
        return ""
    source = () if model.hub else ("--from", "FOLDER")
    words = ("models", "install", model.engine, model.name, *source)
    return shlex.join(["python", "manage.py", *words])


def fresh_package(model: Model) -> str:
    """The command that installs the package anew that *model* lies broken in."""
    try:
        wanted = f"{model.package}=={version(model.package)}"
    except PackageNotFoundError:
        return how_to_get(model)
    return f"pip install --force-reinstall --no-deps {wanted}"


def download(model: Model, folder: Path, hub: str = "", revision: str = "") -> str:
    """The command of the hub's own program that fills *folder*; empty without a hub."""
    if not (repository := hub or model.hub):
        return ""
    pinned = revision or ("" if hub not in ("", model.hub) else model.revision)
    words = ["hf", "download", repository]
    words += ["--revision", pinned] if pinned else []
    words += [word for pattern in SAFE[model.format] for word in ("--include", pattern)]
    return shlex.join([*words, "--local-dir", str(folder)])
