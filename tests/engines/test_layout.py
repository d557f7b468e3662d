"""Reading order: rows, columns, tilt, and print that runs from the right."""

from __future__ import annotations

from math import radians

import pytest

from engines import Box, Line, Page
from engines.geometry import Affine, move_line
from engines.layout import arranged, level_rows, typical_tilt

PROSE = "a column holds many lines of prose such as this"


def line(text: str, left: float, top: float, *, width: float = 0.0) -> Line:
    """20 px high; 10 px a letter unless *width* says so."""
    right = left + (width or 10 * len(text))
    return Line(text, Box(left, top, right, top + 20).polygon)


def text_of(*lines: Line) -> str:
    """Arranged from any order: the last first."""
    return arranged(Page(2000, 2000, lines[::-1])).text


def tilted(lines: list[Line], degrees: float) -> list[Line]:
    slope = radians(degrees)
    return [move_line(one, Affine(1, -slope, 0, slope, 1, 0)) for one in lines]


def test_it_works() -> None:
    assert text_of(
        line("Bread", 10, 100),
        line("7.80", 400, 103),
        line("Total", 10, 130),
        line("7.80", 400, 128),
        line("Thank you", 120, 220),
    ) == ("Bread 7.80\nTotal 7.80\n\nThank you")


def test_lines_stay_lines() -> None:
    total, amount = line("Total", 10, 10), line("5.00", 300, 10)
    page = arranged(Page(500, 100, (amount, total)))
    assert page == Page(500, 100, (total, amount), "Total 5.00")


def columns(left: int, right: int) -> list[Line]:
    lines = [line(f"{PROSE} {n}", 50, 100 + 30 * n) for n in range(left)]
    return lines + [line(f"{PROSE} {50 + n}", 640, 108 + 30 * n) for n in range(right)]


def test_columns_are_read_one_after_the_other() -> None:
    heading = line(
        "A heading across both of the columns of the page", 300, 40, width=600
    )
    footer = line("A closing line under both of the columns", 300, 400, width=600)
    order = text_of(heading, *columns(6, 5), footer).split("\n")
    numbers = [*range(6), *range(50, 55)]
    prose = [f"{PROSE} {number}" for number in numbers]
    assert [row for row in order if row] == [heading.text, *prose, footer.text]


def test_three_columns() -> None:
    words = "thirty letters of prose a line"
    lines = [
        line(f"{words} {column}{row}", 50 + 380 * column, 100 + 30 * row + 7 * column)
        for column in range(3)
        for row in range(5)
    ]
    wanted = [f"{words} {column}{row}" for column in range(3) for row in range(5)]
    assert [row for row in text_of(*lines).split("\n") if row] == wanted


def test_labels_and_values_are_no_columns() -> None:
    labels = [line(f"The label of field {n}", 50, 100 + 30 * n) for n in range(9)]
    values = [line(f"{n}.00", 600, 100 + 30 * n) for n in range(9)]
    wanted = [f"The label of field {n} {n}.00" for n in range(9)]
    assert text_of(*labels, *values).split("\n") == wanted


@pytest.mark.parametrize("degrees", [-8, -2, 0, 2, 8])
def test_tilted_rows_stay_together(degrees: float) -> None:
    lines = [line(f"A rather long label {n}", 50, 100 + 40 * n) for n in range(9)]
    lines += [line(f"{n}.00", 900, 100 + 40 * n) for n in range(9)]
    wanted = [f"A rather long label {n} {n}.00" for n in range(9)]
    text = text_of(*tilted(lines, degrees))
    assert [row for row in text.split("\n") if row] == wanted


def test_the_tilt_is_that_of_the_long_lines() -> None:
    lines = tilted([line(PROSE, 50, 30 * n) for n in range(5)], 5)
    lines += [line("-", 50 * n, 500) for n in range(5)]
    assert typical_tilt(lines) == pytest.approx(radians(5), abs=0.001)
    assert typical_tilt([]) == 0.0


def test_a_large_logo_does_not_swallow_rows() -> None:
    logo = Line("LOGO", Box(10, 10, 200, 130).polygon)
    beside = [line(f"row {n}", 400, 10 + 40 * n) for n in range(3)]
    rows = level_rows([logo, *beside])
    assert [[placed.line.text for placed in row] for row in rows] == [
        ["row 0"],
        ["LOGO", "row 1"],
        ["row 2"],
    ]


def test_arabic_rows_run_from_the_right() -> None:
    assert (
        text_of(
            line("المجموع", 400, 10),
            line("الضريبة", 250, 12),
            line("50", 40, 10),
            line("100", 400, 50),
            line("5", 250, 50),
        )
        == "المجموع الضريبة 50\n100 5"
    )


def test_arabic_columns_run_from_the_right() -> None:
    words = "سطر طويل من النثر العربي في عمود من الصفحة"
    lines = [line(f"{words} {n}", 50, 100 + 30 * n) for n in range(5)]
    lines += [line(f"{words} {50 + n}", 640, 108 + 30 * n) for n in range(5)]
    wanted = [f"{words} {n}" for n in [*range(50, 55), *range(5)]]
    assert [row for row in text_of(*lines).split("\n") if row] == wanted


def test_lines_without_places_keep_their_order() -> None:
    said = (Line("first"), Line("second"))
    assert arranged(Page(9, 9, said)) == Page(9, 9, said, "first\nsecond")
    assert arranged(Page(9, 9, said, "own text")).text == "own text"
    assert arranged(Page(9, 9)) == Page(9, 9)


def test_print_along_the_edge_comes_last() -> None:
    edge = Line("a stamp", ((5, 300), (5, 20), (30, 20), (30, 300)))
    lines = [line(f"row {n}", 50, 100 + 30 * n) for n in range(3)]
    assert text_of(*lines, edge) == "row 0\nrow 1\nrow 2\n\na stamp"
    rows = level_rows([edge, *lines])
    assert [row[0].line.text for row in rows] == ["row 0", "row 1", "row 2", "a stamp"]
