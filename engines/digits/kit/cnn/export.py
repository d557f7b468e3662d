"""The trained classifier as TorchScript and ONNX: for programs without its source."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch

from engines.digits.kit.cnn.net import CHANNELS, SIDE, OCRModel

SCRIPT, WEIGHTS = "model.ts", "model.onnx"
OPSET = 17
# torch 2.13 calls both ways old. They still do what they did, and what replaces them
# (torch.export) writes no TorchScript and wants onnxscript besides.
OLD_WAYS = (
    "`torch.jit.trace(_method)?` is deprecated",
    "You are using the legacy TorchScript-based ONNX export",
    "The feature will be removed",  # torch.onnx, of its own logging
)


def export(net: OCRModel, folder: Path) -> None:
    """Write *net* to *folder* both ways: "crops" (N, 3, 32, 32) to "logits" (N, C)."""
    net.eval()
    example = torch.zeros(1, CHANNELS, SIDE, SIDE)
    with warnings.catch_warnings():
        for old in OLD_WAYS:
            warnings.filterwarnings("ignore", old, DeprecationWarning)
        # torch ships trace without types.
        traced = torch.jit.trace(net, example)  # type: ignore[no-untyped-call]
        traced.save(str(folder / SCRIPT))
        torch.onnx.export(
            net,
            (example,),
            str(folder / WEIGHTS),
            dynamo=False,
            opset_version=OPSET,
            input_names=["crops"],
            output_names=["logits"],
            dynamic_axes={"crops": {0: "n"}, "logits": {0: "n"}},
        )
