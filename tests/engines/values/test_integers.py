"""Whole numbers, and rows of digits."""

from __future__ import annotations

import pytest

from engines import Habits, Value
from tests.engines.values.region import read, typed


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("20", "20"),
        ("١", "1"),
        ("-5", "-5"),
        ("1,234", "1234"),  # a whole number has no decimals
        ("1.234", "1234"),
        ("1 000", "1000"),
        ("2.00", "2"),
        ("No. 12", "12"),
        ("20.", "20"),
        ("007", "7"),
    ],
)
def test_it_works(raw: str, text: str) -> None:
    assert read("integer", raw) == Value(text)


@pytest.mark.parametrize(
    ("raw", "text", "doubt"),
    [
        ("1.000", "1000", "“1.000” may be 1000 or 1.000."),
        ("2.50", "2", "“2.50” is no whole number."),
        ("20 pcs", "20", "There is more than a whole number here: “pcs”."),
        ("2O", "20", "There are letters among the digits of “2O”."),
        ("x20", "", "“x20” is no whole number."),
        ("twenty", "", "“twenty” is no whole number."),
    ],
)
def test_what_may_be_something_else_is_doubted(raw: str, text: str, doubt: str) -> None:
    assert read("integer", raw) == Value(text, doubt=doubt)


def test_the_decimal_mark_of_the_layout_decides() -> None:
    assert read("integer", "1.000", Habits(decimal=".")) == Value("1")
    assert read("integer", "1.000", Habits(decimal=",")) == Value("1000")


def test_typed_numbers_pass() -> None:
    assert typed("integer", "20") == Value("20")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("0012", "0012"),
        ("٠٠١٢", "0012"),
        ("55 66-77", "556677"),
        ("(+971) 4", "9714"),
        ("Tel: 55 66", "5566"),
    ],
)
def test_digits_keep_their_zeros(raw: str, text: str) -> None:
    assert read("digits", raw) == Value(text)


@pytest.mark.parametrize(
    ("raw", "text", "doubt"),
    [
        ("O012", "0012", "There are letters among the digits of “O012”."),
        ("12/34", "1234", "“12/34” is more than digits, or none."),
        ("12a34", "1234", "“12a34” is more than digits, or none."),
        ("none", "", "“none” is more than digits, or none."),
    ],
)
def test_what_is_more_than_digits_is_doubted(raw: str, text: str, doubt: str) -> None:
    assert read("digits", raw) == Value(text, doubt=doubt)
