"""What confidence is made of."""

from __future__ import annotations

import pytest

from engines import KINDS, THRESHOLDS, Kind
from engines.regions.surety import MOST, surety

BEST = {
    "registration": 1.0,
    "placement": 1.0,
    "grown": 1.0,
    "mean": 1.0,
    "weakest": 1.0,
    "differs": 0.0,
    "odd": 0.0,
    "cut": 0.0,
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_best_reading_of_each_kind_is_sure(kind: Kind) -> None:
    assert THRESHOLDS[kind] < surety(kind, BEST) <= MOST


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "worse",
    [
        {"weakest": 0.5, "mean": 0.9},
        {"registration": 0.3},
        {"placement": 0.3},
        {"grown": 2.0},
        {"differs": 1.0, "weakest": 0.9},
        {"odd": 1.0},
        {"cut": 1.0, "grown": 1.3},
    ],
    ids=lambda worse: next(iter(worse)),
)
def test_each_reason_to_doubt_lowers_it(kind: Kind, worse: dict[str, float]) -> None:
    assert surety(kind, {**BEST, **worse}) < surety(kind, BEST)


@pytest.mark.parametrize("kind", KINDS)
def test_a_weak_character_sends_it_to_review(kind: Kind) -> None:
    assert surety(kind, {**BEST, "weakest": 0.4, "mean": 0.9}) < THRESHOLDS[kind]
