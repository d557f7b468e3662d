"""engines.ppocr.beam: every reading with the sum of its paths."""

from __future__ import annotations

import pytest

from engines.ppocr.beam import readings
from tests.engines.ppocr.lattices import lattice, printed


def test_it_works():
    found = readings(lattice([{"a": 0.75, "o": 0.25}, {"t": 1.0}]), 0, 2)
    assert found == [("at", pytest.approx(0.75)), ("ot", pytest.approx(0.25))]


def test_paths_of_one_reading_add_up():
    found = dict(readings(lattice([{"a": 0.5}, {"a": 0.5}]), 0, 2))
    assert found == {"a": pytest.approx(0.75), "": pytest.approx(0.25)}


def test_a_letter_twice_needs_a_blank_between():
    assert dict(readings(lattice([{"a": 1.0}, {"a": 1.0}]), 0, 2)).keys() == {"a"}
    assert readings(lattice([{"a": 1.0}, {}, {"a": 1.0}]), 0, 3) == [("aa", 1.0)]


def test_only_the_steps_asked_for():
    assert readings(printed("total"), 2, 6)[0][0] == "ot"
