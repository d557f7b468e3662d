"""The connected parts of a line's ink."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from engines.arabic.blots import Blots, blots_of, without
from tests.engines.arabic.prints import line_of


def blots(picture: Image.Image) -> Blots:
    found = blots_of(picture)
    assert found is not None
    return found


def ink(picture: Image.Image) -> tuple[int, int, int, int] | None:
    return picture.convert("L").point(lambda tone: 255 * (tone < 128)).getbbox()


def test_it_works() -> None:
    found = blots(line_of(("HE", 50), ("L", 300)))
    left, right = found.between(40, 200), found.between(200, 600)
    assert (len(left), len(right)) == (2, 1)
    assert 300 <= found.box(right).left <= 310
    assert 150 < found.gaps(right)[0] < 250


def test_brackets_are_mates_around_what_they_hold() -> None:
    found = blots(line_of(("lid (72) bit", 50)))
    ((left, right, inside),) = found.bracketed()
    assert len(inside) == 2
    assert found.sides[left, 2] <= found.box(inside).left
    assert found.box(inside).right <= found.sides[right, 0]


def test_straight_letters_are_no_brackets() -> None:
    assert list(blots(line_of(("Ill l1 |7| /8/", 50))).bracketed()) == []


def test_brackets_far_apart_hold_no_number() -> None:
    assert (
        list(blots(line_of(("(", 20), ("a long remark", 60), (")", 500))).bracketed())
        == []
    )


def test_what_stands_alone_has_left_its_neighbours() -> None:
    found = blots(line_of(("HE", 50), ("L", 300)))
    chosen = found.between(200, 600)
    alone, box = found.alone(chosen), found.box(chosen)
    assert alone.size == (box.width + 6, box.height + 6)
    assert ink(alone) == (3, 3, 3 + box.width, 3 + box.height)


def test_what_is_taken_out_leaves_a_blank() -> None:
    picture = line_of(("HE", 50), ("LL", 200), ("OO", 400))
    found = blots(picture)
    rest, columns = without(picture, found, found.between(190, 300), 12)
    first, last = found.box(found.between(40, 190)), found.box(found.between(300, 600))
    assert rest.width == len(columns) == 600 - (last.left - first.right) + 12
    assert columns[int(first.right) + 11] == first.right + 11
    assert columns[int(first.right) + 12] == last.left
    assert ink(rest.crop((int(first.right), 0, int(first.right) + 12, 80))) is None


def test_letters_above_what_is_taken_out_stay() -> None:
    picture = line_of(("7", 200))
    ImageDraw.Draw(picture).rectangle((100, 4, 400, 8), fill="black")
    found = blots(picture)
    rest, columns = without(picture, found, found.between(190, 300), 12)
    assert len(columns) == 600
    assert ink(rest) == (100, 4, 401, 9)


def test_bits_of_other_lines_are_left_out() -> None:
    picture = line_of(("HELLO", 50))
    ImageDraw.Draw(picture).rectangle((300, 77, 301, 79), fill="black")
    top, bottom = blots(picture).rows()
    assert (top, bottom) == blots(line_of(("HELLO", 50))).rows()
    assert bottom < 70


def test_paper_has_none() -> None:
    assert blots_of(Image.new("RGB", (60, 20), "white")) is None
    assert blots_of(Image.new("L", (1, 1))) is None


def test_noise_is_borne() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (60, 900), np.uint8)
    found = blots(Image.fromarray(noise))
    assert found.rows()[1] > found.rows()[0]
