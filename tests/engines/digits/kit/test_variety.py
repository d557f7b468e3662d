"""Lines as other designs would have them: of the same text, the same by their seed."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from engines.digits.kit.samples import make_sample
from engines.digits.kit.variety import BEND, DOTS, Floats, bent, sizes_of, varied

DIGIT = 24


def line() -> Floats:
    ink = np.zeros((2 * DIGIT, 200), np.float32)
    ink[12:36, 40:44] = ink[12:36, 90:94] = ink[12:16, 90:110] = 1
    return ink


def test_it_works() -> None:
    once, again, other = (
        varied(np.random.default_rng(seed), line(), DIGIT) for seed in (3, 3, 4)
    )
    assert np.array_equal(once, again)
    assert not np.array_equal(once, other)
    assert 0 <= once.min() <= once.max() <= 1


def test_bent_ink_is_as_much_and_stays_near() -> None:
    ink = bent(np.random.default_rng(1), line(), DIGIT)
    assert ink.shape == line().shape
    assert ink.sum() == pytest.approx(line().sum(), rel=0.3)
    columns = np.flatnonzero(ink.max(axis=0) > 0.5)
    assert columns[0] > 40 - 2 * BEND * DIGIT
    assert columns[-1] < 110 + 2 * BEND * DIGIT


def test_a_line_without_room_is_bent_too() -> None:
    speck = np.ones((1, 1), np.float32)
    assert bent(np.random.default_rng(1), speck, 40).shape == (1, 1)


def test_zeros_and_points_vary_most() -> None:
    found = [sizes_of(Random(seed), "٥٠.") for seed in range(300)]
    known = [sizes for sizes in found if sizes]
    assert 0.2 < len(known) / len(found) < 0.6
    assert all(0.82 <= sizes["٥"] <= 1.18 for sizes in known)
    assert min(sizes["٠"] for sizes in known) < 0.8
    assert max(sizes["."] for sizes in known) > 1.25
    assert {"٠", "."} <= set(DOTS)


def test_what_is_measured_on_is_not_varied(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    for name in ("varied", "sizes_of"):
        monkeypatch.setattr(f"engines.digits.kit.samples.{name}", refuse)
    assert make_sample(7, "held-out", "clean").text
    with pytest.raises(AssertionError):
        make_sample(7, "train", "clean")
