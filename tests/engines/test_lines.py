"""The lines of a page: found, cut out level, put back."""

from __future__ import annotations

from math import cos, radians, sin

import pytest
from PIL import Image

from engines import Box, EngineUnavailable, Line, Word
from engines.lines import crop_of, places, put_back, read_at, whole
from tests.engines.pictures import RECEIPT, written


def test_it_works() -> None:
    picture = written()
    found = places(picture)
    assert len(found) == len(RECEIPT)
    assert whole(picture) not in found


def test_a_picture_of_one_line_is_that_line() -> None:
    picture = written(["Paid in cash, thank you"])
    strip = picture.crop((60, 40, 460, 90))
    assert places(strip) == (whole(strip),)
    assert places(strip.crop((0, 0, 200, 50))) == (
        ((0, 0), (200, 0), (200, 50), (0, 50)),
    )


def test_a_low_picture_without_print_may_be_a_line_and_a_page_none() -> None:
    low, high = (Image.new("RGB", (400, side), "white") for side in (40, 600))
    assert places(low) == (whole(low),)
    assert places(high) == ()


def test_without_a_finder_it_says_so(enlist) -> None:
    enlist("ppocr", "Missing")
    with pytest.raises(EngineUnavailable, match="Lines are found by PP-OCR"):
        places(written())


def test_a_slanted_line_is_cut_level_and_put_back() -> None:
    lean = radians(10)
    right, down = (cos(lean), sin(lean)), (-sin(lean), cos(lean))
    first = (100.0, 50.0)
    second = (first[0] + 200 * right[0], first[1] + 200 * right[1])
    third = (second[0] + 40 * down[0], second[1] + 40 * down[1])
    fourth = (first[0] + 40 * down[0], first[1] + 40 * down[1])
    place = first, second, third, fourth
    picture = Image.new("RGB", (400, 300), "white")
    assert crop_of(picture, place).size == (200, 40)
    word = Word("all", Box(0, 0, 200, 40))
    line = put_back(Line("all", words=(word,)), place)
    assert line.polygon == place
    box, around = line.words[0].box, Box.around(list(place))
    for side in ("left", "top", "right", "bottom"):
        assert getattr(box, side) == pytest.approx(getattr(around, side))


def test_it_reads_the_crop() -> None:
    picture = Image.new("RGB", (100, 100), "white")
    place = Box(10, 20, 60, 40).polygon
    line = read_at(picture, place, lambda crop: Line(f"{crop.width} by {crop.height}"))
    assert (line.text, line.polygon) == ("50 by 20", place)
