"""engines.digits.kit.runs: trainings in folders, begun and gone on with."""

from __future__ import annotations

import os

import pytest

from engines.digits.kit.corrections import Sorted
from engines.digits.kit.line.training import LinePlan, Step
from engines.digits.kit.runs import (
    hearing,
    in_sentences,
    keep_plan,
    run_tuning,
    unfinished,
    wished,
)
from engines.errors import OcrError

WISHES = {"samples": 100, "seed": 3}


def test_it_goes_on_with_what_it_was_begun_with(tmp_path):
    assert wished(tmp_path / "new", "line", WISHES, False) == WISHES
    keep_plan(tmp_path / "new", "line", WISHES)
    again = wished(tmp_path / "new", "line", {"samples": 200}, True)
    assert again == {"samples": 200, "seed": 3}


def test_nothing_is_trained_over(tmp_path):
    keep_plan(tmp_path, "line", WISHES)
    with pytest.raises(OcrError, match=r"There is a training in .* already"):
        wished(tmp_path, "line", {}, False)


@pytest.mark.parametrize("folder", ["empty", "of-another"])
def test_there_is_nothing_to_go_on_with(tmp_path, folder):
    keep_plan(tmp_path / "of-another", "cnn", {})
    with pytest.raises(OcrError, match="no such training to go on with"):
        wished(tmp_path / folder, "line", {}, True)


def test_the_last_unfinished_one(tmp_path):
    for age, name in enumerate(("newest", "older", "oldest")):
        keep_plan(tmp_path / name, "line", {})
        os.utime(tmp_path / name / "plan.json", (1_000 - age, 1_000 - age))
    keep_plan(tmp_path / "another", "cnn", {})
    (tmp_path / "newest" / "report.json").touch()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "plan.json").write_text("{")
    assert unfinished(tmp_path, "line") == tmp_path / "older"
    with pytest.raises(OcrError, match="There is no unfinished training"):
        unfinished(tmp_path, "tuned")


def test_tuning_needs_a_model(tmp_path):
    wishes = {"begin": str(tmp_path)}
    with pytest.raises(OcrError, match="There are no weights in"):
        run_tuning(tmp_path / "new", [], wishes, False, print, print)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("plan", "share"),
    [
        (LinePlan(samples=200), 0.25),
        (LinePlan(samples=200, minutes=2), 0.5),
        (LinePlan(samples=200, minutes=0.1), 1.0),
    ],
)
def test_how_far_it_is(plan, share):
    told = []
    hear = hearing(lambda *one: told.append(one), plan)
    hear(Step(50, 200, 1.2345, 2e-3, 60.0))
    assert told == [(share, "50 of 200 samples, loss 1.234")]


def test_what_became_of_corrections():
    assert in_sentences(Sorted()) == "Corrections: 0 to learn from, 0 held out."
    assert in_sentences(Sorted(broken=2, unlike=3)) == (
        "Corrections: 0 to learn from, 0 held out. Left out, because the file of the "
        "crop is broken: 2. Left out, because the crop seems to show something else: 3."
    )
