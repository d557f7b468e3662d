"""engines.digits.kit.comparing: which of two models is better."""

from __future__ import annotations

import pytest
from PIL import Image

from engines.digits.kit.comparing import (
    CORRECTIONS,
    Compared,
    in_words,
    is_better,
    parts,
    verdict,
)
from engines.digits.kit.evaluation.scoring import Score
from engines.digits.kit.evaluation.types import Labelled


def designs(old: int, new: int) -> Compared:
    """Digits of a thousand that each misreads."""
    return Compared(
        "held-out designs, clean",
        Score(strings=200, digits=1000, wrong_digits=old, exact=180),
        Score(strings=200, digits=1000, wrong_digits=new, exact=181),
    )


def corrections(old: int, new: int) -> Compared:
    """Strings of twenty that each has right."""
    return Compared(
        CORRECTIONS,
        Score(strings=20, digits=100, exact=old),
        Score(strings=20, digits=100, exact=new),
    )


@pytest.mark.parametrize(
    ("compared", "better", "words"),
    [
        (
            [designs(5, 6), corrections(4, 9)],
            True,
            "The new model is better: it reads 5 more of the corrections.",
        ),
        (
            [designs(5, 8), corrections(4, 20)],
            False,
            "The old model is better: the new one reads other print worse.",
        ),
        (
            [designs(5, 5), corrections(9, 7)],
            False,
            "The old model is better: it reads 2 more of the corrections.",
        ),
        (
            [designs(5, 1), corrections(9, 9)],
            False,
            "Neither model is better: stay with the old one.",
        ),
        (
            [designs(5, 5)],
            False,
            "Neither model is better: stay with the old one.",
        ),
    ],
)
def test_it_works(compared, better, words):
    assert (is_better(compared), verdict(compared)) == (better, words)


def test_the_table_shows_both():
    head, ours, theirs = in_words([designs(5, 6), corrections(4, 9)]).splitlines()
    assert head.split() == ["count", "digits", "old", "new", "strings", "old", "new"]
    assert ours.split()[-5:] == ["200", "99.50", "99.40", "90.00", "90.50"]
    assert theirs.split()[-5:] == ["20", "100.00", "100.00", "20.00", "45.00"]


def test_parts():
    crop = Labelled(Image.new("L", (8, 8)), "1")
    assert list(parts([crop], 0)) == [(CORRECTIONS, [crop])]
    assert list(parts([], 0)) == []
    named = {name: len(crops) for name, crops in parts([crop], 2)}
    assert named == {
        "held-out designs, clean": 2,
        "held-out designs, medium": 2,
        "held-out designs, hard": 2,
        CORRECTIONS: 1,
    }
