"""Print of one line from visual order into logical: as it is typed.

Words come as they are typed already; what is turned is numbers. The bidirectional
algorithm (UAX #9) undoes itself: what it makes of a number as painted is the number as
typed. 2024-01-15 that was typed amid Arabic stands as 15-01-2024 on paper; slashes,
points and colons change nothing.
"""

from __future__ import annotations

import re

_LETTER = "\u0627"  # alef: digits behind it are of the class AN, Western ones too
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufefc]")
_MIRRORED = str.maketrans("()[]<>{}«»", ")(][><}{»«")


def has_arabic(text: str) -> bool:
    """Whether a letter of *text* is Arabic: digits and marks are none."""
    return _ARABIC_LETTER.search(text) is not None


def has_eastern_digit(text: str) -> bool:
    """Whether a digit of *text* is Arabic-Indic or Persian."""
    return any(char.isdigit() and char > "9" for char in text)


def typed_after_arabic(number: str) -> str:
    """*number*, painted from left to right, as it was typed behind Arabic letters.

    >>> typed_after_arabic("١٥-٠١-٢٠٢٤")
    '٢٠٢٤-٠١-١٥'
    """
    turned = _reordered(_LETTER + number, "R").removesuffix(_LETTER)
    return turned.translate(_MIRRORED)


def typed_before_arabic(number: str) -> str:
    """*number* as it was typed at the beginning of a line of Arabic."""
    return _reordered(number, "R").translate(_MIRRORED)


def typed_alone(number: str) -> str:
    """*number* as it was typed in a line without a letter, which begins at the left."""
    return _reordered(number, "L")


def _reordered(text: str, base: str) -> str:
    from bidi import get_display

    return str(get_display(text, base_dir=base))
