"""From trained weights to what is shipped: eight bits a number, then its calibration.

Static quantisation (Jacob et al. 2018) in ONNX's QDQ form, weights by channel, ranges
seen on generated crops. It reads as well within some tenths of a per cent, is a third
as large and takes half the time on CPUs with eight-bit dot products.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from engines.digits.crops import Floats, normalised
from engines.digits.kit.calibrating import CROPS, calibrate, sample_of
from engines.digits.store import FLOAT, WEIGHTS

SEEN = 300  # crops on which the ranges of values are seen
SCORES = "/name/"  # what the layer of scores is called in the file
FIRST = 950_000_000  # the number of the first of them


def ship(folder: Path, crops: int = CROPS) -> None:
    """Make the network trained in *folder* (ONNX, floats) a model to read with; *crops*
    are made to see its ranges and to calibrate it.

    Raises:
        FontsMissing: too few fonts are installed to make crops from.
    """
    (folder / WEIGHTS).replace(folder / FLOAT)
    quantise(folder / FLOAT, folder / WEIGHTS, min(SEEN, crops))
    calibrate(folder, crops)


def quantise(trained: Path, made: Path, crops: int = SEEN) -> None:
    """Write *trained* in eight bits to *made*, with ranges seen on *crops*."""
    from onnxruntime import quantization
    from onnxruntime.quantization.shape_inference import quant_pre_process

    # onnxruntime ships no types: its base class is Any to mypy.
    class Crops(quantization.CalibrationDataReader):  # type: ignore[misc]
        def __init__(self) -> None:
            self.crops = seen_crops(crops)

        def get_next(self) -> dict[str, Floats] | None:
            return next(({"crops": crop} for crop in self.crops), None)

    with TemporaryDirectory() as folder:
        prepared = Path(folder, "prepared.onnx")
        quant_pre_process(str(trained), str(prepared), skip_symbolic_shape=True)
        quantization.quantize_static(
            str(prepared),
            str(made),
            Crops(),
            quant_format=quantization.QuantFormat.QDQ,
            per_channel=True,
            weight_type=quantization.QuantType.QInt8,
            activation_type=quantization.QuantType.QUInt8,
            nodes_to_exclude=left_in_floats(prepared),
        )


def left_in_floats(network: Path) -> list[str]:
    """The nodes where eight bits cost strings: the scores, of which small differences
    decide, and the sums that go past the blocks. Both are cheap as they are."""
    import onnx

    nodes = onnx.load(network).graph.node
    return [
        node.name
        for node in nodes
        if node.op_type == "Add" or node.name.startswith(SCORES)
    ]


def seen_crops(number: int) -> Iterator[Floats]:
    """(1, 1, 32, W) crops of all kinds, from the faces that are trained on."""
    crops = (normalised(sample_of(FIRST + seed).image) for seed in count())
    found = (crop.pixels[None, None] for crop in crops if crop is not None)
    yield from islice(found, number)
