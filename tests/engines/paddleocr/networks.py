"""Models put among the others: copies under another name, and networks made here."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from engines.paddleocr.folders import STAMP, folder_for

TURNS = ["0", "90", "180", "270"]


def copy_of(original: str, name: str, root: Path) -> Path:
    """The network *original* under the *name* of another model."""
    folder = root / "paddleocr" / name
    shutil.copytree(folder_for(original), folder)
    (folder / STAMP).unlink()
    config = folder / "inference.yml"
    said = config.read_text(encoding="utf-8")
    config.write_text(said.replace(original, name, 1), encoding="utf-8")
    return folder


def orientation(root: Path, says: str) -> None:
    """A network that takes every page to be turned by as much as it *says*."""
    scores = np.zeros((1, 4), np.float32)
    scores[0, TURNS.index(says)] = 1.0
    nodes = [
        helper.make_node("GlobalAveragePool", ["x"], ["mean"]),
        helper.make_node("Flatten", ["mean"], ["flat"]),
        helper.make_node("MatMul", ["flat", "nothing"], ["zero"]),
        helper.make_node("Add", ["zero", "scores"], ["y"]),
    ]
    weights = {"nothing": np.zeros((3, 4), np.float32), "scores": scores}
    config = {
        "PreProcess": {
            "transform_ops": [
                {"ResizeImage": {"resize_short": 32}},
                {"CropImage": {"size": 24}},
                {"NormalizeImage": {"channel_num": 3}},
                {"ToCHWImage": None},
            ]
        },
        "PostProcess": {"Topk": {"topk": 1, "label_list": TURNS}},
    }
    save(root, "PP-LCNet_x1_0_doc_ori", nodes, weights, ["n", 4], config)


def unwarping(root: Path) -> None:
    """A network that finds every page flat."""
    nodes = [helper.make_node("Identity", ["x"], ["y"])]
    save(root, "UVDoc", nodes, {}, ["n", 3, "h", "w"], {})


def save(
    root: Path,
    name: str,
    nodes: list[onnx.NodeProto],
    weights: dict[str, Any],
    shape: list[Any],
    config: dict[str, Any],
) -> None:
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 3, "h", "w"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(value, key) for key, value in weights.items()],
    )
    imports = [helper.make_opsetid("", 17)]
    model = helper.make_model(graph, opset_imports=imports, ir_version=8)
    folder = root / "paddleocr" / name
    folder.mkdir(parents=True)
    onnx.save(model, folder / "inference.onnx")
    whole = {"Global": {"model_name": name}, **config}
    (folder / "inference.yml").write_text(json.dumps(whole))  # which is YAML too
