"""Whether a confidence means what it says: of those with 0.9, nine in ten are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

Answers = Sequence[tuple[float, bool]]  # how surely, and whether rightly

# Most answers are nearly certain: bins of equal width would put them all into one.
EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0)
LEVELS = (0.95, 0.98, 0.99)
BINS = 15  # of equal width, as the expected calibration error is defined


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers with a confidence above ``least`` and up to ``most``."""

    least: float
    most: float
    count: int
    confidence: float  # their mean
    right: float  # the share of them


def reliability(answers: Answers, edges: Sequence[float] = EDGES) -> list[Bin]:
    """One Bin for each two *edges* between which there are answers."""
    bins = []
    for least, most in pairwise(edges):
        among = [
            (sure, right)
            for sure, right in answers
            if least < sure <= most or (sure == least == edges[0])
        ]
        if among:
            mean = sum(sure for sure, _ in among) / len(among)
            share = sum(right for _, right in among) / len(among)
            bins.append(Bin(least, most, len(among), mean, share))
    return bins


def expected_error(answers: Answers) -> float:
    """Expected calibration error (Naeini et al. 2015), BINS of equal width."""
    equal = [number / BINS for number in range(BINS + 1)]
    parts = reliability(answers, equal)
    gaps = sum(part.count * abs(part.confidence - part.right) for part in parts)
    return gaps / max(1, len(answers))


def coverage(answers: Answers, accuracy: float) -> float:
    """The largest share of *answers*, surest first, that is right so often."""
    ranked = sorted(answers, key=lambda answer: -answer[0])
    right, most = 0, 0
    for number, (sure, is_right) in enumerate(ranked, start=1):
        right += is_right
        # Those that are equally sure are taken together or not at all.
        is_last = number == len(ranked) or ranked[number][0] < sure
        if is_last and right >= accuracy * number:
            most = number
    return most / max(1, len(ranked))
