"""How labels are compared: misread letters are forgiven, other words are not."""

from __future__ import annotations

import pytest

from engines import Box, Line, Page, Word
from engines.registration.labels import likeness, said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Total due", "TOTAL DUE:"),
        ("Échéance", "Echeance"),
        ("Invoice No. 10", "lnvoice No. IO"),
        ("SOUS-TOTAL", "5OUS TOTAL"),
        ("المجموع", "المجموع"),
    ],
)
def test_the_same_label_misread(one: str, other: str) -> None:
    assert likeness(one, other) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [("Total HT", "Total TTC"), ("Net", "Tax"), ("Date", ""), ("-", "Date")],
)
def test_other_labels(one: str, other: str) -> None:
    assert likeness(one, other) < 0.86


def test_labels_are_found_within_lines() -> None:
    boxes = [Box(10 * n, 0, 10 * n + 9, 10) for n in range(4)]
    texts = ("The", "total", "due:", "12.00")
    words = tuple(Word(text, box) for text, box in zip(texts, boxes, strict=True))
    page = Page(100, 100, lines=(Line("The total due: 12.00", words=words),))
    found = [box for alike, box in said("Total due", page) if alike == 1.0]
    assert found == [Box(10, 0, 29, 10)]


def test_a_line_without_words_is_compared_whole() -> None:
    line = Line("Total due", Box(1, 2, 3, 4).polygon)
    page = Page(10, 10, lines=(line, Line("Total due")))
    assert list(said("total due", page)) == [(1.0, Box(1, 2, 3, 4))]
