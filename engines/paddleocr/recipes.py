"""What ``inference.yml`` says of networks that come without one.

It tells PaddleOCR how to make a picture the network's input, and what each of the
network's outputs stands for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

READING = {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}}
DETECTION: dict[str, Any] = {
    "PreProcess": {
        "transform_ops": [
            READING,
            {"DetLabelEncode": None},
            {"DetResizeForTest": {"resize_long": 960}},
            {
                "NormalizeImage": {
                    "mean": [0.5, 0.5, 0.5],
                    "std": [0.5, 0.5, 0.5],
                    "order": "hwc",
                    "scale": "1./255.",
                }
            },
            {"ToCHWImage": None},
            {"KeepKeys": {"keep_keys": ["image", "shape", "polys", "ignore_tags"]}},
        ]
    },
    "PostProcess": {
        "name": "DBPostProcess",
        "thresh": 0.3,
        "box_thresh": 0.6,
        "max_candidates": 1000,
        "unclip_ratio": 1.5,
    },
}


def recipe(name: str, network: Path) -> str:
    """The text of ``inference.yml`` for the model *name*, whose *network* lies in a
    package."""
    from yaml import safe_dump  # type: ignore[import-untyped]  # it has no types

    rest = DETECTION if name.endswith("_det") else recognition(characters_of(network))
    whole = {"Global": {"model_name": name}, **rest}
    return str(safe_dump(whole, sort_keys=False, allow_unicode=True))


def recognition(characters: list[str]) -> dict[str, Any]:
    """*characters* are those of the outputs after the first, which is CTC's blank.

    As one text they are read at once; a list of so many takes PyYAML two seconds.
    """
    are_single = all(len(character) == 1 for character in characters)
    said = "".join(characters) if are_single else characters
    resize = {"RecResizeImg": {"image_shape": [3, 48, 320]}}
    return {
        "PreProcess": {"transform_ops": [READING, resize]},
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": said},
    }


def characters_of(network: Path) -> list[str]:
    """What *network* can write: an ONNX file says so itself, for one of Paddle's the
    package has a list."""
    if network.suffix != ".onnx":
        package = network.parents[2]
        keys = package / "ch_ppocr_rec" / "ppocr_keys_v1.txt"
        return keys.read_text(encoding="utf-8").splitlines()
    import onnxruntime

    session = onnxruntime.InferenceSession(
        str(network), providers=["CPUExecutionProvider"]
    )
    said = session.get_modelmeta().custom_metadata_map["character"]
    return list(said.splitlines())
