"""What another reading of a line says of each of its words."""

from __future__ import annotations

import pytest

from engines.agree.alignment import Saying, sayings


def same(*texts: str) -> list[Saying]:
    return [Saying(text, text) for text in texts]


def test_it_works() -> None:
    assert sayings(["Total", "12.50"], "Total 12.50") == same("Total", "12.50")
    assert sayings(["Total", "12.50"], "Tofal 12.5O") == same("Tofal", "12.5O")


def test_a_gap_that_it_does_not_see_shows_in_the_whole() -> None:
    joined = "TAXINVOICE"
    assert sayings(["TAX", "INVOICE"], joined) == [
        Saying("TAX", joined),
        Saying("INVOICE", joined),
    ]


def test_a_gap_that_it_sees_stands_in_the_word() -> None:
    assert sayings(["TAXINVOICE"], "TAX INVOICE") == same("TAX INVOICE")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("", ["", "", ""]),
        ("3 pcs", ["3", "pcs", ""]),
        ("pcs of", ["", "pcs", "of"]),
        ("3, pcs of", ["3,", "pcs", "of"]),
        ("3 (pcs of", ["3", "(pcs", "of"]),
        ("* 3 pcs of tea", ["* 3", "pcs", "of tea"]),
    ],
)
def test_what_is_missing_or_more(other: str, said: list[str]) -> None:
    assert [one.inner for one in sayings(["3", "pcs", "of"], other)] == said


def test_arabic_is_in_logical_order() -> None:
    words = ["المجموع", "١٢٫٥٠", "ريال"]
    assert sayings(words, "المجموع ١٢٫٥٠ ريالا") == same("المجموع", "١٢٫٥٠", "ريالا")
