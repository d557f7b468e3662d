"""A folder that holds a model, or nearly."""

from __future__ import annotations

import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from engines.digits.store import SHIPPED
from engines.models import Model
from engines.models.checks import Trouble, trouble_with
from tests.engines.models.made import TINY, checkpoint, save, sharded
from tests.engines.models.test_formats import POINTER

PADDLE = Model("paddleocr", "det", "Det", "paddle", ())


def said(folder: Path, model: Model = TINY) -> str:
    trouble = trouble_with(model, folder)
    return trouble.sentence if trouble else ""


def test_whole_models_have_no_trouble(tmp_path: Path) -> None:
    assert trouble_with(TINY, checkpoint(tmp_path / "one")) is None
    assert trouble_with(TINY, sharded(tmp_path / "two")) is None
    by_index = replace(TINY, files=("model.safetensors.index.json",))
    assert trouble_with(by_index, tmp_path / "one") is None


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    assert said(tmp_path) == (
        f"Tiny 2B: config.json, model.safetensors is missing in {tmp_path}."
    )


def test_a_config_of_another_network(tmp_path: Path) -> None:
    checkpoint(tmp_path, "LlamaForCausalLM")
    assert said(tmp_path) == (
        "Tiny 2B: config.json names LlamaForCausalLM, "
        "where TinyForConditionalGeneration belongs."
    )
    assert said(tmp_path, replace(TINY, architectures=())) == ""


@pytest.mark.parametrize(
    "config", ['{"architectures": [}', "[]", '{"a": 1}', '{"architectures": 3}']
)
def test_a_config_that_tells_nothing(tmp_path: Path, config: str) -> None:
    checkpoint(tmp_path)
    (tmp_path / "config.json").write_text(config)
    assert said(tmp_path).startswith("Tiny 2B: config.json ")


def test_a_shard_is_missing(tmp_path: Path) -> None:
    (sharded(tmp_path) / "model-2-of-2.safetensors").unlink()
    assert said(tmp_path) == (
        "Tiny 2B: model-2-of-2.safetensors, "
        "which model.safetensors.index.json names, is missing."
    )


def test_a_shard_is_cut_short(tmp_path: Path) -> None:
    shard = sharded(tmp_path) / "model-1-of-2.safetensors"
    shard.write_bytes(shard.read_bytes()[:-2])
    assert said(tmp_path).startswith("Tiny 2B: model-1-of-2.safetensors is cut short")


def test_a_shard_of_another_checkpoint(tmp_path: Path) -> None:
    save(sharded(tmp_path) / "model-1-of-2.safetensors", "c")
    assert said(tmp_path) == (
        "Tiny 2B: model-1-of-2.safetensors lacks weights that "
        "model.safetensors.index.json says are in it."
    )


@pytest.mark.parametrize(
    "index", ["{}", '{"weight_map": 3}', '{"weight_map": {"a": 3}}']
)
def test_an_index_that_is_none(tmp_path: Path, index: str) -> None:
    (sharded(tmp_path) / "model.safetensors.index.json").write_text(index)
    assert said(tmp_path) == (
        "Tiny 2B: model.safetensors.index.json is damaged or of another kind."
    )


def test_a_pointer_in_a_checkout_is_pulled(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "repo")
    (folder / "model.safetensors").write_bytes(POINTER)
    sentence = (
        "Tiny 2B: model.safetensors is a pointer of Git LFS, "
        "not the file that it points to."
    )
    assert trouble_with(TINY, folder) == Trouble(sentence)
    (folder / ".git").mkdir()
    assert trouble_with(TINY, folder) == Trouble(sentence, f"git -C {folder} lfs pull")


def test_pickles_are_refused_and_the_remedy_converts_them(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "a model")
    shared = torch.arange(6.0)
    torch.save({"a": shared, "tied": shared}, folder / "pytorch_model-1-of-2.bin")
    torch.save({"state_dict": {"b": shared}}, folder / "pytorch_model-2-of-2.bin")
    torch.save({"lr": 0.1}, folder / "training_args.bin")
    (folder / "model.safetensors").unlink()
    trouble = trouble_with(TINY, folder)
    assert trouble is not None
    assert trouble.sentence == (
        f"Tiny 2B: the weights in {folder} are pickled (pytorch_model-1-of-2.bin, "
        "pytorch_model-2-of-2.bin), and a pickle can run any program when it is "
        "loaded: convert it."
    )
    python, *words = shlex.split(trouble.remedy)
    assert python == "python"
    subprocess.run([sys.executable, *words], check=True)
    assert trouble_with(TINY, folder) is None
    converted = load_file(folder / "model.safetensors")
    values = shared.tolist()
    assert {name: x.tolist() for name, x in converted.items()} == {
        "a": values,
        "tied": values,
        "b": values,
    }


def test_pickles_beside_whole_weights_are_no_matter(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path)
    (folder / "pytorch_model.bin").write_bytes(b"pickle")
    assert said(folder) == ""
    (folder / "config.json").unlink()
    assert said(folder) == f"Tiny 2B: config.json is missing in {folder}."


def test_each_pickle_becomes_the_file_that_is_called_like_it(tmp_path: Path) -> None:
    names = ("det.safetensors", "rec.safetensors")
    two = replace(TINY, files=names)
    for name in ("det.pth", "rec.pth"):
        (tmp_path / name).write_bytes(b"pickle")
    trouble = trouble_with(two, tmp_path)
    assert trouble is not None
    assert [shlex.split(command)[3:] for command in trouble.remedy.split(" && ")] == [
        [str(tmp_path / "det.safetensors"), str(tmp_path / "det.pth")],
        [str(tmp_path / "rec.safetensors"), str(tmp_path / "rec.pth")],
    ]


def paddle(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text("{}")
    return folder


def test_paddle_takes_any_of_three_shapes(tmp_path: Path) -> None:
    new = paddle(tmp_path / "new", "inference.yml", "inference.json")
    assert said(new, PADDLE) == f"Det: inference.pdiparams is missing in {new}."
    assert said(paddle(new, "inference.pdiparams"), PADDLE) == ""
    old = ("inference.yml", "inference.pdmodel", "inference.pdiparams")
    assert said(paddle(tmp_path / "old", *old), PADDLE) == ""
    onnx = paddle(tmp_path / "onnx", "inference.yml")
    assert said(onnx, PADDLE) == f"Det: inference.onnx is missing in {onnx}."
    (onnx / "inference.onnx").write_bytes((SHIPPED / "line.onnx").read_bytes())
    assert said(onnx, PADDLE) == ""
    (onnx / "inference.yml").unlink()
    assert said(onnx, PADDLE) == f"Det: inference.yml is missing in {onnx}."
