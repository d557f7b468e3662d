"""The numbers of a page: lines found, numbers kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image

from engines import EngineUnavailable
from engines.digits.page import numbers_on
from engines.types import Box, Line, Word

PAGE = Image.new("RGB", (300, 200), "white")


def read(crop: Image.Image) -> Line:
    """Says the crop's size, and that it stands in the crop's left half."""
    width, height = crop.size
    box = Box(0, 0, width / 2, height)
    text = f"{width}x{height}" if width > 50 else "letters"
    return Line(text, box.polygon, (Word(text, box, 0.5),), 0.5, 0.5)


def test_lines_are_found_and_those_without_digits_left_out(
    enlist: Callable[[str, str], None],
) -> None:
    enlist("ppocr", "Finder")
    (line,) = numbers_on(PAGE, read)
    assert line.text == "100x20"
    assert line.box == Box(20, 30, 120, 50)
    assert [word.box for word in line.words] == [Box(20, 30, 70, 50)]
    assert line.weakest == 0.5


def test_a_low_picture_is_a_line_itself(enlist: Callable[[str, str], None]) -> None:
    enlist("ppocr", "Blind")
    (line,) = numbers_on(PAGE.crop((0, 0, 300, 40)), read)
    assert (line.text, line.box) == ("300x40", Box(0, 0, 300, 40))
    assert numbers_on(PAGE, read) == ()


def test_without_a_finder_only_a_line_is_read(
    enlist: Callable[[str, str], None],
) -> None:
    enlist("ppocr", "Missing")
    (line,) = numbers_on(PAGE.crop((0, 0, 300, 40)), read)
    assert line.text == "300x40"
    with pytest.raises(EngineUnavailable, match="Lines of numbers are found by PP-OCR"):
        numbers_on(PAGE, read)
