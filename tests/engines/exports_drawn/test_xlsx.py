"""export_result("xlsx"): a sheet of text with values, and one of words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from engines import Box, Line, Page, Result, Wishes, export_result
from engines.exports.xlsx_values import Typed, format_of, typed
from engines.values import Habits
from tests.engines.exports_drawn.pages import ARABIC, line, page, result

PLAIN = Habits(languages=())
RECEIPT = page(
    line((("Corner", 50, 150), ("Bakery", 160, 260)), 20),
    line((("Bread", 50, 150),), 100),
    line((("7.80", 700, 760),), 100),
    line((("Honey", 50, 150),), 140),
    line((("1,115.40", 680, 760),), 140),
    line((("Total", 50, 150),), 180),
    line((("1,123.20", 680, 760),), 180),
)


def workbook(made: Result, wishes: Wishes | None = None) -> Workbook:
    return load_workbook(BytesIO(export_result("xlsx", made, wishes or Wishes())))


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def lines(*texts: str) -> Page:
    """Each of *texts* as a line of its own, far from the others."""
    found = tuple(
        Line(text, Box(50, 60 * n, 50 + 9 * len(text), 60 * n + 30).polygon)
        for n, text in enumerate(texts)
    )
    return Page(800, 800, found, "\n".join(texts))


def test_what_stands_in_columns_is_in_columns() -> None:
    book = workbook(result(RECEIPT))
    assert book.sheetnames == ["Text", "Words"]
    assert rows(book["Text"]) == [
        ["Corner Bakery", None],
        ["Bread", 7.8],
        ["Honey", 1115.4],
        ["Total", 1123.2],
    ]
    assert [row[1].number_format for row in book["Text"].iter_rows()][1:] == [
        "0.00",
        "#,##0.00",
        "#,##0.00",
    ]


def test_every_word_has_its_place() -> None:
    made = replace(result(RECEIPT), corrected={1: frozenset({1})})
    sheet = workbook(made)["Words"]
    head = "page line word text left top right bottom confidence corrected"
    assert rows(sheet)[:4] == [
        head.split(),
        [1, 0, 0, "Corner", 50, 20, 150, 50, 0.9, 0],
        [1, 0, 1, "Bakery", 160, 20, 260, 50, 0.9, 0],
        [1, 1, 0, "Bread", 50, 100, 150, 130, 0.9, 1],
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:J9")


def test_a_line_without_words_or_a_place_is_one_row() -> None:
    said = Page(800, 800, (Line("said by a model"),), "said by a model")
    book = workbook(result(said))
    assert rows(book["Words"])[1] == [1, 0, None, "said by a model", *[None] * 5, 0]
    assert rows(book["Text"]) == [["said by a model"]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+5.00", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "- 5", "--"]
)
def test_no_cell_is_computed(text: str) -> None:
    book = workbook(result(lines(text)))
    for cell in (book["Text"]["A1"], book["Words"]["D2"]):
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.quotePrefix


def test_characters_that_no_sheet_can_hold_are_left_out() -> None:
    book = workbook(result(lines("a\x00b\x1fc\ufffed\ud800e")))
    assert book["Text"]["A1"].value == "abcd?e"


def test_a_page_of_arabic_runs_from_the_right() -> None:
    book = workbook(result(page(line(ARABIC[:2], 100))))
    assert [sheet.sheet_view.rightToLeft for sheet in book] == [True, True]
    assert rows(book["Text"]) == [["فاتورة رقم"]]
    assert not workbook(result(RECEIPT))["Text"].sheet_view.rightToLeft


def test_pages_follow_each_other() -> None:
    book = workbook(result(lines("one"), lines("two")))
    assert rows(book["Text"]) == [["one"], [None], ["two"]]
    assert [row[0] for row in rows(book["Words"])[1:]] == [1, 2]


def test_the_page_tells_how_its_dates_and_numbers_are_written() -> None:
    """12/27 can only be December, so that 01/02 is January."""
    sheet = workbook(result(lines("12/27/2021", "01/02/2022", "1.234", "5,50")))["Text"]
    assert [row[0] for row in rows(sheet)] == [
        datetime(2021, 12, 27),
        datetime(2022, 1, 2),
        1234,
        5.5,
    ]


def test_a_result_without_pages() -> None:
    assert rows(workbook(Result({}))["Text"]) == []


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("9.00", Decimal("9.00"), "0.00"),
        ("-5.00", Decimal("-5.00"), "0.00"),
        ("(12.00)", Decimal("-12.00"), "0.00"),
        ("1.234,50", Decimal("1234.50"), "#,##0.00"),
        ("12 345,50", Decimal("12345.50"), "#,##0.00"),
        ("9556939040116", Decimal("9556939040116"), "0"),
        ("١٥٫٧٥", Decimal("15.75"), "0.00"),
        ("$5.00", Decimal("5.00"), '"$"0.00'),
        ("5.00 €", Decimal("5.00"), '0.00" €"'),
        ("AED 1,250.75", Decimal("1250.75"), '"AED "#,##0.00'),
        ("25/12/2018", date(2018, 12, 25), "yyyy-mm-dd"),
        ("27.12.2021", date(2021, 12, 27), "yyyy-mm-dd"),
        ("Dec 27, 2021", date(2021, 12, 27), "yyyy-mm-dd"),
        ("15 يناير 2024", date(2024, 1, 15), "yyyy-mm-dd"),
    ],
)
def test_values(text: str, value: Typed, shown: str) -> None:
    assert typed(text, PLAIN) == value
    assert format_of(value, text) == shown


@pytest.mark.parametrize(
    "text",
    [
        *("1,234", "9.000", "01/02/2019", "3.12.24", "1445/05/03"),  # in doubt
        *("0012", "04 332 1188", "12 345", "1234567890123456", "+5"),  # would lose some
        *("6%", "8.90 S", "1.50 KG", "No. 12", "12 PIECES 2021", "12.", "-", "", "RM"),
        *("31/12/1899", "99/99/2020"),
    ],
)
def test_what_is_no_value_stays_text(text: str) -> None:
    assert typed(text, PLAIN) == text
    assert format_of(text, text) == "@"
