"""engines.paddleocr.recipes: what inference.yml says, as PyYAML reads it back."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import yaml

from engines.paddleocr.recipes import characters_of, recipe

SPEC = find_spec("rapidocr")
assert SPEC is not None
assert SPEC.origin is not None
MODELS = Path(SPEC.origin).parent / "models"
RECOGNITION = MODELS / "PP-OCRv6_rec_small.onnx"


def test_characters_come_back_as_they_are():
    characters = characters_of(RECOGNITION)
    assert len(characters) == 18_708
    said = yaml.safe_load(recipe("PP-OCRv6_small_rec", RECOGNITION))
    assert said["Global"] == {"model_name": "PP-OCRv6_small_rec"}
    assert list(said["PostProcess"]["character_dict"]) == characters


def test_finding_lines():
    said = yaml.safe_load(recipe("PP-OCRv6_small_det", MODELS / "any.onnx"))
    assert said["Global"] == {"model_name": "PP-OCRv6_small_det"}
    assert said["PostProcess"]["name"] == "DBPostProcess"
    assert [next(iter(step)) for step in said["PreProcess"]["transform_ops"]] == [
        "DecodeImage",
        "DetLabelEncode",
        "DetResizeForTest",
        "NormalizeImage",
        "ToCHWImage",
        "KeepKeys",
    ]


def test_a_network_of_paddle_has_its_characters_beside_it(tmp_path):
    network = tmp_path / "models" / "ch_PP-OCRv4_rec_infer" / "inference.pdmodel"
    keys = tmp_path / "ch_ppocr_rec" / "ppocr_keys_v1.txt"
    keys.parent.mkdir()
    keys.write_text("a\n·\n中\n", encoding="utf-8")
    assert characters_of(network) == ["a", "·", "中"]
