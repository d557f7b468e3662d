"""normalised: the crop of a line as the network wants it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engines.digits.crops import HEIGHT, SIDE, WIDEST, normalised


def sheet(size: tuple[int, int], *inked: tuple[int, int, int, int]) -> Image.Image:
    """White paper with black boxes (left, top, right, bottom; exclusive)."""
    image = Image.new("L", size, 255)
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in inked:
        draw.rectangle((left, top, right - 1, bottom - 1), 0)
    return image


def test_ink_is_one_and_paper_nought_at_a_height_of_32() -> None:
    crop = normalised(sheet((100, 20), (30, 4, 70, 16)))
    assert crop is not None
    assert crop.pixels.shape[0] == HEIGHT
    assert crop.pixels.dtype == np.float32
    assert (crop.pixels.min(), crop.pixels.max()) == (0.0, 1.0)


def test_a_place_is_found_again_in_the_picture() -> None:
    crop = normalised(sheet((300, 40), (200, 10, 210, 30)))
    assert crop is not None
    columns = np.flatnonzero(crop.pixels.max(axis=0) > 0.5)
    left, right = (crop.left + x * crop.scale for x in (columns[0], columns[-1] + 1))
    assert left == pytest.approx(200, abs=1)
    assert right == pytest.approx(210, abs=1)
    row = np.flatnonzero(crop.pixels.max(axis=1) > 0.5)[0]
    assert crop.top + row * crop.scale == pytest.approx(10, abs=1)


def test_print_light_on_dark_looks_the_same() -> None:
    dark = sheet((100, 20), (30, 4, 50, 16))
    light = Image.eval(dark, lambda tone: 255 - tone)
    one, other = normalised(dark), normalised(light)
    assert one is not None
    assert other is not None
    assert np.array_equal(one.pixels, other.pixels)


def test_the_last_zero_of_small_print_is_kept() -> None:
    """A zero of 9-pixel print is one grey pixel, far from the digit before it."""
    image = sheet((96, 20), (20, 6, 26, 15), (32, 6, 38, 15))
    image.putpixel((46, 11), 130)
    image.putpixel((54, 11), 130)
    crop = normalised(image)
    assert crop is not None
    assert crop.left + (crop.pixels.shape[1] - SIDE) * crop.scale > 55


def test_a_zero_alone_does_not_fill_the_crop() -> None:
    crop = normalised(sheet((60, 20), (28, 9, 31, 12)))
    assert crop is not None
    rows = np.flatnonzero(crop.pixels.max(axis=1) > 0.5)
    assert len(rows) < HEIGHT / 2


@pytest.mark.parametrize(
    "image",
    [
        Image.new("L", (1, 1), 255),
        Image.new("L", (1, 1), 0),
        Image.new("RGB", (50, 20), "black"),
        Image.new("RGBA", (50, 20), (0, 0, 0, 0)),
        Image.new("I;16", (50, 20), 40_000),
        Image.new("P", (50, 20)),
        Image.new("1", (50, 20), 1),
        Image.linear_gradient("L")
        .resize((90, 30))
        .point(lambda tone: 250 + tone // 60),
    ],
    ids=["white", "dot", "black", "clear", "deep", "palette", "bits", "shade"],
)
def test_nothing_but_paper_is_none(image: Image.Image) -> None:
    assert normalised(image) is None


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_mode_of_picture_is_taken(mode: str) -> None:
    plain = sheet((80, 24), (20, 4, 30, 20))
    image = (
        plain.convert("I").convert("I;16") if mode == "I;16" else plain.convert(mode)
    )
    crop = normalised(image)
    assert crop is not None
    assert 0.02 < float((crop.pixels > 0.5).mean()) < 0.5


def test_a_line_without_end_is_made_narrower() -> None:
    crop = normalised(sheet((40_000, 10), (5, 2, 39_990, 8)))
    assert crop is not None
    assert crop.pixels.shape[1] <= WIDEST + 2 * SIDE + 2
