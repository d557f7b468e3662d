"""engines.digits.kit.evaluation.blanks: paper on which no digit is printed."""

from __future__ import annotations

import numpy as np

from engines.digits.kit.evaluation.blanks import MAKERS, Invented, blank, invented
from engines.digits.kit.evaluation.types import Reading


def test_each_seed_makes_its_own_blank_again():
    one, again, other = blank(3), blank(3), blank(3 + len(MAKERS))
    assert one.image.tobytes() == again.image.tobytes()
    assert one.family == other.family
    assert one.image.size != other.image.size


def test_each_kind_but_plain_paper_has_something_on_it():
    assert [blank(seed).family for seed in range(len(MAKERS))] == list(MAKERS)
    for seed in range(3 * len(MAKERS)):
        one = blank(seed)
        spread = float(np.asarray(one.image).std())
        assert (spread == 0) == (one.family == "plain")


def test_a_crop_counts_once_and_only_for_digits():
    readings = iter([Reading("12", 0.9), Reading("A.", 0.9), Reading("٣", 0.9)])
    found = invented(lambda image: next(readings), 3)
    assert found == {
        "plain": Invented(1, 1),
        "grain": Invented(0, 1),
        "shadow": Invented(1, 1),
    }
