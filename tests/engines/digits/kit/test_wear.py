"""worn and blank_crop: what printing, scanning and paper do."""

from __future__ import annotations

import numpy as np
import pytest

from engines.digits.kit.textures import blank_crop
from engines.digits.kit.wear import LEVELS, worn


def ink() -> np.ndarray:
    bars = np.zeros((40, 120), np.float32)
    bars[8:32, 10:110:12] = bars[8:32, 11:110:12] = bars[8:32, 12:110:12] = 1
    return bars


@pytest.mark.parametrize("level", LEVELS)
def test_the_same_seed_wears_alike(level: str) -> None:
    one, again, other = (
        worn(np.random.default_rng(seed), ink(), LEVELS[level], 24)
        for seed in (5, 5, 6)
    )
    assert one.dtype == np.uint8
    assert one.shape == ink().shape
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_each_level_is_harder_to_see_than_the_one_before() -> None:
    def likeness(level: str) -> float:
        pictures = [
            worn(np.random.default_rng(n), ink(), LEVELS[level], 24) for n in range(60)
        ]
        marks = [abs(np.corrcoef(p.ravel(), ink().ravel())[0, 1]) for p in pictures]
        return float(np.nanmean(marks))

    seen = [likeness(level) for level in ("clean", "medium", "hard", "extreme")]
    assert seen == sorted(seen, reverse=True)
    assert seen[0] > 0.9


def test_blank_crops_differ_and_come_again() -> None:
    crops = [blank_crop(np.random.default_rng(seed)) for seed in range(40)]
    assert len({crop.tobytes() for crop in crops}) == 40
    assert np.array_equal(crops[3], blank_crop(np.random.default_rng(3)))
    assert {crop.ndim for crop in crops} == {2}
