"""engines.ppocr.numbers: points found again, letters in numbers made digits."""

from __future__ import annotations

import numpy as np
import pytest

from engines.ppocr.decoding import Lattice, Reading, Token, decode
from engines.ppocr.numbers import in_digits, with_points, with_separators
from engines.ppocr.spacing import split_words
from tests.engines.ppocr.lattices import printed


def read(seen: Lattice, right: float = 100.0, top: float = 0.0) -> Reading:
    tokens = split_words(with_separators(decode(seen), seen), seen)
    left, bottom = right - 60, top + 20
    quad = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return Reading(tuple(tokens), seen, np.array(quad, np.float32))


def texts(*readings: Reading) -> list[str]:
    return [reading.text for reading in with_points(readings)]


def test_it_works():
    assert read(printed("1685", gap1={".": 0.3})).text == "16.85"


def test_a_suspected_separator_is_stronger_than_a_space():
    assert read(printed("15 46", s2={" ": 0.5, ":": 0.3})).text == "15:46"


def test_a_weak_suspicion_alone_proves_nothing():
    assert texts(read(printed("1685", gap1={".": 0.05}))) == ["1685"]


def test_a_weak_suspicion_in_a_column_of_amounts():
    column = read(printed("12.40"), top=30)
    lost = read(printed("1685", gap1={".": 0.05}))
    assert texts(lost, column) == ["16.85", "12.40"]


def test_a_count_in_a_column_of_amounts_stays_a_count():
    assert texts(read(printed("1685")), read(printed("12.40"))) == ["1685", "12.40"]


def test_a_weak_suspicion_beside_the_column():
    lost = read(printed("1685", gap1={".": 0.05}), right=300)
    assert texts(lost, read(printed("12.40"))) == ["1685", "12.40"]


def test_a_narrow_space_in_a_column_of_amounts():
    assert texts(read(printed("7 42")), read(printed("12.40"))) == ["7.42", "12.40"]


def test_a_wide_space_in_a_column_of_amounts():
    assert texts(read(printed("7   42")), read(printed("12.40"))) == ["7 42", "12.40"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2OO", "200"), ("1O.5o", "10.50"), ("loz", "1oz"), ("O2", "O2"), ("la", "la")],
)
def test_letters_that_can_only_be_digits(text: str, expected: str):
    token = Token.of(decode(printed("a"))).saying(text)
    assert in_digits(token).text == expected
