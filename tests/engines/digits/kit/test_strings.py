"""number_string and the words beside: what is drawn for training."""

from __future__ import annotations

import re
from random import Random

import pytest

from engines.digits.alphabet import CLASS_OF, Script, as_ascii, in_symbols
from engines.digits.kit.strings import DIGITS, grouped, number_string
from engines.digits.kit.words import arabic_phrase, latin_phrase


@pytest.mark.parametrize("script", ["western", "arabic", "persian"])
def test_a_number_keeps_to_its_script(script: Script) -> None:
    for seed in range(300):
        text = number_string(Random(seed), script)
        found = {char for char in text if char.isdigit()}
        assert found <= set(DIGITS[script])
        assert found
        assert set(in_symbols(text)) <= set(CLASS_OF)


def test_the_same_seed_makes_the_same_number() -> None:
    assert number_string(Random(7), "arabic") == number_string(Random(7), "arabic")
    made = {number_string(Random(seed), "arabic") for seed in range(200)}
    assert len(made) > 150


def test_there_are_dates_amounts_shares_and_phones() -> None:
    texts = [as_ascii(number_string(Random(n), "arabic")) for n in range(600)]
    for form in (
        r"\d+/\d+/\d{2,4}$",
        r"\d[٫٬.,،]\d\d$",
        r"\d%|%\s?\d",
        r"^\+\d",
        r"^\d$",
    ):
        assert sum(bool(re.search(form, text)) for text in texts) >= 5, form


@pytest.mark.parametrize(
    ("whole", "expected"),
    [("1", "1"), ("123", "123"), ("1234", "1,234"), ("1234567", "1,234,567")],
)
def test_digits_are_grouped_in_threes(whole: str, expected: str) -> None:
    assert grouped(whole, ",") == expected


def test_words_are_letters_to_the_reader() -> None:
    for seed in range(200):
        assert not re.search("[0-9٠-٩۰-۹]", arabic_phrase(Random(seed)))
        assert not re.search("[0-9٠-٩۰-۹]", latin_phrase(Random(seed)))


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("AED ٥٢٥٠٠", "A٥٢٥٠٠"),
        ("٥ %", "٥%"),
        ("۱۲٫۵", "١٢,۵"),
        ("رقم الفاتورة: ٧", "ع:٧"),
        ("a-b", "A-A"),
        ("", ""),
    ],
)
def test_print_is_written_in_symbols(text: str, symbols: str) -> None:
    assert in_symbols(text) == symbols
