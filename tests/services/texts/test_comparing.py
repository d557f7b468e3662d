"""Two readings of a page, held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from documents.services.texts.comparing import Comparison, Row, compare

WIDTH, HEIGHT = 1000, 500
Spot = tuple[float, float, float]  # left, right, top; every line is 20 high


def line(text: str, spot: Spot | None, slope: float = 0) -> dict[str, Any]:
    if spot is None:
        return {"text": text, "polygon": None}
    left, right, top = spot
    end = top + slope * (right - left)
    polygon = [[left, top], [right, end], [right, end + 20], [left, top + 20]]
    return {"text": text, "polygon": polygon}


def page(*lines: dict[str, Any], scale: float = 1) -> dict[str, Any]:
    for one in lines:
        if one["polygon"] and scale != 1:
            one["polygon"] = [[x * scale, y * scale] for x, y in one["polygon"]]
    text = "\n".join(one["text"] for one in lines)
    return {
        "width": WIDTH * scale,
        "height": HEIGHT * scale,
        "lines": list(lines),
        "text": text,
    }


def down(*texts: str) -> dict[str, Any]:
    """A line below the other, each as wide as the page."""
    return page(*(line(t, (10, 990, 30 * n)) for n, t in enumerate(texts)))


def without_places(*texts: str) -> dict[str, Any]:
    return page(*(line(text, None) for text in texts))


def pairs(comparison: Comparison) -> list[tuple[str, str]]:
    return [(row.left, row.right) for row in comparison.rows]


def numbers(comparison: Comparison) -> list[tuple[Sequence[int], Sequence[int]]]:
    return [(row.left_lines, row.right_lines) for row in comparison.rows]


def test_it_works() -> None:
    compared = compare(down("Corner Shop", "T0tal 1.20"), down("Corner Shop", "Total"))
    assert compared == Comparison(
        (
            Row("Corner Shop", "Corner Shop", (1,), (1,), (0.01, 0, 0.99, 0.04)),
            Row("T0tal 1.20", "Total", (2,), (2,), (0.01, 0.06, 0.99, 0.1)),
        )
    )
    assert [row.same for row in compared.rows] == [True, False]
    assert [row.differing for row in compared.rows] == [0, 6]
    assert (compared.differences, compared.differing) == (1, 6)
    assert compared.agreement == round(1 - 6 / 21, 4)


def test_two_empty_pages_agree() -> None:
    compared = compare(page(), {})
    assert (compared.rows, compared.agreement) == ((), 1.0)


def test_one_letter_of_very_many_is_not_nothing() -> None:
    assert compare(down("a" * 50_000), down("a" * 49_999 + "b")).agreement == 0.9999


def test_blanks_and_ways_to_write_a_letter_do_not_differ() -> None:
    compared = compare(down("Cafe\u0301  1"), down("Café 1"))
    assert [row.same for row in compared.rows] == [True]


def test_places_count_whatever_the_size_of_the_picture() -> None:
    small = page(line("one", (0, 500, 0)), line("two", (0, 500, 100)))
    large = page(line("zwei", (0, 500, 102)), line("eins", (0, 500, 3)), scale=3)
    assert pairs(compare(small, large)) == [("one", "eins"), ("two", "zwei")]


def test_one_line_there_is_two_here() -> None:
    whole = page(line("2 apples 1.20", (10, 990, 40)))
    parts = page(line("1.20", (800, 990, 42)), line("2 apples", (10, 300, 38)))
    compared = compare(whole, parts)
    assert pairs(compared) == [("2 apples 1.20", "2 apples 1.20")]
    assert numbers(compared) == [((1,), (2, 1))]
    assert numbers(compare(parts, whole)) == [((2, 1), (1,))]


def test_parts_of_a_mirrored_line_go_from_right_to_left() -> None:
    whole = page(line("السعر ١٢", (10, 990, 40)))
    parts = page(line("١٢", (10, 300, 40)), line("السعر", (800, 990, 40)))
    assert pairs(compare(whole, parts)) == [("السعر ١٢", "السعر ١٢")]


def test_a_paragraph_there_is_lines_here() -> None:
    corners = [[10, 0], [990, 0], [990, 50], [10, 50]]
    whole = page({"text": "one two three", "polygon": corners})
    assert pairs(compare(whole, down("one two", "three", "four"))) == [
        ("one two three", "one two three"),
        ("", "four"),
    ]


def test_a_large_initial_makes_no_row_of_two() -> None:
    initial = {"text": "O", "polygon": [[0, 0], [60, 0], [60, 50], [0, 50]]}
    left = page(initial, line("nce upon", (70, 990, 0)), line("a time", (70, 990, 30)))
    right = down("Once upon", "a time")
    assert pairs(compare(left, right)) == [
        ("O nce upon", "Once upon"),
        ("a time", "a time"),
    ]


def test_lines_of_a_slanted_page_keep_their_rows() -> None:
    texts = ("first", "second", "third")
    left = page(*(line(t, (0, 1000, 10 + 30 * n), 0.1) for n, t in enumerate(texts)))
    right = page(
        *(line(f"{t} a", (0, 400, 10 + 30 * n), 0.1) for n, t in enumerate(texts)),
        *(line("b", (600, 1000, 70 + 30 * n), 0.1) for n, _t in enumerate(texts)),
    )
    assert pairs(compare(left, right)) == [(t, f"{t} a b") for t in texts]


def test_lines_that_one_side_alone_has_stay_where_they_are() -> None:
    left = page(line("one", (0, 500, 0)), line("three", (0, 500, 100)))
    right = page(
        line("zero", (600, 990, 0)),
        line("one", (0, 500, 0)),
        line("two", (0, 500, 50)),
        line("three", (0, 500, 100)),
        line("four", (0, 500, 150)),
    )
    assert pairs(compare(left, right)) == [
        ("", "zero"),
        ("one", "one"),
        ("", "two"),
        ("three", "three"),
        ("", "four"),
    ]
    assert pairs(compare(right, left))[:3] == [
        ("zero", ""),
        ("one", "one"),
        ("two", ""),
    ]


def test_without_places_words_tell() -> None:
    left = down("Corner Shop", "Till 7", "T0tal due now 1.20", "Thanks")
    right = without_places("CORNER SHOP", "Total due now 1.20", "Thank you")
    assert pairs(compare(left, right)) == [
        ("Corner Shop", "CORNER SHOP"),
        ("Till 7", ""),
        ("T0tal due now 1.20", "Total due now 1.20"),
        ("Thanks", "Thank you"),
    ]


def test_without_places_a_paragraph_is_many_lines() -> None:
    left = down("It was the best", "of tlmes, lt wos", "the worst of times")
    right = without_places("It was the best of times, it was the worst of times")
    assert pairs(compare(left, right)) == [
        (
            "It was the best of tlmes, lt wos the worst of times",
            "It was the best of times, it was the worst of times",
        )
    ]


def test_an_engine_without_lines_has_those_of_its_text() -> None:
    bare = {"width": 10, "height": 10, "lines": [], "text": "one\n\ntwo"}
    compared = compare(bare, without_places("one", "two"))
    assert compared.rows == (
        Row("one", "one", (1,), (1,), None),
        Row("two", "two", (3,), (2,), None),
    )


def test_the_same_words_elsewhere_are_other_lines() -> None:
    left = page(line("Total", (0, 500, 0)))
    right = page(line("Total", (0, 500, 400)))
    assert pairs(compare(left, right)) == [("Total", ""), ("", "Total")]


def test_a_line_that_was_emptied_is_gone() -> None:
    assert pairs(compare(down("one", ""), down("one", "two"))) == [
        ("one", "one"),
        ("", "two"),
    ]


def test_lines_on_one_heap_are_told_by_their_words() -> None:
    heap = [line(f"number {n}", (0, 900, 10)) for n in range(300)]
    compared = compare(page(*heap), page(*heap))
    assert compared.agreement == 1.0
    assert len(compared.rows) == 300


@pytest.mark.parametrize("placed", [True, False])
def test_pages_of_a_thousand_lines(placed: bool) -> None:
    texts = [f"item {n} of {n * 7} for {n * 13}.00" for n in range(1000)]
    made = down if placed else without_places
    worse = [text.replace("item", "1tem") for text in texts]
    compared = compare(made(*texts), made(*worse))
    assert pairs(compared) == list(zip(texts, worse, strict=True))
    assert compared.differing == 1000
