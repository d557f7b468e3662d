"""The line that shows what was found."""

from __future__ import annotations

from documents.search.excerpts import Part, Span, excerpt, hits_of
from documents.search.query import query_of

TEXT = "Corner Shop\n2 apples  1,250.00\nTotal apples 1,250.00 EUR\nThank you"


def shown(text: str, words: str) -> str:
    parts = excerpt(text, query_of(words))
    return "".join(f"[{text}]" if is_hit else text for text, is_hit in parts)


def test_it_works() -> None:
    assert excerpt(TEXT, query_of("shop")) == [
        Part("Corner ", False),
        Part("Shop", True),
    ]


def test_the_line_with_most_of_it() -> None:
    assert shown(TEXT, "total 1250.00") == "[Total] apples [1,250.00] EUR"


def test_nothing_is_found() -> None:
    assert excerpt(TEXT, query_of("pears")) == []
    assert excerpt("", query_of("pears")) == []


def test_a_long_line_is_cut_at_blanks() -> None:
    line = "one two three " * 30 + "needle " + "four five six " * 30
    found = shown(line, "needle")
    assert found == (
        "… three one two three one two three one two three [needle] "
        + "four five six " * 7
        + "four fi …"
    )


def test_a_long_line_without_blanks() -> None:
    assert shown("x" * 500, "xx") == f"[{'x' * 160}] …"
    found = shown("京" * 300 + "都" + "京" * 300, "都")
    assert "京[都]京" in found
    assert len(found) <= 170


def test_hits_by_line() -> None:
    lines = ["two", "apples, two", "x@example.org", "東京都"]
    assert hits_of(lines, query_of('"two apples"')) == {
        0: [Span(0, 3)],
        1: [Span(0, 6)],
    }
    assert hits_of(lines, query_of("x@example 京都")) == {
        2: [Span(0, 1), Span(2, 9)],
        3: [Span(1, 3)],
    }
