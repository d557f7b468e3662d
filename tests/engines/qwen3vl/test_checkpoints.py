"""Which checkpoint is spoken with, and what is said of one that is not whole."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engines import EngineError, EngineUnavailable, Options
from engines.qwen3vl import Qwen3VL
from engines.qwen3vl.chance import make_tokenizer
from engines.qwen3vl.checkpoints import SIBLINGS
from engines.qwen3vl.network import Network
from engines.qwen3vl.processor import load_processor
from tests.tiny_models import picture

INSTALL = "python manage.py models install qwen3-vl qwen3-vl-2b"
PINNED = {
    "Qwen/Qwen3-VL-2B-Instruct": "89644892e4d85e24eaac8bacfd4f463576704203",
    "Qwen/Qwen3-VL-4B-Instruct": "ebb281ec70b05090aa6165b016eac8ec08e71b17",
    "Qwen/Qwen3-VL-8B-Instruct": "0c351dd01ed87e9c1b53cbc748cba10e6187ff3b",
}


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1000])


def other_network(file: Path) -> None:
    config = file.parent / "config.json"
    said = json.loads(config.read_text())
    config.write_text(json.dumps(said | {"architectures": ["LlamaForCausalLM"]}))


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (Path.unlink, "model.safetensors is missing in"),
    "cut short": (truncate, "model.safetensors is cut short"),
    "empty": (lambda file: file.write_bytes(b"") and None, "is empty"),
    "of another network": (other_network, "config.json names LlamaForCausalLM"),
}


@pytest.fixture
def copy(
    checkpoint: Path, models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(checkpoint, folder)
    monkeypatch.setenv("QWEN_MODEL", str(folder))
    return folder


def test_the_smallest_is_the_usual_one(models: Path) -> None:
    first, *others = Qwen3VL().models()
    assert {model.hub: model.revision for model in (first, *others)} == PINNED
    assert (first.name, first.variable, first.optional) == (
        "qwen3-vl-2b",
        "QWEN_MODEL",
        False,
    )
    assert [model.name for model in others] == ["qwen3-vl-4b", "qwen3-vl-8b"]
    assert all(model.optional and not model.variable for model in others)


def test_a_sibling_may_be_chosen(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QWEN_MODEL", "Qwen/Qwen3-VL-8B-Instruct")
    first, *others = Qwen3VL().models()
    assert (first.name, first.optional) == ("qwen3-vl-8b", False)
    assert [model.name for model in others] == ["qwen3-vl-2b", "qwen3-vl-4b"]
    monkeypatch.setenv("QWEN_REVISION", "abc")
    assert Qwen3VL().models()[0].revision == "abc"


def test_another_repository_may_be_chosen(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QWEN_MODEL", "me/qwen-of-my-own")
    first, *others = Qwen3VL().models()
    assert (first.name, first.hub, first.revision) == (
        "qwen-of-my-own",
        "me/qwen-of-my-own",
        "",
    )
    assert len(others) == len(SIBLINGS)


def test_one_that_was_installed_is_found(checkpoint: Path, models: Path) -> None:
    shutil.copytree(checkpoint, models / "qwen3-vl" / "qwen3-vl-2b")
    assert Qwen3VL().availability().ok
    assert Qwen3VL().read(picture(), Options(extra={"max_tokens": 2})).text


def test_one_in_the_cache_of_the_hub_is_found(
    checkpoint: Path, models: Path, tmp_path: Path
) -> None:
    repository = tmp_path / "hub" / "hub" / "models--Qwen--Qwen3-VL-2B-Instruct"
    revision = PINNED["Qwen/Qwen3-VL-2B-Instruct"]
    shutil.copytree(checkpoint, repository / "snapshots" / revision)
    assert Qwen3VL().availability().ok


def test_none_at_all_is_told_with_the_command_that_helps(models: Path) -> None:
    able = Qwen3VL().availability()
    assert (able.ok, able.reason) == (False, "The model Qwen3-VL 2B is not here.")
    assert able.remedy == INSTALL
    with pytest.raises(EngineUnavailable, match=r"is not here\. python manage\.py"):
        Qwen3VL().read(picture(), Options())


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_one_is_told_before_anything_is_loaded(copy: Path, kind: str) -> None:
    spoil, said = BROKEN[kind]
    spoil(copy / "model.safetensors")
    program = (
        "import sys; from engines.qwen3vl import Qwen3VL;"
        "able = Qwen3VL().availability(); print(able.ok, able.reason);"
        "print({'torch', 'transformers'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"QWEN_MODEL": str(copy), "PATH": "", "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )
    told, loaded = done.stdout.splitlines()
    assert told.startswith("False mine")
    assert said in told
    assert loaded == "set()"
    able = Qwen3VL().availability()
    assert not able.ok
    assert able.remedy
    with pytest.raises(EngineError, match=r"^mine"):
        Qwen3VL().read(picture(), Options())


def test_one_that_cannot_be_loaded_is_told_by_a_sentence(copy: Path) -> None:
    """Its files are whole, but they do not fit together."""
    config = copy / "config.json"
    said = json.loads(config.read_text())
    said["text_config"]["num_hidden_layers"] = "two"
    config.write_text(json.dumps(said))
    with pytest.raises(EngineUnavailable, match=r"could not be loaded from .*\)\.$"):
        Network(copy)


def test_programs_and_pickles_are_never_loaded(copy: Path, tmp_path: Path) -> None:
    mark = tmp_path / "it ran"
    program = f"open({str(mark)!r}, 'w')"
    (copy / "modeling_own.py").write_text(program)
    (copy / "pytorch_model.bin").write_bytes((copy / "model.safetensors").read_bytes())
    said = json.loads((copy / "config.json").read_text())
    own = {"auto_map": {"AutoModelForImageTextToText": "modeling_own.Own"}}
    (copy / "config.json").write_text(json.dumps(said | own))
    Network(copy)
    (copy / "model.safetensors").unlink()
    with pytest.raises(EngineUnavailable):
        Network(copy)
    assert not mark.exists()


def test_pictures_become_tokens_without_torchvision(checkpoint: Path) -> None:
    from engines.qwen3vl.network import questions

    processor = load_processor(checkpoint)
    given = questions(processor, [picture()], "What is the total?")
    number = make_tokenizer().convert_tokens_to_ids
    _, height, width = given["image_grid_thw"][0].tolist()
    row = given["input_ids"][0].tolist()
    assert row.count(number("<|image_pad|>")) == height * width // 4
    assert row.count(number("<|vision_start|>")) == 1
    text = processor.tokenizer.decode(row).replace("<|image_pad|>", "")
    assert text == (
        "<|im_start|>user\n<|vision_start|><|vision_end|>What is the total?<|im_end|>\n"
        "<|im_start|>assistant\n"
    )
