"""Each line by who can read it: which of two readings is believed."""

from __future__ import annotations

import pytest

from engines import Box, Line, Word
from engines.mixed import better, is_plain


def read(text: str, confidence: float, covered: float = 100.0) -> Line:
    """*text* on a line of 100 pixels, of which its words cover *covered*."""
    word = Word(text, Box(0, 0, covered, 20), confidence)
    return Line(text, Box(0, 0, 100, 20).polygon, (word,), confidence)


@pytest.mark.parametrize(
    ("latin", "arabic", "wanted"),
    [
        (read("Total", 0.95), read("لهفنل", 0.4), "Total"),
        (read("Jl yo", 0.66), read("المبلغ", 0.9), "المبلغ"),
        (read("Jl", 0.9, covered=20), read("المبلغ", 0.6), "المبلغ"),
        (Line("", confidence=0.0), read("المبلغ", 0.5), "المبلغ"),
        (read("1250", 0.9), read("1250", 0.99), "1250"),
        (read("10.", 0.99), read("١٥٠", 0.93, covered=60), "١٥٠"),
        (read("IVA", 0.9), read("١٧٨", 0.6), "IVA"),
        (read("V", 0.98), read("٧", 0.9), "V"),
        (read("V", 0.7), read("٧", 0.9), "٧"),
    ],
)
def test_the_reading_to_believe(latin: Line, arabic: Line, wanted: str) -> None:
    assert better(latin, arabic).text == wanted


def test_a_lone_digit_is_believed_among_others_of_its_script() -> None:
    latin, arabic = read("0%", 1.0), read("٥%", 0.93)
    assert better(latin, arabic) is latin
    assert better(latin, arabic, is_eastern=True) is arabic
    doubtful = read("٥%", 0.6)
    assert better(latin, doubtful, is_eastern=True) is latin


def test_western_numbers_stay_with_who_read_them_first() -> None:
    latin, arabic = read("1250", 0.9), read("1260", 0.99)
    assert better(latin, arabic) is latin


def test_what_is_plainly_latin() -> None:
    assert is_plain(read("Total amount due", 0.97))
    assert not is_plain(read("Total amount due", 0.9))
    assert not is_plain(read("10.", 0.99))
