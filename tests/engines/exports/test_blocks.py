"""What a page is made of: headings, paragraphs, tables."""

from __future__ import annotations

from collections.abc import Sequence
from math import radians

import pytest

from engines import Line
from engines.exports.blocks import blocks, blocks_of_lines
from engines.geometry import Affine, move_line
from tests.engines.exports.made import ARABIC, line, page, told, worded

PROSE = "a column of prose holds many lines"  # 340 px
Said = list[tuple[str, list[list[str]]]]


def said(*lines: Line) -> Said:
    return [(block.kind, block.texts) for block in blocks(page(*lines))]


def rows(*texts: Sequence[str], left: Sequence[float], top: float = 10) -> list[Line]:
    """A line for each text that is not empty; a row every 30 px."""
    return [
        line(text, at, top + 30 * number)
        for number, row in enumerate(texts)
        for text, at in zip(row, left, strict=True)
        if text
    ]


def test_it_works() -> None:
    assert said(
        line("CORNER BAKERY", 20, 10, height=40),
        *rows(("12 Market Street",), ("Springfield",), left=(20,), top=100),
        *rows(
            ("Bread", "2", "7.80"), ("Honey", "", "5.40"), left=(20, 200, 300), top=300
        ),
    ) == [
        ("heading", [["CORNER BAKERY"]]),
        ("paragraph", [["12 Market Street"], ["Springfield"]]),
        ("table", [["Bread", "2", "7.80"], ["Honey", "", "5.40"]]),
    ]


@pytest.mark.parametrize("degrees", [-5, 3, 8])
def test_a_page_may_lie_askew(degrees: float) -> None:
    slope = radians(degrees)
    turn = Affine(1, -slope, 50, slope, 1, 50)
    found = rows(("Bread", "7.80"), ("Honey", "5.40"), left=(20, 400))
    assert said(*(move_line(one, turn) for one in found)) == [
        ("table", [["Bread", "7.80"], ["Honey", "5.40"]])
    ]


def test_a_cell_may_go_on_below() -> None:
    assert said(
        *rows(("Rice", "7.00"), ("with nuts", ""), ("Tea", "2.30"), left=(20, 300))
    ) == [("table", [["Rice", "7.00"], ["with nuts", ""], ["Tea", "2.30"]])]


def test_one_row_is_no_table() -> None:
    assert said(*rows(("Total", "7.00"), left=(20, 300))) == [
        ("paragraph", [["Total 7.00"]])
    ]


def test_columns_of_prose_are_no_table() -> None:
    """They are read one after the other, as the page is."""
    lines = [(PROSE, PROSE)] * 5
    assert said(*rows(*lines, left=(20, 420))) == [("paragraph", [[PROSE]] * 5)] * 2


def test_tables_of_other_columns_are_apart_where_the_gap_is() -> None:
    lower = rows(("A", "B", "C"), ("1", "2", "3"), left=(100, 200, 330), top=160)
    assert said(
        *rows(("Cashier", "Fatin"), ("Open", "18:43 to 20:10"), left=(20, 200)), *lower
    ) == [
        ("table", [["Cashier", "Fatin"], ["Open", "18:43 to 20:10"]]),
        ("table", [["A", "B", "C"], ["1", "2", "3"]]),
    ]


def test_a_table_in_arabic_begins_at_the_right() -> None:
    """So do its rows of numbers, and a table of numbers on such a page."""
    found = blocks(
        page(
            *rows(("12.50", ARABIC), ("7.80", "خبز"), left=(20, 300)),
            *rows(("ملاحظة طويلة",), ("عن التسليم",), left=(200,), top=200),
            *rows(("NET 1", "EUR"), ("VAT 2", "USD"), left=(20, 300), top=300),
        )
    )
    assert [(block.texts, block.is_from_right) for block in found] == [
        ([[ARABIC, "12.50"], ["خبز", "7.80"]], True),
        ([["ملاحظة طويلة"], ["عن التسليم"]], True),
        ([["EUR", "NET 1"], ["USD", "VAT 2"]], True),
    ]


def test_amounts_in_large_print_are_no_headings() -> None:
    body = rows(*[("word",)] * 4, left=(20,), top=200)
    assert said(line("TOTAL 7.80", 20, 10, height=60), *body)[0][0] == "paragraph"
    assert said(line("7", 20, 10, height=60), *body)[0][0] == "paragraph"
    assert said(line("Total", 20, 10, height=60), *body)[0][0] == "heading"


def test_what_was_told_keeps_its_paragraphs() -> None:
    found = blocks(told("one\ntwo\n\n\nthree"))
    assert [block.texts for block in found] == [[["one"], ["two"]], [["three"]]]


def test_every_line_is_in_one_block() -> None:
    """Even one that a wide gap parts over two columns."""
    wide = worded("left right", 20, 10)
    near, far = wide.words
    apart = Line("left right", line("x" * 50, 20, 10).polygon, (near, far))
    found = page(apart, *rows(("Honey", "5.40"), left=(20, 300), top=40))
    indices = [index for _, own in blocks_of_lines(found) for index, _ in own]
    assert sorted(indices) == [0, 1, 2]


def test_outlines_without_height_do_no_harm() -> None:
    """Other services' results have them."""
    flat = [line(text, 20, 10 * n, height=0) for n, text in enumerate("abcdefgh")]
    assert said(*flat) == [("paragraph", [[text] for text in "abcdefgh"])]
