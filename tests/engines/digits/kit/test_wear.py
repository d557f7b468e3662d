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
    assert one.shape[1] == ink().shape[1]
    assert one.shape[0] >= ink().shape[0]  # room for what turning carried beyond
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_each_level_is_harder_to_see_than_the_one_before() -> None:
    def likeness(level: str) -> float:
        marks = []
        for seed in range(60):
            picture = worn(np.random.default_rng(seed), ink(), LEVELS[level], 24)
            more = (len(picture) - len(ink())) // 2
            middle = picture[more : more + len(ink())]
            marks.append(abs(np.corrcoef(middle.ravel(), ink().ravel())[0, 1]))
        return float(np.nanmean(marks))

    seen = [likeness(level) for level in ("clean", "medium", "hard", "extreme")]
    assert seen == sorted(seen, reverse=True)
    assert seen[0] > 0.9


def test_blank_crops_differ_and_come_again() -> None:
    crops = [blank_crop(np.random.default_rng(seed)) for seed in range(40)]
    assert len({crop.tobytes() for crop in crops}) == 40
    assert np.array_equal(crops[3], blank_crop(np.random.default_rng(3)))
    assert {crop.ndim for crop in crops} == {2}


def test_what_is_to_stay_legible_keeps_its_contrast() -> None:
    """Thin strokes under a lamp, blurred: paper and ink stay apart on every crop."""
    thin = np.zeros((24, 80), np.float32)
    thin[6:18, 8:72:8] = 0.5
    for seed in range(60):
        picture = worn(np.random.default_rng(seed), thin, LEVELS["hard"], 12)
        assert np.percentile(picture, 99) - np.percentile(picture, 1) > 40
