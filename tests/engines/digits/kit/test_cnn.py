"""The classifier of single digits: learning, going on, exports and report."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from PIL import Image

from engines.digits.alphabet import ARABIC
from engines.digits.kit.cnn import CnnPlan, CnnReport, train_cnn
from engines.digits.kit.cnn.net import OCRModel
from engines.digits.kit.cnn.reading import SplitReader
from engines.digits.kit.cnn.report import told
from engines.digits.kit.cnn.training import Trainer
from engines.errors import OcrError
from tests.engines.digits.kit.numbers import printed

PLAN = CnnPlan(samples=60, epochs=5, batch=32, rate=2e-3, judged=5)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CnnReport]:
    folder = tmp_path_factory.mktemp("cnn")
    return folder, train_cnn(folder, PLAN)


def net_of(folder: Path) -> OCRModel:
    net = OCRModel()
    net.load_state_dict(torch.load(folder / "checkpoint.pt", weights_only=True)["net"])
    return net.eval()


def test_the_network_is_as_described() -> None:
    net = OCRModel()
    assert sum(weights.numel() for weights in net.parameters()) == 1_147_466
    assert net(torch.zeros(2, 3, 32, 32)).shape == (2, 10)
    assert OCRModel(21)(torch.zeros(1, 3, 32, 32)).shape == (1, 21)


def test_it_learns(trained: tuple[Path, CnnReport]) -> None:
    _, report = trained
    first, last = report.losses[0][1], report.losses[-1][1]
    assert [seen for seen, _ in report.losses] == [600, 1200, 1800, 2400, 3000]
    assert last < first / 3
    assert report.losses_unseen[-1][1] < 1.0  # by chance 2.3
    assert report.accuracy["clean"] > 0.7  # by chance 0.1, in designs it has not met
    assert report.seen == 3000


def test_before_training_it_knows_nothing() -> None:
    trainer = Trainer(PLAN)
    ((crops, names),) = trainer.unseen.batches(1000, None)
    guessed = trainer.net.eval()(crops).argmax(1)
    assert float((guessed == names).float().mean()) < 0.35


def test_it_goes_on_where_it_was_left(
    trained: tuple[Path, CnnReport], tmp_path: Path
) -> None:
    def leave(seen: int, total: int, loss: float) -> None:
        if seen > 1_500:
            raise KeyboardInterrupt

    heard: list[tuple[int, int]] = []
    with pytest.raises(KeyboardInterrupt):
        train_cnn(tmp_path, PLAN, leave)
    assert not (tmp_path / "report.json").exists()
    report = train_cnn(
        tmp_path, PLAN, lambda seen, total, loss: heard.append((seen, total))
    )
    folder, whole = trained
    # Two epochs were whole; the third begins again.
    assert (heard[0], heard[-1]) == ((1_232, 3_000), (3_000, 3_000))
    assert report.losses == whole.losses
    assert report.judged == whole.judged
    for one, other in zip(
        net_of(tmp_path).parameters(), net_of(folder).parameters(), strict=True
    ):
        assert torch.equal(one, other)


def test_another_plan_does_not_go_on(trained: tuple[Path, CnnReport]) -> None:
    folder, _ = trained
    with pytest.raises(OcrError, match="Another training was begun in"):
        train_cnn(folder, CnnPlan(samples=61))


def test_a_plan_of_nothing_is_refused() -> None:
    with pytest.raises(OcrError, match="needs one sample"):
        CnnPlan(samples=0)


def test_the_exports_agree_with_torch(trained: tuple[Path, CnnReport]) -> None:
    folder, _ = trained
    crops = torch.rand(7, 3, 32, 32, generator=torch.Generator().manual_seed(3))
    with torch.no_grad():
        wanted = net_of(folder)(crops).numpy()
    with warnings.catch_warnings():
        # TorchScript is old in torch 2.13, and what programs without source load.
        warnings.filterwarnings("ignore", "`torch.jit.load`", DeprecationWarning)
        script = torch.jit.load(folder / "model.ts")
    with torch.no_grad():
        assert np.abs(script(crops).numpy() - wanted).max() < 1e-4
    session = onnxruntime.InferenceSession(folder / "model.onnx")
    (logits,) = session.run(["logits"], {"crops": crops.numpy()})
    assert np.abs(logits - wanted).max() < 1e-4
    assert wanted.std() > 0.1


def test_the_report_says_figures_and_confusions(
    trained: tuple[Path, CnnReport],
) -> None:
    folder, report = trained
    written = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert written["plan"]["seed"] == 1
    assert written["accuracy"] == report.accuracy
    assert written["classes"] == ARABIC
    for part in report.judged:
        assert part.glyphs == 50
        right = sum(part.confusion[i][i] for i in range(10))
        wrong = sum(count for _, _, count in part.mistakes())
        assert right + wrong == 50
    text = (folder / "report.txt").read_text(encoding="utf-8")
    assert text == told(report) + "\n"
    assert f"clean: {report.accuracy['clean'] * 100:.2f} % of 50 right" in text


@pytest.mark.parametrize("name", ["loss.png", "confusion.png"])
def test_the_report_has_pictures(trained: tuple[Path, CnnReport], name: str) -> None:
    with Image.open(trained[0] / name) as image:
        assert min(image.size) >= 400
        assert len(set(image.convert("L").tobytes())) > 10


def test_a_number_is_read_digit_by_digit(trained: tuple[Path, CnnReport]) -> None:
    reader = SplitReader(trained[0] / "model.onnx")
    number = reader.read(printed("١٧٠١"))
    assert len(number.text) == len(number.split.parts) == 4
    assert number.text[2] == "٠"
    assert all(0.1 <= sure <= 1 for sure in number.confidences)
    nothing = reader.read(Image.new("RGB", (80, 30), "white"))
    assert (nothing.text, nothing.confidences) == ("", ())


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(OcrError, match="There is no model at"):
        SplitReader(tmp_path / "model.onnx")
