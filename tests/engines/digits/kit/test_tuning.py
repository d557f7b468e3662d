"""engines.digits.kit.tuning: made samples and corrections, mixed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from random import Random

import numpy as np
import pytest
import torch
from PIL import Image

from engines.digits.kit import tuning
from engines.digits.kit.line.export import export_line
from engines.digits.kit.line.net import LineNet
from engines.digits.kit.line.weights import load_from_onnx
from engines.digits.kit.tuning import mixed, tune, tuning_plan, varied
from engines.errors import EngineError
from tests.engines.digits.kit.learning import number, small_set

CORRECTIONS = [number(seed, 7, 7) for seed in range(5)]


def test_corrections_stand_among_made_samples():
    found = list(islice(mixed(CORRECTIONS, small_set(), Random(1)), 600))
    lengths = Counter(len(classes) == 7 for _, classes in found)
    assert lengths[True] == pytest.approx(tuning.SHARE * 600, rel=0.15)
    shown = {classes for _, classes in found if len(classes) == 7}
    assert len(shown) == len(CORRECTIONS)  # each of them


def test_a_correction_is_shown_otherwise_each_time():
    image = CORRECTIONS[0].image
    once, again, other = (varied(image, Random(seed)) for seed in (1, 1, 2))
    assert once.tobytes() == again.tobytes()
    assert (once.size, once.tobytes()) != (other.size, other.tobytes())
    for one in (once, other):
        assert 0.9 < one.width / image.width < 1.1
        assert np.asarray(one).min() < 100 < np.asarray(one).max()


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (400, 3)])
def test_crops_of_any_size(size):
    assert varied(Image.new("L", size, 200), Random(1)).size >= (8, 8)


@pytest.mark.parametrize(
    ("corrections", "samples", "total"),
    [(20, None, 2_286), (100, None, 11_429), (10_000, None, 40_000), (20, 64, 64)],
)
def test_how_long(corrections, samples, total):
    assert tuning_plan(corrections, samples).samples == total


def test_it_begins_with_the_weights_of_the_old_model(tmp_path, monkeypatch):
    """By a step so small that it changes next to nothing."""
    monkeypatch.setattr(tuning, "examples", lambda seeds, workers: small_set())
    old, begin, new = LineNet(), tmp_path / "old", tmp_path / "new"
    begin.mkdir()
    export_line(old, begin / "line.onnx")
    plan = replace(tuning_plan(5, 8), rate=1e-9, pool=8)
    report = tune(new, CORRECTIONS, begin, plan)
    assert report.samples >= 8
    tuned = LineNet()
    load_from_onnx(tuned, new / "line.onnx")
    for name, kept in old.named_parameters():
        assert torch.allclose(kept, tuned.get_parameter(name), atol=1e-6)


def test_whole_weights_are_preferred_to_those_made_smaller(tmp_path):
    (tmp_path / "line.onnx").write_bytes(b"made smaller")
    (tmp_path / "float.onnx").write_bytes(b"whole")
    with pytest.raises(EngineError, match=r"float\.onnx"):
        tune(tmp_path / "new", CORRECTIONS, tmp_path, tuning_plan(5, 8))
