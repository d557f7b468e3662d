"""engines.digits.kit.evaluation.scoring: what counts as right, and what as confused."""

from __future__ import annotations

import pytest
from PIL import Image

from engines.digits.kit.evaluation.alignment import aligned
from engines.digits.kit.evaluation.scoring import (
    Judged,
    Score,
    by_family,
    confusions,
    score,
)
from engines.digits.kit.evaluation.types import Labelled, Reading

PAPER = Image.new("L", (8, 8), 255)


def judged(true: str, read: str, family: str = "Amiri") -> Judged:
    sure = tuple(0.9 for _ in read)
    return Judged(Labelled(PAPER, true, family), Reading(read, 0.9, sure))


def test_a_number_is_right_by_its_value():
    found = score([judged("١٢,٣", "12,3"), judged("12/27", "12/27")])
    assert found == Score(
        strings=2, exact=2, exact_but_for_separators=2, digits=7, wrong_digits=0
    )
    assert (found.exact_rate, found.digit_accuracy) == (1.0, 1.0)


def test_a_point_for_a_comma_is_no_error_where_marks_are_one():
    found = score([judged("١٢,٣", "١٢.٣"), judged("١٢,٣", "١٢٣")])
    assert (found.exact, found.exact_but_for_separators) == (0, 1)
    assert (found.digits, found.wrong_digits) == (6, 0)


@pytest.mark.parametrize(
    ("true", "read", "wrong"),
    [
        ("123", "124", 1),
        ("123", "13", 1),
        ("123", "1235", 1),
        ("1.3", "103", 1),  # a digit where none is printed
        ("1٠3", "1.3", 1),
        ("123", "", 3),
        ("A12", "12", 0),  # what is no digit counts for the string alone
    ],
)
def test_wrong_digits(true, read, wrong):
    assert score([judged(true, read)]).wrong_digits == wrong


def test_six_and_nine_are_told_apart_from_the_round_ones():
    found = score([judged("٦٩٥٠.", "٩٩٠٠٠"), judged("690", "960")])
    assert (found.sixes_and_nines, found.swapped) == (2, 1)  # Western ones do not count
    assert (found.round, found.round_right, found.round_mixed) == (3, 1, 2)
    assert found.swapped_rate == 0.5
    assert found.round_rate == pytest.approx(1 / 3)
    assert found.mixed_rate == pytest.approx(2 / 3)


def test_nothing_measured_is_no_error():
    assert score([]) == Score()
    assert (Score().exact_rate, Score().digit_accuracy, Score().mixed_rate) == (0, 1, 0)


def test_confusions_come_by_their_number():
    found = confusions([judged("٦١٦", "٩١٩"), judged("٥", ""), judged("", "7")])
    assert found == [("٦", "٩", 2), ("", "7", 1), ("٥", "", 1)]


def test_families_come_worst_first():
    given = [judged("12", "12", "Good"), judged("12", "13", "Bad")]
    assert [(name, s.wrong_digits) for name, s in by_family(given)] == [
        ("Bad", 1),
        ("Good", 0),
    ]


def test_each_symbol_read_is_right_or_wrong():
    one = Judged(Labelled(PAPER, "١٢٣"), Reading("١٢٤", 0.5, (0.9, 0.8, 0.4)))
    assert one.sure == ((0.9, True), (0.8, True), (0.4, False))
    assert Judged(Labelled(PAPER, "1"), Reading("1", 0.5)).sure == ()


def test_confidences_go_with_symbols():
    with pytest.raises(ValueError, match="for each symbol"):
        Reading("12", 0.5, (0.5,))


@pytest.mark.parametrize(
    ("true", "read", "pairs"),
    [
        ("", "", []),
        ("12", "12", [(0, 0), (1, 1)]),
        ("12", "2", [(0, None), (1, 0)]),
        ("2", "12", [(None, 0), (0, 1)]),
        ("قال(1)", "قال1", [(0, 0), (1, 1), (2, 2), (3, None), (4, 3), (5, None)]),
    ],
)
def test_alignment(true, read, pairs):
    assert aligned(true, read) == pairs
