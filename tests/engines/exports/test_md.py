"""md: headings, paragraphs and tables, read back by a parser of CommonMark."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from engines import Line, Result, export_result
from tests.engines.exports.made import ARABIC, EVERYTHING, HOSTILE, line, page, told

PARSER = MarkdownIt("commonmark").enable("table")


def md(*lines: Line) -> str:
    return export_result("md", Result({1: page(*lines)})).decode()


def shown(text: str) -> str:
    """The letters that a reader sees of Markdown, without white space."""
    tokens = PARSER.parse(text)
    found = [leaf for token in tokens for leaf in token.children or ()]
    return "".join(leaf.content for leaf in found)


def test_it_works() -> None:
    assert md(
        line("CORNER BAKERY", 20, 10, height=40),
        line("12 Market Street, behind the", 20, 80),
        line("old mill", 20, 105),
        line("Item", 20, 200),
        line("Price", -30, 200),
        line("Bread", 20, 225),
        line("7.80", -30, 227),
        line("Honey | jam", 20, 250),
        line("$115.40", -30, 248),
    ) == (
        "# CORNER BAKERY\n\n"
        "12 Market Street, behind the\nold mill\n\n"
        "| Item | Price |\n"
        "| --- | ---: |\n"
        "| Bread | 7.80 |\n"
        "| Honey \\| jam | \\$115.40 |\n"
    )


def test_short_lines_end_where_they_did() -> None:
    assert md(
        line("Corner Bakery", 20, 10),
        line("12 Market Street, behind the mill", 20, 35),
        line("Open", 20, 60),
    ) == ("Corner Bakery  \n12 Market Street, behind the mill\nOpen\n")


def test_a_table_without_names_has_an_empty_head() -> None:
    assert md(
        line("Bread", 20, 10),
        line("7.80", -30, 10),
        line("Honey", 20, 35),
        line("5.40", -30, 35),
    ) == ("|  |  |\n| --- | ---: |\n| Bread | 7.80 |\n| Honey | 5.40 |\n")


def test_a_table_that_runs_from_the_right_begins_there() -> None:
    assert md(
        line("الوصف", -30, 10),
        line(ARABIC, 50, 10),
        line("خبز", -30, 35),
        line("١٢٫٥٠", 50, 35),
    ) == (f"| الوصف | {ARABIC} |\n| --- | ---: |\n| خبز | ١٢٫٥٠ |\n")


@pytest.mark.parametrize(
    "text",
    [
        "# no heading",
        "#",
        "- no list",
        "+ no list",
        "1. no list",
        "2017) no list",
        "---",
        "===",
        "***",
        "> no quote",
        "`no code`",
        "*not* _loud_ ~~gone~~",
        "[no](link) ![no](picture)",
        "<b>no tag</b> &amp; &#65;",
        "https://example.com/a_b_c",
        r"back\slash \* $5 $6",
        "C# and a | b",
        "-5.00",
    ],
)
def test_every_character_is_shown_as_it_was_read(text: str) -> None:
    """In a paragraph, in a heading and in a table."""
    assert shown(md(line("Above", 0, 0), line(text, 0, 25))) == f"Above{text}"
    heading = md(line(f"no {text}", 0, 0, height=90), *rows_of_print())
    assert shown(heading).startswith(f"no {text}word")
    table = md(
        line("A", 0, 0), line(text, 300, 0), line("B", 0, 25), line("C", 300, 25)
    )
    assert shown(table) == f"A{text}BC"


def rows_of_print() -> list[Line]:
    return [line("word", 0, 200 + 25 * number) for number in range(5)]


def test_what_has_no_place_keeps_its_paragraphs() -> None:
    pages = {1: told("one\ntwo\n\nthree"), 2: told("# four")}
    assert export_result("md", Result(pages)).decode() == (
        "one  \ntwo\n\nthree\n\n---\n\n\\# four\n"
    )


def test_nothing_hostile_is_markup() -> None:
    text = export_result("md", EVERYTHING).decode(errors="replace")
    tokens = PARSER.parse(text)
    kinds = {leaf.type for token in tokens for leaf in token.children or ()}
    assert kinds == {"text", "hardbreak"}
    assert "html_block" not in {token.type for token in tokens}
    assert HOSTILE.split()[0] in shown(text)
