"""engines.openocr.weights: recognisers as folders, checkpoints as safetensors."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from engines.errors import EngineError, EngineUnavailable
from engines.openocr.weights import (
    Recogniser,
    convert_checkpoint,
    found_recognisers,
    recogniser_called,
    write_recogniser,
)

STATE = {"one": torch.arange(6.0).reshape(2, 3).T, "two": torch.ones(1)}


def test_it_works(models):
    written = write_recogniser(models / "mine", "svtrv2", ["a", "é", "合"], STATE)
    weights = models / "mine" / "model.safetensors"
    assert written == Recogniser("mine", "svtrv2", ("a", "é", "合"), weights, None)
    assert found_recognisers() == (written,)
    assert recogniser_called("mine") == written
    assert {x: t.tolist() for x, t in load_file(weights).items()} == {
        "one": [[0, 3], [1, 4], [2, 5]],
        "two": [1],
    }
    assert weights.stat().st_mode & 0o777 == 0o644  # workers may be other users


def test_one_with_openocrs_own_characters_and_an_export(models):
    write_recogniser(models / "mine", "repsvtr", (), STATE)
    onnx = models / "mine" / "model.onnx"
    onnx.touch()
    assert recogniser_called("mine").characters == ()
    assert recogniser_called("mine").onnx == onnx
    assert not (models / "mine" / "dict.txt").exists()
    write_recogniser(models / "mine", "repsvtr", (), STATE)
    assert recogniser_called("mine").onnx is None  # it was that of other weights


def test_weights_that_share_their_memory(models):
    shared = {"one": STATE["two"], "two": STATE["two"]}
    mine = write_recogniser(models / "mine", "repsvtr", (), shared)
    assert load_file(mine.weights).keys() == {"one", "two"}


@pytest.mark.parametrize(
    ("name", "architecture", "characters"),
    [
        ("mobile", "repsvtr", ["a"]),
        ("mine", "transformer", ["a"]),
        ("mine", "repsvtr", ["a", " "]),
        ("mine", "repsvtr", ["a", ""]),
        ("mine", "repsvtr", ["a", "\n"]),
    ],
)
def test_what_can_be_no_recogniser(models, name, architecture, characters):
    with pytest.raises(ValueError, match=r"space|, m"):
        write_recogniser(models / name, architecture, characters, STATE)
    assert list(models.iterdir()) == []


@pytest.mark.parametrize(
    "config",
    [
        None,
        "no json",
        "[]",
        "{}",
        json.dumps({"architecture": "repsvtr", "characters": "gone.txt"}),
        json.dumps({"architecture": "repsvtr", "characters": "../../secrets"}),
        json.dumps({"architecture": ["repsvtr"]}),
        json.dumps({"architecture": "other"}),
    ],
)
def test_a_folder_that_is_not_whole_is_none(models, config):
    write_recogniser(models / "mine", "repsvtr", (), STATE)
    (models.parent / "secrets").write_text("a", encoding="utf-8")
    if config is None:
        (models / "mine" / "config.json").unlink()
    else:
        (models / "mine" / "config.json").write_text(config, encoding="utf-8")
    assert found_recognisers() == ()
    with pytest.raises(EngineUnavailable, match="There is no recogniser “mine”"):
        recogniser_called("mine")


def test_no_folder_at_all(monkeypatch, tmp_path):
    monkeypatch.setenv("OCR_MODELS", str(tmp_path / "nowhere"))
    assert found_recognisers() == ()


@pytest.mark.parametrize("key", ["state_dict", ""])
def test_a_checkpoint_becomes_safetensors(tmp_path, key):
    path = tmp_path / "model.pth"
    torch.save({key: STATE, "epoch": 3} if key else STATE, path)
    made = convert_checkpoint(path)
    assert made == tmp_path / "model.safetensors"
    assert {x: t.tolist() for x, t in load_file(made).items()} == {
        name: tensor.tolist() for name, tensor in STATE.items()
    }


class Nasty:
    """What a pickle may do when it is opened."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


def test_a_pickle_from_an_unknown_place(tmp_path):
    path = tmp_path / "model.pth"
    torch.save({"state_dict": STATE, "more": Nasty(tmp_path / "ran")}, path)
    with pytest.raises(EngineError, match=r"model\.pth is no checkpoint that can be"):
        convert_checkpoint(path)
    assert [file.name for file in tmp_path.iterdir()] == ["model.pth"]


@pytest.mark.parametrize("held", [{}, {"epoch": 3}, [1, 2], {"state_dict": {"a": 1}}])
def test_a_checkpoint_without_weights(tmp_path, held):
    path = tmp_path / "model.pth"
    torch.save(held, path)
    with pytest.raises(EngineError, match=r"model\.pth holds no weights\."):
        convert_checkpoint(path)


def test_a_file_that_is_no_checkpoint(tmp_path):
    path = tmp_path / "model.pth"
    path.write_bytes(pickle.dumps([1])[:3])
    with pytest.raises(EngineError, match="is no checkpoint"):
        convert_checkpoint(path)
