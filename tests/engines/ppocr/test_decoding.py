"""engines.ppocr.decoding: the best path, and what is kept beside it."""

from __future__ import annotations

import pytest

from engines.ppocr.decoding import Symbol, decode, mean_probability, typical_pitch
from tests.engines.ppocr.lattices import lattice, printed


def test_it_works():
    symbols = decode(lattice([{"a": 0.75}, {"a": 0.5, "b": 0.25}, {}, {"b": 1.0}]))
    assert symbols == [Symbol("a", 0, 2, 0.75), Symbol("b", 3, 4, 1.0)]


def test_a_blank_parts_two_of_the_same():
    symbols = decode(lattice([{"a": 1.0}, {}, {"a": 1.0}]))
    assert [symbol.character for symbol in symbols] == ["a", "a"]


def test_nothing_printed():
    assert decode(lattice([{}, {}])) == []
    assert decode(lattice([])) == []


def test_highest_is_sought_between_two_steps_only():
    seen = printed("12", gap0={".": 0.25})
    assert seen.highest(".", 1, 2) == 0.25
    assert seen.highest(".", 2, 3) == 0.0
    assert seen.highest(".", 2, 2) == 0.0
    assert seen.highest("€", 0, 4) == 0.0


def test_pitch_is_the_median_distance():
    assert typical_pitch(decode(printed("abc"))) == 2.0
    assert typical_pitch([]) == 1.0


def test_mean_probability():
    assert mean_probability([]) == 0.0
    symbols = [Symbol("a", 0, 1, 0.5), Symbol("b", 1, 2, 1.0)]
    assert mean_probability(symbols) == pytest.approx(0.75)
