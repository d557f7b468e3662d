"""Cutting a region out of its page."""

from __future__ import annotations

import numpy as np
import pytest

from engines import Box
from engines.regions.cutting import MOST, TALL, cut, is_readable, share_inside

PAGE = np.tile(np.arange(200, dtype=np.uint8)[None, :, None], (100, 1, 3))  # x is grey


def test_it_works() -> None:
    piece = cut(PAGE, Box(50, 20, 150, 84).polygon)
    assert (piece.scale, piece.inside) == (1.0, 1.0)
    assert (piece.inner.width, piece.inner.height) == (100, 64)
    assert piece.shown.shape == (64, 100, 3)
    assert np.abs(piece.shown[30, :, 0].astype(int) - np.arange(50, 150)).max() <= 1


@pytest.mark.parametrize(
    ("height", "scale"), [(32, TALL / 32), (10, MOST), (90, 1.0)], ids=str
)
def test_small_regions_are_enlarged(height: int, scale: float) -> None:
    piece = cut(PAGE, Box(50, 5, 150, 5 + height).polygon)
    assert piece.scale == pytest.approx(scale)


def test_the_margin_shows_the_page_around() -> None:
    piece = cut(PAGE, Box(50, 20, 150, 84).polygon)
    left = piece.pixels[30, 0, 0]
    assert left == pytest.approx(50 - piece.inner.left, abs=1.5)


def test_a_region_upside_down_is_not_turned_but_refused() -> None:
    first, second, third, fourth = Box(50, 20, 150, 84).polygon
    assert is_readable((first, second, third, fourth))
    assert is_readable((third, fourth, first, second))
    assert not is_readable((second, first, fourth, third))


@pytest.mark.parametrize(
    ("box", "share"),
    [
        (Box(10, 10, 20, 20), 1.0),
        (Box(-10, 10, 10, 20), 0.5),
        (Box(300, 10, 310, 20), 0.0),
        (Box(190, 90, 210, 110), 0.25),
    ],
    ids=["inside", "half", "outside", "corner"],
)
def test_it_tells_how_much_lies_on_the_page(box: Box, share: float) -> None:
    assert share_inside(box.polygon, 200, 100) == pytest.approx(share)
