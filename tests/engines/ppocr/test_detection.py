"""engines.ppocr.detection: outlines from a map, and the size that is looked at."""

from __future__ import annotations

import numpy as np
import pytest

from engines.ppocr.detection import (
    clipped,
    cores,
    earnest_scale,
    ordered,
    quad_size,
    rounded,
)

LINE = np.array([[0, 0], [100, 0], [100, 10], [0, 10]], np.float32)


def test_it_works():
    text = np.zeros((64, 128), np.float32)
    text[20:28, 10:100] = 0.9
    (core,) = cores(text)
    width, height = quad_size(core)
    assert 90 < width < 112
    assert 8 < height < 24
    assert core.mean(axis=0) == pytest.approx([54, 23.5], abs=1.5)


def test_a_faint_core_is_no_text():
    text = np.zeros((64, 128), np.float32)
    text[20:28, 10:100] = 0.4
    assert cores(text) == []


def test_corners_run_clockwise_from_the_top_left():
    assert ordered(LINE[[2, 0, 3, 1]]).tolist() == LINE.tolist()


def test_small_print_is_enlarged_and_large_print_reduced():
    assert earnest_scale([LINE], 500, 500, None) == 2.0
    assert earnest_scale([LINE * 6], 500, 500, None) == 0.5


def test_the_longest_side_is_capped():
    assert earnest_scale([LINE], 1000, 500, 800) == 0.8
    assert earnest_scale([LINE], 4000, 4000, None) < 0.5
    assert earnest_scale([LINE], 4000, 4000, 0) == 2.0


def test_an_empty_page_is_looked_at_as_it_is():
    assert earnest_scale([], 500, 500, None) == 1.0


def test_sides_are_whole_strides():
    assert [rounded(side) for side in (1, 47, 49, 640)] == [32, 32, 64, 640]


def test_outlines_stay_on_the_page():
    assert clipped(LINE - 5, 50, 50).tolist() == [[0, 0], [50, 0], [50, 5], [0, 5]]
