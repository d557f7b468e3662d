"""OpenOCR's networks as the installed package describes them, built without its tools.

Only ``openrec`` of the package is imported. Importing ``openocr`` itself would leave
its folder on ``sys.path``, where its ``tools`` stands before anybody else's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
import yaml  # type: ignore[import-untyped]  # it ships no types
from torch import Tensor, nn

from engines.errors import EngineError, EngineUnavailable
from engines.openocr.weights import Architecture

CONFIGS: dict[Architecture, str] = {"repsvtr": "repsvtr_ch", "svtrv2": "svtrv2_ch"}
OWN_CHARACTERS = Path("tools", "utils", "ppocr_keys_v1.txt")
HEAD = "decoder.fc."  # a row for the blank, each character and the space


def package_folder() -> Path:
    """Where the package lies; looked up, not imported.

    Raises:
        EngineUnavailable: it is not installed.
    """
    found = find_spec("openocr")
    if found is None or not found.submodule_search_locations:
        raise EngineUnavailable(
            "Not installed: openocr. Run: pip install -r requirements/openocr.txt"
        )
    return Path(found.submodule_search_locations[0])


def own_characters() -> tuple[str, ...]:
    """The 6,623 characters that OpenOCR itself writes, without the space."""
    text = (package_folder() / OWN_CHARACTERS).read_text(encoding="utf-8")
    return tuple(line.rstrip("\r") for line in text.removesuffix("\n").split("\n"))


def classes_of(characters: tuple[str, ...]) -> tuple[str, ...]:
    """What the columns of the answer stand for: "" is the blank, the space is last."""
    return ("", *(characters or own_characters()), " ")


def build(architecture: Architecture, classes: int) -> nn.Module:
    """An untrained network: (N, 3, 48, W) pixels -1..1 to (N, W // 8, classes), scores
    in training and probabilities in evaluation.

    Its configuration lets the encoder learn from a second decoder, which is not part of
    it, and cuts it off from this one; here it learns from this one. Its answers are the
    same.
    """
    path = package_folder() / "configs" / "rec" / "svtrv2"
    text = (path / f"{CONFIGS[architecture]}.yml").read_text(encoding="utf-8")
    described: dict[str, Any] = yaml.safe_load(text)["Architecture"]
    described["Decoder"]["out_channels"] = classes
    described["Decoder"]["svtr_encoder"]["use_guide"] = False
    with findable(package_folder()):
        net: nn.Module = import_module("openrec.modeling").build_model(described)
    return net


@contextmanager
def findable(folder: Path) -> Iterator[None]:
    """Let modules in *folder* be imported, and nobody find them afterwards."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def load_weights(net: nn.Module, state: dict[str, Tensor]) -> None:
    """Give *net* those of *state* that are its own; a second decoder's may be left.

    Raises:
        EngineError: they are another network's, or of other characters.
    """
    try:
        net.load_state_dict({name: state[name] for name in net.state_dict()})
    except (KeyError, RuntimeError) as error:
        raise EngineError(
            "The weights are of another network, or of other characters."
        ) from error


@torch.no_grad()
def grown(
    state: dict[str, Tensor], fresh: dict[str, Tensor], old: int, new: int
) -> dict[str, Tensor]:
    """*state* for a network that writes *new* characters more than the *old* ones, at
    the end of them; *fresh* is the state of an untrained one. The space stays last."""
    rows = {}
    for name in (f"{HEAD}weight", f"{HEAD}bias"):
        kept, drawn = state[name], fresh[name]
        rows[name] = torch.cat(
            [kept[: old + 1], drawn[old + 1 : old + 1 + new], kept[-1:]]
        )
    return {**state, **rows}


def fused(net: nn.Module) -> nn.Module:
    """*net*, evaluated from now on: its parallel branches and norms become single
    convolutions (RepVGG, Ding et al. 2021). Where nothing asks for it, it stays."""
    net.eval()
    for name, part in list(net.named_children()):
        fuse = getattr(part, "fuse", None)
        one = fuse() if callable(fuse) else part
        net.add_module(name, one)
        fused(one)
    return net
