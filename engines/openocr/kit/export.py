"""Networks as ONNX, compared with torch before anybody reads with them.

By the exporter that traces (``dynamo=False``), as the digits' kit does: the newer one
wants onnxscript, which nothing else here needs.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engines.digits.kit.line.export import OPSET
from engines.errors import EngineError
from engines.openocr.kit.bases import weights_in
from engines.openocr.kit.generate import Style, line_of
from engines.openocr.kit.networks import build, classes_of, fused, load_weights
from engines.openocr.kit.pictures import HEIGHT, as_input, scaled
from engines.openocr.weights import Recogniser

MOST_APART = 1e-4
WIDTHS = (96, 321, 640)  # of noise, one each: a width that is fixed would show
LINES = 3  # drawn ones
TRACED_AT = 320
# torch 2.13 calls this exporter old; it still does what it did.
OLD_WAYS = (
    "You are using the legacy TorchScript-based ONNX export",
    "The feature will be removed",
)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Network:
    """A network in torch with what it is tried on: batches of its input."""

    net: nn.Module
    tried: tuple[Tensor, ...]


def network_of(recogniser: Recogniser) -> Network:
    """
    Raises:
        EngineError: its weights are another network's.
    """
    classes = classes_of(recogniser.characters)
    net = build(recogniser.architecture, len(classes))
    load_weights(net, weights_in(recogniser.weights))
    return Network(net.eval(), tuple(trials()))


def trials() -> Iterator[Tensor]:
    """Noise and drawn lines, (N, 3, 48, W), of several widths and batches."""
    lot = torch.Generator().manual_seed(1)
    for number, width in enumerate(WIDTHS, 1):
        yield torch.rand((number, 3, HEIGHT, width), generator=lot) * 2 - 1
    drawn = [scaled(line_of(seed, Style())[0]) for seed in range(LINES)]
    yield from (as_input([line], least=0) for line in drawn)
    yield as_input(drawn)


def export_recogniser(recogniser: Recogniser, path: Path) -> float:
    """Write *recogniser* to *path*: "input" (N, 3, 48, W) to "output" (N, W // 8,
    classes) probabilities, any N and W. By how much the two differ at most.

    RepSVTR is fused first, and compared with what it was before.

    Raises:
        EngineError: they differ by more than 1e-4; no file is left.
    """
    network = network_of(recogniser)
    wanted = answers(network)

    def write(part: Path) -> None:
        net = network.net
        if recogniser.architecture == "repsvtr":
            net = fused(net)
        traced(net, part)

    return written(path, write, network.tried, wanted)


def traced(net: nn.Module, path: Path) -> None:
    with warnings.catch_warnings():
        for old in OLD_WAYS:
            warnings.filterwarnings("ignore", old, DeprecationWarning)
        # What it takes for constants while it traces are sizes of the network, not of
        # the picture: other widths are tried afterwards.
        tracing = torch.jit.TracerWarning  # type: ignore[attr-defined]  # shipped so
        warnings.simplefilter("ignore", tracing)
        torch.onnx.export(
            net,
            (torch.zeros(1, 3, HEIGHT, TRACED_AT),),
            str(path),
            dynamo=False,
            opset_version=OPSET,
            input_names=["input"],
            output_names=["output"],
            dynamic_axes={"input": {0: "n", 3: "w"}, "output": {0: "n", 1: "t"}},
        )


@torch.inference_mode()
def answers(network: Network) -> list[Floats]:
    return [network.net(batch).numpy() for batch in network.tried]


def written(
    path: Path,
    write: Callable[[Path], None],
    tried: tuple[Tensor, ...],
    wanted: list[Floats],
) -> float:
    """Have *write* make *path*, in one step once it is compared.

    Raises:
        EngineError: it answers otherwise than *wanted*.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.stem}.part.onnx")
    try:
        write(part)
        apart = compared(part, tried, wanted)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return apart


def compared(path: Path, tried: tuple[Tensor, ...], wanted: list[Floats]) -> float:
    """By how much the answers of *path* differ from *wanted* at most.

    Raises:
        EngineError: by more than 1e-4, or it is no network of this kind.
    """
    import onnxruntime

    try:
        session = onnxruntime.InferenceSession(
            str(path), providers=["CPUExecutionProvider"]
        )
        name = session.get_inputs()[0].name
        got = [session.run(None, {name: batch.numpy()})[0] for batch in tried]
        apart = max(
            float(np.abs(one - other).max())
            for one, other in zip(got, wanted, strict=True)
        )
    except Exception as error:  # of onnxruntime, which has one for each thing
        raise EngineError(f"{path.name} cannot be run: {error}") from error
    if not apart <= MOST_APART:
        raise EngineError(
            f"{path.name} answers otherwise than the network in torch: by {apart:.1e}, "
            f"where {MOST_APART:.0e} is the most."
        )
    return apart
