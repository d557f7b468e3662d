"""Which networks can be exported, by name: OpenOCR's recognisers, our digit models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch

from engines.digits.crops import HEIGHT
from engines.digits.kit.checkpoints import has_checkpoint, load_checkpoint
from engines.digits.kit.cnn.export import SCRIPT, export
from engines.digits.kit.cnn.export import WEIGHTS as CNN_ONNX
from engines.digits.kit.cnn.glyphs import CLASSES
from engines.digits.kit.cnn.net import CHANNELS, SIDE, OCRModel
from engines.digits.kit.line.export import export_line
from engines.digits.kit.line.net import LineNet
from engines.digits.kit.line.weights import load_from_onnx
from engines.digits.store import FLOAT, SHIPPED
from engines.errors import EngineError, EngineUnavailable
from engines.models import models_root
from engines.openocr.kit.export import (
    Network,
    answers,
    compared,
    export_recogniser,
    network_of,
    written,
)
from engines.openocr.weights import ONNX, found_recognisers

DIGITS = "digits"  # the digit model that comes along
DIGIT_BATCHES = ((1, 64), (3, 128), (2, 333))  # crops and columns that are tried

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Exportable:
    """A network by the ``name`` it is asked for, and the file it goes into; ``own`` is
    that beside its weights, none where nothing may be written there."""

    name: str
    file: str
    own: Path | None
    network: Callable[[], Network]
    export: Callable[[Path], float]


def export_onnx(names: list[str], out: Path | None, check: bool, say: Say) -> None:
    """Export the networks called *names* (none: all that lie among the models) to
    *out*, or beside their weights; *check* compares files that are there already.

    Raises:
        OcrError: there is none of a name, or one differs from torch.
    """
    for one in chosen(names):
        path = out / one.file if out else one.own
        if path is None:
            raise EngineError(
                f"“{one.name}” comes along with the program, where nothing is written: "
                "say where to by --out."
            )
        if check:
            network = one.network()
            apart = compared(existing(one, path), network.tried, answers(network))
        else:
            apart = one.export(path)
        verb = "is" if check else "written:"
        say(f"{one.name}: {path} {verb} the same as torch to {apart:.1e}.")


def existing(one: Exportable, path: Path) -> Path:
    """
    Raises:
        EngineUnavailable: *one* was not exported to *path*.
    """
    if not path.is_file():
        raise EngineUnavailable(f"“{one.name}” is not exported: there is no {path}.")
    return path


def chosen(names: list[str]) -> list[Exportable]:
    """
    Raises:
        EngineUnavailable: there is none of a name, or none at all.
    """
    known = {one.name: one for one in exportables()}
    if not names:
        own = [one for one in known.values() if one.own]
        if not own:
            raise EngineUnavailable(
                "There is nothing to export among the models: train a recogniser by "
                "manage.py finetune_recognizer, or name one of: " + ", ".join(known)
            )
        return own
    for name in names:
        if name not in known:
            raise EngineUnavailable(
                f"There is no network “{name}” to export. There are: "
                + ", ".join(known)
            )
    return [known[name] for name in names]


def exportables() -> Iterator[Exportable]:
    """OpenOCR's recognisers by their names, digit models with ``digits/`` before."""
    for recogniser in found_recognisers():
        yield Exportable(
            recogniser.name,
            f"{recogniser.name}.onnx",
            recogniser.weights.with_name(ONNX),
            partial(network_of, recogniser),
            partial(export_recogniser, recogniser),
        )
    yield line_reader(DIGITS, SHIPPED, None)
    folder = models_root() / "digits"
    for own in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = f"{DIGITS}/{own.name}"
        if (own / FLOAT).is_file():
            yield line_reader(name, own, own / FLOAT)
        elif (own / SCRIPT).is_file() and has_checkpoint(own):
            yield classifier(name, own)


def line_reader(name: str, folder: Path, own: Path | None) -> Exportable:
    """Its eight-bit file is made of this one by ``line.shipping``."""
    load = partial(line_network, folder / FLOAT)
    write = partial(export_digits, load, export_line)
    return Exportable(name, file_for(name), own, load, write)


def classifier(name: str, folder: Path) -> Exportable:
    load = partial(cnn_network, folder)
    write = partial(export_digits, load, export_classifier)
    return Exportable(name, file_for(name), folder / CNN_ONNX, load, write)


def file_for(name: str) -> str:
    """
    >>> file_for("digits/line-2026-11-21")
    'digits-line-2026-11-21.onnx'
    """
    return f"{name.replace('/', '-')}.onnx"


def line_network(path: Path) -> Network:
    net = LineNet()
    load_from_onnx(net, path)
    sizes = ((count, 1, HEIGHT, width) for count, width in DIGIT_BATCHES)
    return Network(net.eval(), tuple(torch.rand(size) for size in sizes))


def cnn_network(folder: Path) -> Network:
    net = OCRModel(len(CLASSES))
    net.load_state_dict(load_checkpoint(folder)["net"])
    sizes = ((count, CHANNELS, SIDE, SIDE) for count, _ in DIGIT_BATCHES)
    return Network(net.eval(), tuple(torch.rand(size) for size in sizes))


def export_classifier(net: OCRModel, path: Path) -> None:
    """As its training writes it, without the TorchScript."""
    with TemporaryDirectory(dir=path.parent) as folder:
        export(net, Path(folder))
        Path(folder, CNN_ONNX).replace(path)


def export_digits(
    load: Callable[[], Network], export_to: Callable[[Any, Path], None], path: Path
) -> float:
    network = load()

    def write(part: Path) -> None:
        export_to(network.net, part)

    return written(path, write, network.tried, answers(network))
