"""Finding the lines of a crop by its ink."""

from __future__ import annotations

from engines import Box
from engines.regions.lines import are_plain, rows_of


def letters(top: float, count: int = 4) -> list[Box]:
    return [Box(x * 12, top, x * 12 + 10, top + 20) for x in range(count)]


def test_it_works() -> None:
    rows = rows_of([*letters(50), *letters(0)], 20)
    assert rows == [Box(0, 0, 46, 20), Box(0, 50, 46, 70)]
    assert are_plain(rows, 20)


def test_descenders_and_small_letters_stay_on_their_line() -> None:
    boxes = [Box(0, 0, 10, 20), Box(12, 7, 22, 20), Box(24, 7, 34, 27)]
    assert rows_of(boxes, 20) == [Box(0, 0, 34, 27)]


def test_accents_and_points_belong_to_the_letters_close_by() -> None:
    accent, point = Box(2, -6, 8, -2), Box(50, 17, 53, 20)
    assert rows_of([*letters(0), accent, point], 20) == [Box(0, -6, 53, 20)]


def test_a_lone_dash_is_a_line() -> None:
    assert rows_of([Box(0, 10, 12, 13)], 20) == [Box(0, 10, 12, 13)]


def test_no_ink_no_lines() -> None:
    assert rows_of([], 20) == []


def test_lines_that_touch_are_not_plain() -> None:
    assert not are_plain([Box(0, 0, 100, 44)], 20)
