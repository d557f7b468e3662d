"""ship: from trained weights to those that are read with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch

from engines.digits.crops import HEIGHT, Crop
from engines.digits.kit.line.export import export_line
from engines.digits.kit.line.net import LineNet
from engines.digits.kit.line.shipping import ship
from engines.digits.kit.line.weights import load_from_onnx
from engines.digits.network import Network
from engines.digits.store import FLOAT, WEIGHTS


def test_it_works(tmp_path: Path) -> None:
    torch.manual_seed(3)
    net = LineNet().eval()
    export_line(net, tmp_path / WEIGHTS)
    large = (tmp_path / WEIGHTS).stat().st_size
    ship(tmp_path, 40)
    assert (tmp_path / WEIGHTS).stat().st_size < large / 3
    assert (tmp_path / "calibration.json").is_file()

    pixels = np.random.default_rng(1).random((HEIGHT, 120), np.float32)
    crop = Crop(pixels, 0.0, 0.0, 1.0)
    whole = Network(tmp_path / FLOAT).scores(crop)
    small = Network(tmp_path / WEIGHTS).scores(crop)
    assert whole.shape == small.shape == (60, 36)
    assert np.abs(np.exp(whole) - np.exp(small)).max() < 0.05
    with torch.no_grad():
        scores = net(torch.from_numpy(pixels)[None, None])[0].numpy()
    assert np.abs(scores - whole).max() < 1e-4

    again = LineNet()
    load_from_onnx(again, tmp_path / FLOAT)
    assert torch.equal(again.name.weight, net.name.weight)
    assert is_exact("/name/Conv", tmp_path / WEIGHTS)
    assert not is_exact("/look/look.4/look.4.0/Conv", tmp_path / WEIGHTS)


def is_exact(name: str, path: Path) -> bool:
    """Whether the node called *name* reckons in floats."""
    graph = onnx.load(path).graph
    (node,) = (node for node in graph.node if node.name == name)
    makers = {output: made.op_type for made in graph.node for output in made.output}
    return makers.get(node.input[1]) != "DequantizeLinear"
