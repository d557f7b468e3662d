"""engines.openocr.kit.exporting: ONNX that answers as torch does, or no file."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from engines.digits.store import FLOAT, SHIPPED
from engines.errors import EngineUnavailable, OcrError
from engines.openocr.kit import export
from engines.openocr.kit.exporting import export_onnx
from engines.openocr.kit.networks import build, fused
from engines.openocr.weights import (
    CHARACTERS,
    WEIGHTS,
    recogniser_called,
    write_recogniser,
)
from tests.engines.openocr_kit.folders import lively


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCR_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def recogniser(models: Path, architecture: str, name: str = "mine") -> Path:
    torch.manual_seed(1)
    net = lively(build(architecture, 12))
    folder = models / "openocr" / name
    write_recogniser(folder, architecture, tuple("0123456789"), net.state_dict())
    return folder


def exported(*names: str, out: Path | None = None, check: bool = False) -> list[str]:
    said: list[str] = []
    export_onnx(list(names), out, check, said.append)
    return said


@pytest.mark.parametrize("architecture", ["repsvtr", "svtrv2"])
def test_it_answers_as_torch_does(models: Path, architecture: str) -> None:
    folder = recogniser(models, architecture)
    (said,) = exported("mine")
    words, _, apart = said.removesuffix(".").rpartition(" ")
    assert words == f"mine: {folder / 'model.onnx'} written: the same as torch to"
    assert 0 < float(apart) <= 1e-4
    assert {path.name for path in folder.iterdir()} == {
        "config.json",
        CHARACTERS,
        WEIGHTS,
        "model.onnx",
    }
    net = export.network_of(recogniser_called("mine")).net
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
    for size in ((1, 3, 48, 48), (5, 3, 48, 203)):  # none that the export has tried
        crops = torch.rand(size) * 2 - 1
        with torch.inference_mode():
            wanted = net(crops).numpy()
        got = session.run(["output"], {"input": crops.numpy()})[0]
        assert np.abs(got - wanted).max() <= 1e-4
        assert np.ptp(wanted, axis=1).max() > 0.01  # it is no constant


def test_repsvtr_is_fused(models: Path) -> None:
    import onnx

    folder = recogniser(models, "repsvtr")
    exported("mine")
    graph = onnx.load(folder / "model.onnx").graph
    assert not [node for node in graph.node if node.op_type == "BatchNormalization"]
    left = fused(build("repsvtr", 12)).modules()
    convolutions = sum(isinstance(part, torch.nn.Conv2d) for part in left)
    assert sum(node.op_type == "Conv" for node in graph.node) == convolutions


def test_without_a_name_all_among_the_models(models: Path, tmp_path: Path) -> None:
    recogniser(models, "repsvtr", "one")
    digits(models, "line-2026")
    said = exported(out=tmp_path / "out")
    assert [words.partition(":")[0] for words in said] == ["one", "digits/line-2026"]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "one.onnx",
        "digits-line-2026.onnx",
    }


def test_the_digits_that_come_along(tmp_path: Path) -> None:
    (said,) = exported("digits", out=tmp_path / "out")
    assert said.startswith(f"digits: {tmp_path / 'out' / 'digits.onnx'} written: ")
    with pytest.raises(OcrError, match="say where to by --out"):
        exported("digits")


def test_a_digit_model_is_written_where_its_training_does(models: Path) -> None:
    own = digits(models, "line-2026")
    before = (own / FLOAT).read_bytes()
    exported("digits/line-2026")
    assert (own / FLOAT).read_bytes() == before
    assert [path.name for path in own.iterdir()] == [FLOAT]


def test_a_classifier_of_single_digits(models: Path) -> None:
    from engines.digits.kit.checkpoints import save_checkpoint
    from engines.digits.kit.cnn.export import export as export_cnn
    from engines.digits.kit.cnn.net import OCRModel

    own = models / "digits" / "cnn"
    own.mkdir(parents=True)
    net = OCRModel(10)
    save_checkpoint(own, {"net": net.state_dict()})
    export_cnn(net, own)
    (own / "model.onnx").unlink()
    (said,) = exported("digits/cnn")
    assert said.startswith(f"digits/cnn: {own / 'model.onnx'} written: the same as ")
    assert {path.name for path in own.iterdir()} == {
        "checkpoint.pt",
        "model.ts",
        "model.onnx",
    }


def test_one_that_differs_leaves_no_file(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = recogniser(models, "repsvtr")

    def wrongly_fused(net: torch.nn.Module) -> torch.nn.Module:
        one = fused(net)
        one.get_parameter("decoder.fc.bias").data[3] += 0.05
        return one

    monkeypatch.setattr(export, "fused", wrongly_fused)
    with pytest.raises(OcrError, match="answers otherwise than the network in torch: "):
        exported("mine")
    assert not list(folder.glob("*.onnx"))


def test_checked_without_being_written(models: Path) -> None:
    own = digits(models, "mine")
    stamp = (own / FLOAT).stat().st_mtime_ns
    (said,) = exported("digits/mine", check=True)
    assert said.startswith(f"digits/mine: {own / FLOAT} is the same as torch to ")
    assert (own / FLOAT).stat().st_mtime_ns == stamp


def test_checked_where_it_is_not_or_is_another(models: Path, tmp_path: Path) -> None:
    digits(models, "mine")
    with pytest.raises(
        EngineUnavailable, match="“digits/mine” is not exported: there "
    ):
        exported("digits/mine", out=tmp_path, check=True)
    (tmp_path / "digits-mine.onnx").write_bytes(b"nothing of the kind")
    with pytest.raises(OcrError, match=r"digits-mine\.onnx cannot be run: "):
        exported("digits/mine", out=tmp_path, check=True)


def test_unknown_names(models: Path) -> None:
    with pytest.raises(EngineUnavailable) as refused:
        exported("none")
    assert str(refused.value) == (
        "There is no network “none” to export. There are: digits"
    )
    with pytest.raises(EngineUnavailable, match="There is nothing to export among"):
        exported()


def digits(models: Path, name: str) -> Path:
    own = models / "digits" / name
    own.mkdir(parents=True)
    shutil.copy(SHIPPED / FLOAT, own / FLOAT)
    return own
