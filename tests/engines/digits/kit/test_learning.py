"""engines.digits.kit.line.training: it learns, stops and goes on."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from engines.digits.kit.evaluation.readers import network_reader
from engines.digits.kit.evaluation.scoring import Judged, score
from engines.digits.kit.line import LinePlan, Step, batches, train_line
from tests.engines.digits.kit.learning import number, small_set

PLAN = LinePlan(samples=2_000, rate=3e-3, workers=0, uses=1, pool=256)
UNSEEN = range(100)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """Many steps make up for few samples."""
    monkeypatch.setattr(batches, "COLUMNS", 1_200)


def wrong_digits(folder) -> float:
    """Of strings longer than all that were learnt, so that none of them was seen."""
    read = network_reader(folder)
    unseen = [number(seed, 6, 9) for seed in UNSEEN]
    return 1 - score([Judged(one, read(one.image)) for one in unseen]).digit_accuracy


def test_it_learns_in_two_minutes(tmp_path):
    train_line(tmp_path / "before", replace(PLAN, samples=1), source=small_set())
    report = train_line(tmp_path / "after", PLAN, source=small_set())
    assert wrong_digits(tmp_path / "before") > 0.9
    assert wrong_digits(tmp_path / "after") < 0.2
    assert report.samples >= PLAN.samples
    assert report.loss < 5  # over the last fifty steps; it begins above 40


def test_it_stops_and_goes_on(tmp_path):
    plan = replace(PLAN, samples=120, pool=32)
    seen: list[int] = []

    def stop(step: Step) -> None:
        seen.append(step.samples)
        if step.samples >= 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train_line(tmp_path, plan, stop, source=small_set())
    assert (tmp_path / "checkpoint.pt").is_file()
    assert not (tmp_path / "line.onnx").exists()
    kept = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    assert kept["seen"] == seen[-1]
    again: list[int] = []
    report = train_line(
        tmp_path, plan, lambda step: again.append(step.samples), source=small_set()
    )
    assert seen[-1] < again[0] < seen[-1] + 60  # not from the beginning
    assert report.samples >= plan.samples
    assert (tmp_path / "line.onnx").is_file()
