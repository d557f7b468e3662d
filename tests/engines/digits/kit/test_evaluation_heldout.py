"""engines.digits.kit.evaluation.heldout: a test set that stays as it is."""

from __future__ import annotations

import json

import pytest

from engines.digits.alphabet import SYMBOLS
from engines.digits.kit.evaluation import heldout
from engines.digits.kit.evaluation.heldout import LEVELS, Part, held_out, is_frozen
from engines.digits.kit.fonts import faces


@pytest.mark.parametrize("level", LEVELS)
def test_the_test_set_is_drawn_as_it_was_frozen(level):
    assert is_frozen(level), "drawn otherwise: see bench_digits --freeze"


def test_another_drawing_is_noticed(tmp_path):
    written = json.loads(heldout.FROZEN.read_text(encoding="utf-8"))
    first, *others = written["clean"]
    moved = tmp_path / "frozen.json"
    for key, value in (("text", "7"), ("family", "?"), ("size", [1, 1]), ("mean", 0)):
        moved.write_text(json.dumps({"clean": [{**first, key: value}, *others]}))
        assert not is_frozen("clean", moved)
    moved.write_text(json.dumps({"clean": others}))
    assert not is_frozen("clean", moved)
    heldout.freeze(moved)
    assert is_frozen("clean", moved)


def test_faces_that_are_not_here_are_missed(monkeypatch):
    here = faces("held-out")
    rows = tuple({"split": "held-out"} for _ in here)
    monkeypatch.setattr("engines.digits.kit.fonts.listed", lambda: rows)
    assert heldout.is_whole()
    monkeypatch.setattr("engines.digits.kit.fonts.listed", lambda: (*rows, rows[0]))
    assert not heldout.is_whole()


@pytest.mark.parametrize("is_display", [False, True])
def test_only_designs_that_no_training_has_seen(is_display):
    crops = list(held_out(Part("medium", is_display, 40)))
    drawn_in = {crop.family for crop in crops}
    display = {face.family for face in faces("held-out") if face.is_display}
    assert len(crops) == 40
    assert drawn_in <= {face.family for face in faces("held-out")}
    assert not drawn_in & {face.family for face in faces("train")}
    assert bool(drawn_in & display) == is_display
    assert {crop.is_display for crop in crops} == {is_display}


def test_more_than_half_is_in_eastern_digits():
    crops = list(held_out(Part("clean", False, 300)))
    eastern = sum(crop.script != "western" for crop in crops)
    assert 0.5 < eastern / 300 < 0.64
    assert all(set(crop.text) <= set(SYMBOLS) for crop in crops)
    assert {"arabic", "persian", "western"} == {crop.script for crop in crops}


def test_what_is_kept_is_what_was_made(tmp_path):
    part = Part("hard", False, 5)
    made, kept = list(held_out(part)), list(held_out(part, tmp_path))
    again = list(held_out(part, tmp_path))
    for one, other, third in zip(made, kept, again, strict=True):
        assert one.image.tobytes() == other.image.tobytes() == third.image.tobytes()
        assert (one.text, one.family, one.script) == (
            other.text,
            other.family,
            other.script,
        )


def test_what_was_drawn_otherwise_is_not_taken_from_the_cache(tmp_path, monkeypatch):
    part = Part("clean", False, 2)
    list(held_out(part, tmp_path))
    monkeypatch.setattr(heldout, "beginning", lambda level: [level])
    list(held_out(part, tmp_path))
    assert len(list(tmp_path.iterdir())) == 2


def test_parts():
    assert [part.name for part in heldout.parts(("clean", "hard"), 2, 1)] == [
        "clean",
        "hard",
        "clean, display faces",
        "hard, display faces",
    ]
    assert len(heldout.parts(LEVELS, 2, 0)) == 3
