"""Affine maps: quarter turns, their order, and the way back."""

from __future__ import annotations

import pytest

from engines import Box, Line, Page, Word
from engines.geometry import (
    IDENTITY,
    Affine,
    move_line,
    move_page,
    quarter_turns,
    scaling,
)


@pytest.mark.parametrize(
    ("turns", "corner"), [(0, (0, 0)), (1, (100, 0)), (2, (200, 100)), (3, (0, 200))]
)
def test_the_top_left_goes_round_clockwise(turns: int, corner: tuple[int, int]) -> None:
    assert quarter_turns(turns, 200, 100)((0, 0)) == corner
    assert quarter_turns(turns - 4, 200, 100)((0, 0)) == corner


def test_then_does_the_second_after_the_first() -> None:
    first, second = quarter_turns(1, 200, 100), scaling(2)
    assert first.then(second)((30, 40)) == second(first((30, 40))) == (120, 60)


def test_inverse_comes_back() -> None:
    there = Affine(0.9, -0.2, 30, 0.1, 1.2, -7)
    assert there.then(there.inverse()) == pytest.approx(IDENTITY)


def test_a_line_keeps_its_first_corner_where_its_text_begins() -> None:
    word = Word("up", Box(10, 20, 40, 30), 0.5)
    line = Line("up", word.box.polygon, (word,), 0.5)
    turned = move_line(line, quarter_turns(1, 200, 100))
    assert turned == Line(
        "up",
        ((80, 10), (80, 40), (70, 40), (70, 10)),
        (Word("up", Box(70, 10, 80, 40), 0.5),),
        0.5,
    )


def test_a_page_takes_its_new_size() -> None:
    page = Page(200, 100, (Line("no place"),), "no place", "vlm")
    assert move_page(page, quarter_turns(1, 200, 100), 100, 200) == Page(
        100, 200, (Line("no place"),), "no place", "vlm"
    )
