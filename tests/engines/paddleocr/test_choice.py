"""engines.paddleocr.choice: which models read, and what runs them."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from engines import EngineError, Options
from engines.errors import EngineUnavailable
from engines.paddleocr import choice
from engines.paddleocr.catalogue import BY_NAME, MODELS, READS, best_recogniser
from engines.paddleocr.choice import Choice, choose, runs_on, schema

USUAL = Choice("onnxruntime", "PP-OCRv6_small_det", "PP-OCRv6_small_rec")


def wishing(*languages: str, **extra: object) -> Options:
    return Options(languages=languages or ("eng",), extra=extra)


def lies_here(root: Path, name: str, *files: str) -> None:
    """A folder that looks like a model's: nothing of it is loaded here."""
    folder = root / "paddleocr" / name
    folder.mkdir(parents=True)
    for file in ("inference.yml", *files):
        content = b"{}" if file.endswith(".json") else b"it looks like one"
        (folder / file).write_bytes(content)


PADDLE = ("inference.json", "inference.pdiparams")


def test_it_works(root):
    assert choose(Options()) == USUAL
    assert choose(wishing(runtime="auto", detection="auto", recognition="")) == USUAL
    assert USUAL.names == ("PP-OCRv6_small_det", "PP-OCRv6_small_rec")


@pytest.mark.parametrize(
    ("languages", "name"),
    [
        (("eng",), "PP-OCRv6_small_rec"),
        (("ara",), "arabic_PP-OCRv5_mobile_rec"),
        (("ara", "eng"), "arabic_PP-OCRv5_mobile_rec"),
        (("eng", "ara"), "arabic_PP-OCRv5_mobile_rec"),
        (("rus", "fra"), "cyrillic_PP-OCRv5_mobile_rec"),
        (("xxx",), "PP-OCRv6_small_rec"),
        ((), "PP-OCRv6_small_rec"),
    ],
)
def test_the_recogniser_that_reads_most_of_the_languages(languages, name):
    here = (
        "PP-OCRv6_small_rec",
        "arabic_PP-OCRv5_mobile_rec",
        "cyrillic_PP-OCRv5_mobile_rec",
    )
    assert best_recogniser(languages, here) == name


def test_models_that_are_wished_for_by_name_and_not_here(root):
    with pytest.raises(EngineUnavailable) as said:
        choose(wishing(detection="PP-OCRv5_server_det"))
    assert str(said.value) == (
        "The model PP-OCRv5 server detection is not here. "
        "python manage.py models install paddleocr PP-OCRv5_server_det"
    )


@pytest.mark.parametrize("key", ["detection", "recognition", "runtime"])
def test_a_wish_for_what_does_not_exist(root, key):
    with pytest.raises(EngineError, match=r"^PaddleOCR has no “x”\. Choose one of: "):
        choose(wishing(**{key: "x"}))


def test_the_runtime_follows_the_files(root, monkeypatch):
    lies_here(root, "PP-OCRv5_mobile_det", *PADDLE)
    lies_here(root, "PP-OCRv5_mobile_rec", *PADDLE)
    assert runs_on("PP-OCRv5_mobile_rec") == ("paddle",)
    assert choose(Options()) == USUAL
    monkeypatch.setattr(choice, "is_installed", lambda runtime: True)
    paddle = Choice("paddle", "PP-OCRv5_mobile_det", "PP-OCRv5_mobile_rec")
    assert choose(wishing(runtime="paddle")) == paddle
    assert choose(wishing(recognition="PP-OCRv5_mobile_rec")) == paddle
    monkeypatch.setattr(choice, "is_installed", lambda runtime: runtime == "paddle")
    assert choose(Options()) == paddle


def test_a_folder_with_both_formats_runs_on_either(root):
    lies_here(root, "UVDoc", *PADDLE, "inference.onnx")
    (root / "paddleocr" / "UVDoc" / "inference.onnx").write_bytes(b"\x08\x08:\0")
    assert runs_on("UVDoc") == ("onnxruntime", "paddle")


def test_paddle_is_wished_for_and_not_installed(root, monkeypatch):
    monkeypatch.setattr(choice, "is_installed", lambda name: name == "onnxruntime")
    with pytest.raises(EngineUnavailable) as said:
        choose(wishing(runtime="paddle"))
    assert str(said.value) == (
        "PaddleOCR wants the package paddle: "
        "pip install -r requirements/paddle-inference.txt"
    )


def test_models_that_nothing_runs_together(root, monkeypatch):
    lies_here(root, "PP-OCRv5_mobile_rec", *PADDLE)
    monkeypatch.setattr(choice, "is_installed", lambda name: name == "onnxruntime")
    with pytest.raises(
        EngineUnavailable, match=r"^Nothing here runs the chosen models"
    ):
        choose(wishing(recognition="PP-OCRv5_mobile_rec"))


def test_the_schema_offers_what_is_here(root):
    offered = schema()["properties"]
    assert offered["detection"]["enum"] == ["auto", "PP-OCRv6_small_det"]
    assert offered["recognition"]["enum"] == ["auto", "PP-OCRv6_small_rec"]
    lies_here(root, "PP-OCRv5_server_det", "inference.onnx")
    network = root / "paddleocr" / "PP-OCRv5_server_det" / "inference.onnx"
    network.write_bytes(b"\x08\x08:\0")  # the least that has a network in it
    offered = schema()["properties"]["detection"]["enum"]
    assert offered == ["auto", "PP-OCRv6_small_det", "PP-OCRv5_server_det"]
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_option_says_what_it_is():
    own = {
        name: about
        for name, about in schema()["properties"].items()
        if name not in ("languages", "max_side")
    }
    assert set(own) == {
        "detection",
        "recognition",
        "orientation",
        "unwarp",
        "runtime",
    }
    assert all(
        {"title", "description", "default"} <= about.keys() for about in own.values()
    )


def test_every_model_has_a_hub_or_a_package():
    assert [m.name for m in MODELS if not m.optional] == [*USUAL.names]
    for model in MODELS:
        assert model.engine == "paddleocr"
        assert bool(model.package) != (model.hub == f"PaddlePaddle/{model.name}_onnx")
    assert set(READS) <= set(BY_NAME)
