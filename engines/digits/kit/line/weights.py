"""Weights out of an ONNX file, back into the network that they were trained as."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from engines.errors import EngineError


def load_from_onnx(net: nn.Module, path: Path) -> None:
    """Give *net* the weights of *path*, which its export has written under their names.

    Raises:
        EngineError: it is no such file, or one of another network.
    """
    found = named_weights(path)
    state = net.state_dict()
    # How many batches were seen is not exported, and changes no answer.
    wanted = {name: kept for name, kept in state.items() if kept.is_floating_point()}
    if any(
        name not in found or found[name].shape != wanted[name].shape for name in wanted
    ):
        raise EngineError(
            f"The weights in {path} are of another network: training cannot begin "
            "with them. Train a new one: manage.py train_digits --model line"
        )
    net.load_state_dict({**state, **{name: found[name] for name in wanted}})


def named_weights(path: Path) -> dict[str, Tensor]:
    """The tensors in *path* by their names.

    Raises:
        EngineError: it is no ONNX file.
    """
    import onnx
    from onnx import numpy_helper

    try:
        graph = onnx.load(path).graph
    except Exception as error:  # of protobuf, onnx or the system
        raise EngineError(f"The weights in {path} cannot be loaded: {error}") from error
    found = {
        kept.name: torch.from_numpy(numpy_helper.to_array(kept).copy())
        for kept in graph.initializer
    }
    # Tensors that were equal are written once, and stand for each other by their names.
    for node in graph.node:
        if node.op_type == "Identity" and node.input[0] in found:
            found[node.output[0]] = found[node.input[0]]
    return found
