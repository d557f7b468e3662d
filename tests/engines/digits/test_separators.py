"""Which comma-like mark was printed."""

from __future__ import annotations

import pytest

from engines.digits.separators import printed
from engines.roi import Region
from engines.types import Box
from engines.values import Habits, parse_value

AMOUNT = Region("Total", "amount", Box(0, 0, 1, 1))


@pytest.mark.parametrize(
    ("symbols", "print_"),
    [
        ("١٢,٣٤٥,٦٧", "١٢٬٣٤٥٫٦٧"),
        ("١٢,٣٤٥.٦٧", "١٢٬٣٤٥.٦٧"),
        ("١.٢٣٤,٥٦", "١.٢٣٤٫٥٦"),
        ("١.٢٣٤,٥٦٧", "١.٢٣٤٫٥٦٧"),
        ("١٢,٥", "١٢٫٥"),
        ("١٢,٥٠", "١٢٫٥٠"),
        ("١٢,٥٠٠", "١٢٬٥٠٠"),
        ("١,٢٣٤,٥٦٧", "١٬٢٣٤٬٥٦٧"),
        ("١,٢٣,٤٥,٦٧٨", "١٬٢٣٬٤٥٬٦٧٨"),
        ("٠,١٢٥", "٠٫١٢٥"),
        ("١٢٣٤,٥٦٧", "١٢٣٤٫٥٦٧"),
        ("٣,٤,٥", "٣،٤،٥"),
        ("-١,٥%", "-١٫٥%"),
        ("١,٢ ٣,٤٥٦", "١٫٢ ٣٬٤٥٦"),
    ],
)
def test_arabic_digits_tell(symbols: str, print_: str) -> None:
    assert printed(symbols) == print_


@pytest.mark.parametrize("number", ["1,234.50", "1.234,50", "1,5", "12/27/2021", ""])
def test_western_numbers_keep_their_marks(number: str) -> None:
    assert printed(number) == number


def test_persian_numbers_are_persian_throughout() -> None:
    assert printed("١٢,٣۴۵") == "۱۲٬۳۴۵"


@pytest.mark.parametrize(
    ("symbols", "value"),
    [
        ("١٢,٣٤٥,٦٧", "12345.67"),
        ("١٢,٥٠٠", "12500"),
        ("١,٢٣,٤٥,٦٧٨", "12345678"),
        ("٠,١٢٥", "0.125"),
        ("١.٢٣٤,٥٦", "1234.56"),
    ],
)
def test_values_are_plain(symbols: str, value: str) -> None:
    found = parse_value(printed(symbols), AMOUNT, Habits(languages=("ara",)))
    assert (found.text, found.doubt) == (value, "")
