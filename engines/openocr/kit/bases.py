"""What a training begins with: a recogniser, a checkpoint, or weights drawn by lot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from engines.errors import EngineUnavailable, OcrError
from engines.openocr.kit.characters import unknown
from engines.openocr.kit.networks import (
    HEAD,
    build,
    classes_of,
    grown,
    load_weights,
    own_characters,
)
from engines.openocr.weights import (
    Architecture,
    convert_checkpoint,
    found_recognisers,
    models_folder,
)

ARCHITECTURE: Architecture = "repsvtr"
RANDOM = "random"  # a base by this name: weights drawn by lot
PUBLISHED: dict[Architecture, str] = {  # checkpoints of torch, as OpenOCR names them
    "repsvtr": "mobile/openocr_repsvtr_ch",
    "svtrv2": "server/openocr_svtrv2_ch",
}
SUFFIXES = (".safetensors", ".pth")

State = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Base:
    """Weights to begin with and what they write; none: drawn by lot."""

    label: str
    architecture: Architecture
    characters: tuple[str, ...] = ()
    weights: Path | None = None

    def state(self) -> State:
        """
        Raises:
            OcrError: the file is no checkpoint.
        """
        assert self.weights is not None  # noqa: S101 - asked for where there are some
        return weights_in(self.weights)


def base_called(name: str, architecture: Architecture | None) -> Base:
    """What *name* stands for: a recogniser, a file, "random"; "" for OpenOCR's own
    where it is here, else "random".

    Raises:
        OcrError: there is no such, or it is of another architecture.
    """
    wished = architecture or ARCHITECTURE
    if name in ("", RANDOM):
        own = published(wished) if not name else None
        return own or Base(RANDOM, wished)
    for one in found_recognisers():
        if one.name == name:
            if architecture not in (None, one.architecture):
                raise OcrError(
                    f"The recogniser “{name}” is {one.architecture}, "
                    f"not {architecture}."
                )
            return Base(name, one.architecture, one.characters, one.weights)
    path = Path(name)
    if path.suffix not in SUFFIXES or not path.is_file():
        raise EngineUnavailable(
            f"There is nothing to begin with called “{name}”: no recogniser among the "
            "models, and no file .safetensors or .pth."
        )
    # Of a bare file it is not known what it writes, but by the size of its head.
    return Base(name, wished, (), path.resolve())


def published(architecture: Architecture) -> Base | None:
    """OpenOCR's own weights, where somebody has put them among the models."""
    path = models_folder() / PUBLISHED[architecture]
    for suffix in SUFFIXES:
        if path.with_suffix(suffix).is_file():
            return Base(path.name, architecture, (), path.with_suffix(suffix))
    return None


def weights_in(path: Path) -> State:
    """The tensors in *path*; a pickle is made safetensors first.

    Raises:
        OcrError: it holds none.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        safe = convert_checkpoint(path) if path.suffix == ".pth" else path
        return load_file(safe)
    except (OSError, SafetensorError) as error:
        raise OcrError(f"The weights in {path} cannot be loaded: {error}") from error


def started(
    base: Base, texts: set[str], seed: int
) -> tuple[nn.Module, tuple[str, ...]]:
    """The network to begin with, and the characters it writes: those of *base* and what
    *texts* need besides; drawn by lot it writes those of *texts* alone.

    Raises:
        OcrError: the weights are another network's.
    """
    torch.manual_seed(seed)
    known = base.characters or (own_characters() if base.weights else ())
    more = unknown(texts, known)
    characters = (*known, *more)
    net = build(base.architecture, len(characters) + 2)
    if base.weights:
        state = base.state()
        rows = len(state.get(f"{HEAD}bias", ()))
        if rows != len(known) + 2:
            raise OcrError(
                f"The weights in {base.weights} write {rows} classes, and {len(known)} "
                "characters, a blank and a space are known of them."
            )
        load_weights(net, grown(state, net.state_dict(), len(known), len(more)))
    return net, characters


def as_it_was(
    base: Base, seed: int, characters: tuple[str, ...]
) -> tuple[nn.Module, tuple[str, ...]]:
    """The network of *base* and its classes, to measure what it reads untrained; drawn
    by lot it writes *characters*."""
    own = base.characters if base.weights else characters
    classes = classes_of(own)
    torch.manual_seed(seed)
    net = build(base.architecture, len(classes))
    if base.weights:
        load_weights(net, base.state())
    return net, classes
