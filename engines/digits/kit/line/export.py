"""The trained network as ONNX: what the reader loads, without torch."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch

from engines.digits.crops import HEIGHT
from engines.digits.kit.line.net import LineNet

OPSET = 17


def export_line(net: LineNet, path: Path) -> None:
    """Write *net* to *path*: input "crops" (N, 1, 32, W), output "scores" (N, W/2, C).

    Parameters keep their names, so that training can begin from the file again.
    """
    net.eval()
    with warnings.catch_warnings():
        # The exporter without onnxscript; torch 2.13 warns that it is the old one.
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            net,
            (torch.zeros(1, 1, HEIGHT, 128),),
            str(path),
            dynamo=False,
            opset_version=OPSET,
            do_constant_folding=False,
            training=torch.onnx.TrainingMode.EVAL,
            input_names=["crops"],
            output_names=["scores"],
            dynamic_axes={"crops": {0: "n", 3: "w"}, "scores": {0: "n", 1: "t"}},
        )
