"""csv and tsv: a line or a word per row."""

from __future__ import annotations

import csv
import io

import pytest

from engines import Line, Page, Result, Wishes, export_result
from tests.engines.exports.made import EVERYTHING, line, page, worded

RESULT = Result(
    {2: page(line("Bread", 20, 10), Line("said")), 1: page(worded("Thank you", 5, 9))},
    corrected={2: frozenset({1})},
)
WORDS = Wishes(rows="word")


def read_back(content: bytes, delimiter: str = ",") -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def one_cell(text: str, name: str = "csv") -> str:
    content = export_result(name, Result({1: page(line(text, 0, 0))}))
    return read_back(content, "," if name == "csv" else "\t")[1][2]


def test_a_line_per_row() -> None:
    assert export_result("csv", RESULT).decode() == (
        "\ufeffpage,line,text,left,top,right,bottom,confidence,corrected\r\n"
        "1,0,Thank you,5.0,9.0,95.0,29.0,0.750,0\r\n"
        "2,0,Bread,20.0,10.0,70.0,30.0,0.900,0\r\n"
        "2,1,said,,,,,,1\r\n"
    )


def test_a_word_per_row() -> None:
    """A line without words is one row."""
    assert export_result("csv", RESULT, WORDS).decode() == (
        "\ufeffpage,line,word,text,left,top,right,bottom,confidence,corrected\r\n"
        "1,0,0,Thank,5.0,9.0,55.0,29.0,0.500,0\r\n"
        "1,0,1,you,65.0,9.0,95.0,29.0,0.500,0\r\n"
        "2,0,,Bread,20.0,10.0,70.0,30.0,0.900,0\r\n"
        "2,1,,said,,,,,,1\r\n"
    )


def test_tabs() -> None:
    assert export_result("tsv", RESULT).decode() == (
        "page\tline\ttext\tleft\ttop\tright\tbottom\tconfidence\tcorrected\n"
        "1\t0\tThank you\t5.0\t9.0\t95.0\t29.0\t0.750\t0\n"
        "2\t0\tBread\t20.0\t10.0\t70.0\t30.0\t0.900\t0\n"
        "2\t1\tsaid\t\t\t\t\t\t1\n"
    )


@pytest.mark.parametrize("name", ["csv", "tsv"])
@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 20 7946", "-cmd|' /C calc'!A0", "@SUM(A1)", "＝1+1", "'=1+1", "-٥"],
)
def test_a_formula_is_text(name: str, text: str) -> None:
    """And the text comes back when the apostrophe is dropped."""
    assert one_cell(text, name) == f"'{text}"


@pytest.mark.parametrize("text", ["\t=1+1", "\r=1+1", "\n=1+1"])
def test_a_hidden_formula_is_text(text: str) -> None:
    assert one_cell(text) == f"'{text}"
    assert one_cell(text, "tsv") == "' =1+1"


@pytest.mark.parametrize(
    "text", ["-5.00", "+1,234.50", "-6%", "5-6", "'quoted'", "", "ملاحظة", 'a "b", c']
)
@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_numbers_and_other_text_stay_as_they_are(name: str, text: str) -> None:
    assert one_cell(text, name) == text


def test_tabs_and_breaks_within_become_spaces() -> None:
    rows = read_back(
        export_result("tsv", Result({1: page(line("a\tb\r\nc\u2028d", 0, 0))})), "\t"
    )
    assert rows[1][2] == "a b  c d"


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_whatever_was_read_is_a_table(name: str) -> None:
    delimiter = "," if name == "csv" else "\t"
    rows = read_back(export_result(name, EVERYTHING, WORDS), delimiter)
    assert {len(row) for row in rows} == {10}
    assert len(rows) == 1 + (5 + 4) + (2 + 2) + 2


def test_an_empty_page_has_its_header() -> None:
    content = export_result("tsv", Result({1: Page(9, 9)}))
    assert content.count(b"\n") == 1
