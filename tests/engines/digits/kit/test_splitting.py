"""A number cut into its digits, and what the cut keeps."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engines.digits.kit.splitting import Split, components, picture, split
from tests.engines.digits.kit.numbers import printed


def size_of(pixels: np.ndarray) -> tuple[int, int]:
    rows, columns = np.nonzero(pixels > 0.5)
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def test_each_digit_is_a_part_from_left_to_right() -> None:
    found = split(printed("٤٠٩٦١"))
    assert len(found.parts) == 5
    assert [p.left for p in found.parts] == sorted(p.left for p in found.parts)
    assert all(part.pixels.shape == (32, 32) for part in found.parts)


def test_a_zero_stays_a_dot_beside_a_five() -> None:
    zero, five = (size_of(part.pixels) for part in split(printed("٠٥")).parts)
    assert zero[0] * 2 < five[0]
    assert zero[1] * 2 < five[1]


def test_a_dot_below_stays_below() -> None:
    _, dot, _ = split(printed("1.5")).parts
    assert np.nonzero(dot.pixels > 0.5)[0].min() > 16


@pytest.mark.parametrize("text", ["٥٥", "٣٥٤", "٥٥٥"])
def test_touching_digits_are_cut_apart(text: str) -> None:
    touching = split(printed(text, gap=-1))
    assert len(components(touching.crop)) < len(text)
    alone = split(printed(text)).parts
    assert len(touching.parts) == len(text)
    for part, whole in zip(touching.parts, alone, strict=True):
        assert part.width == pytest.approx(whole.width, abs=2)


def test_a_part_has_nothing_of_its_neighbours() -> None:
    narrow = split(printed("٨١٨")).parts[1]
    assert size_of(narrow.pixels)[1] < 10


def test_a_rule_below_is_no_digit_and_joins_none() -> None:
    image = printed("٣٤٥")
    draw = ImageDraw.Draw(image)
    draw.line((0, image.height - 3, image.width, image.height - 3), 0, 2)
    assert len(split(image).parts) == 3


def test_specks_are_no_digits() -> None:
    image = printed("٧٨")
    image.putpixel((2, 2), 0)
    image.putpixel((image.width - 3, image.height - 4), 0)
    assert len(split(image).parts) == 2


@pytest.mark.parametrize(
    "image",
    [
        Image.new("L", (1, 1), 0),
        Image.new("RGB", (200, 40), "white"),
        Image.new("L", (60, 20), 0),
    ],
)
def test_paper_alone_has_no_parts(image: Image.Image) -> None:
    assert split(image).parts == ()


def test_light_on_dark_is_cut_alike() -> None:
    image = printed("١٢٣").point(lambda tone: 255 - tone)
    assert len(split(image).parts) == 3


def test_the_split_can_be_looked_at() -> None:
    found = split(printed("٤٠٩"))
    shown = np.asarray(picture(found))
    line, squares = np.split(shown, 2)
    for part in found.parts:
        assert tuple(line[part.top * 3, part.left * 3]) == (0xC0, 0, 0)
    starts = [number * 36 * 3 for number in range(3)]
    assert all(tuple(squares[0, start]) == (0xC0, 0, 0) for start in starts)


def test_a_picture_of_nothing_is_a_picture() -> None:
    assert picture(Split(np.zeros((32, 32), np.float32), ())).size == (96, 216)
