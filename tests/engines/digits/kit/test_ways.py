"""engines.digits.kit.ways: how a typed value may stand on paper."""

from __future__ import annotations

import pytest

from engines.digits.alphabet import CLASS_OF, as_ascii
from engines.digits.kit.ways import ways


@pytest.mark.parametrize(
    ("typed", "kind", "print_"),
    [
        ("52500", "amount", "A٥٢٥٠٠"),  # AED is left out, and typed with 0-9
        ("52500", "amount", "٥٢,٥٠٠"),
        ("1250.00", "amount", "١,٢٥٠,٠٠"),  # both marks look like commas
        ("1250.00", "amount", "1.250,00"),
        ("1,250.00 EUR", "amount", "1,250.00"),
        ("١٢٣٤٫٥٠", "amount", "١٢٣٤,٥٠"),
        ("-50", "amount", "٥٠-"),  # painted behind the number, right to left
        ("2024-01-15", "date", "١٥/١/٢٠٢٤"),
        ("2024-01-15", "date", "١٥-٠١-٢٠٢٤"),
        ("2024-01-15", "date", "01/15/24"),
        ("15.1.2024", "date", "15/01/2024"),
        ("٢٠٢٤-٠٠١", "digits", "٠٠١-٢٠٢٤"),  # groups stand the other way round
        ("456", "digits", "۴۵۶"),
        ("5%", "digits", "٪٥"),
        ("5%", "digits", "٥%"),
        ("3", "integer", "٣ع"),
    ],
)
def test_the_print_is_among_them(typed, kind, print_):
    assert print_ in ways(typed, kind)


@pytest.mark.parametrize("typed", ["٢٠٢٤-٠٠١", "AED ٥٢٥٠٠", "12/27"])
def test_what_was_typed_comes_first(typed):
    assert ways(typed, "digits")[0] == typed.replace("AED ", "A")


def test_the_digits_stay():
    for kind in ("amount", "integer", "digits"):
        digits = {
            "".join(char for char in as_ascii(way) if char.isdigit())
            for way in ways("AED 1,234.56", kind)
        }
        assert digits == {"123456"}


def test_all_are_in_symbols_once():
    found = ways("27/12/2021", "date")
    assert len(set(found)) == len(found)
    assert all(set(way) <= set(CLASS_OF) for way in found)


def test_nothing_typed_is_printed_in_no_way():
    assert ways("  ", "amount") == ()
