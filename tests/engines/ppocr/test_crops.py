"""engines.ppocr.crops: level lines of one height and few widths."""

from __future__ import annotations

import numpy as np
import pytest

from engines.ppocr.crops import cut, directions, fitted, trimmed, width_near

PAGE = np.zeros((100, 200, 3), np.uint8)
PAGE[20:40, 50:150] = 255
WHITE = np.array([[50, 20], [150, 20], [150, 40], [50, 40]], np.float32)


def test_it_works():
    crop = cut(PAGE, WHITE)
    assert crop.shape == (20, 100, 3)
    assert crop[2:-2, 2:-2].min() == 255
    assert fitted(crop).shape == (48, 240, 3)


def test_margins_above_and_below_are_trimmed():
    assert trimmed(PAGE).shape == (28, 200, 3)
    assert trimmed(PAGE[20:40]).shape == (20, 200, 3)
    assert trimmed(PAGE[:10]).shape == (10, 200, 3)


@pytest.mark.parametrize(
    ("ideal", "width"), [(1, 16), (101, 104), (131, 128), (300, 288), (99_999, 8192)]
)
def test_few_widths(ideal: float, width: int):
    assert width_near(ideal) == width


def test_widths_stay_near_the_ideal():
    assert all(abs(width_near(w) / w - 1) <= 1 / 16 for w in range(64, 8000))


def test_a_tall_outline_may_begin_at_three_corners():
    tall = np.array([[0, 0], [10, 0], [10, 90], [0, 90]], np.float32)
    begin = [quad[0].tolist() for quad in directions(tall)]
    assert begin == [[0, 0], [10, 0], [0, 90]]
    assert len(directions(WHITE)) == 1
