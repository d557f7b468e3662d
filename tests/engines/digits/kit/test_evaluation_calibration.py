"""engines.digits.kit.evaluation.calibration: whether a confidence tells the truth."""

from __future__ import annotations

import pytest

from engines.digits.kit.evaluation.calibration import (
    Bin,
    coverage,
    expected_error,
    reliability,
)

HONEST = [(0.75, True)] * 3 + [(0.75, False)]
VAIN = [(1.0, True), (1.0, False)]


def test_bins_hold_what_lies_between_their_edges():
    found = reliability([*HONEST, (0.0, False), (1.0, True)], (0.0, 0.5, 1.0))
    assert found == [
        Bin(0.0, 0.5, 1, 0.0, 0.0),
        Bin(0.5, 1.0, 5, pytest.approx(0.8), 0.8),
    ]


def test_expected_error():
    assert expected_error(HONEST) == 0.0
    assert expected_error(VAIN) == 0.5
    assert expected_error([*HONEST, *VAIN]) == pytest.approx(0.5 / 3)
    assert expected_error([]) == 0.0


def test_coverage_is_the_largest_share_that_is_right_so_often():
    answers = [(0.9, True), (0.8, False), (0.7, True), (0.6, True), (0.5, False)]
    assert coverage(answers, 1.0) == 0.2
    assert coverage(answers, 0.75) == 0.8
    assert coverage(answers, 0.5) == 1.0
    assert coverage([(0.9, False)], 0.5) == 0.0


def test_equal_confidences_stand_together():
    assert coverage([(0.9, True), (0.9, False)], 1.0) == 0.0
