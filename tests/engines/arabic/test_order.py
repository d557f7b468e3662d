"""Numbers as painted, turned into numbers as typed."""

from __future__ import annotations

import pytest
from bidi import get_display

from engines.arabic.order import (
    has_arabic,
    has_eastern_digit,
    typed_after_arabic,
    typed_alone,
    typed_before_arabic,
)

MIRRORED = str.maketrans("()[]«»", ")(][»«")
TYPED = (
    "٢٠٢٤/٠١/١٥",
    "٢٠٢٤-٠١-١٥",
    "(٢٥)",
    "[٦١٠]",
    "٥٠٪",
    "-٥٠",
    "١٢٬٣٤٥٫٦٧",
    "٢٠٢٤ / ٠١ / ١٥",
    "2024-01-15",
    "50%",
    "۱۲-۳۴",
)


def painted(text: str) -> str:
    """*text* amid Arabic, as it stands on paper: there, brackets face the other way."""
    return str(get_display(text, base_dir="R")).translate(MIRRORED)


def test_it_works() -> None:
    assert typed_after_arabic("١٥-٠١-٢٠٢٤") == "٢٠٢٤-٠١-١٥"
    assert typed_after_arabic("٢٠٢٤/٠١/١٥") == "٢٠٢٤/٠١/١٥"
    assert typed_after_arabic("(٢٥)") == "(٢٥)"


@pytest.mark.parametrize("typed", TYPED)
def test_behind_arabic_it_undoes_the_painting(typed: str) -> None:
    word = "رقم "
    on_paper = painted(word + typed).removesuffix(painted(word))
    assert typed_after_arabic(on_paper) == typed


@pytest.mark.parametrize("typed", TYPED)
def test_before_arabic_it_undoes_the_painting(typed: str) -> None:
    assert typed_before_arabic(painted(typed)) == typed


@pytest.mark.parametrize("typed", TYPED)
def test_alone_it_undoes_the_painting(typed: str) -> None:
    assert typed_alone(str(get_display(typed, base_dir="L"))) == typed


def test_western_numbers_turn_behind_arabic_alone() -> None:
    assert typed_after_arabic("15-01-2024") == "2024-01-15"
    assert typed_before_arabic("2024-01-15") == "2024-01-15"


def test_letters_are_told_from_digits() -> None:
    assert (has_arabic("(١٢)،"), has_arabic("12 kg"), has_arabic("ب")) == (
        False,
        False,
        True,
    )
    assert [has_eastern_digit(text) for text in ("12", "١٢", "۴", "ب")] == [
        False,
        True,
        True,
        False,
    ]
