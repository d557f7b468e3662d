"""Print as it comes from a reader, in one alphabet: digits, marks, blanks, no noise.

A reader of Arabic gives what it sees from left to right; nothing is turned around here.
"""

from __future__ import annotations

import re
import unicodedata

# An explicit table: str.isdigit() says yes to ² and ① too.
_DIGITS = {
    start + digit: str(digit)
    for start in (0x0660, 0x06F0)  # Arabic-Indic, Persian
    for digit in range(10)
}
# Readers that learnt Chinese answer with full-width forms: ： （ ， ０.
_FULL_WIDTH = {0xFF01 + i: chr(0x21 + i) for i in range(94)}
_MARKS = {
    0x066A: "%",
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212, 0xFE63), "-"),
    **dict.fromkeys((0x2044, 0x2215), "/"),
    **dict.fromkeys((0x2018, 0x2019, 0x02BC, 0x0060, 0x00B4, 0x2032), "'"),
    0x00B7: ".",
    0x0640: None,  # the stroke that lengthens Arabic words
}
_ASCII = {**_FULL_WIDTH, **_DIGITS, **_MARKS}
# Marks of direction, and what takes no room. The joiners 200C and 200D spell words.
_UNSEEN = dict.fromkeys(
    (0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF)
) | dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
# Letters that readers see where a digit stands.
LOOKS_LIKE = str.maketrans("OoIilSsBZz|", "00111558221")
_EDGES = " |:;_~*=\"'"


def folded(text: str) -> str:
    """*text* as one line: composed, blanks folded, nothing unseen in it."""
    kept = "".join(
        char
        for char in text.translate(_UNSEEN)
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def in_ascii(text: str) -> str:
    """*text* folded, with ASCII digits and marks; Arabic separators stay as they are,
    for ٫ and ٬ say more than a comma does."""
    return folded(folded(text).translate(_ASCII))


def without_noise(text: str) -> str:
    """*text* without the borders, colons and stray dots that a crop catches around it.

    A point or comma at the front may be the decimal mark of a number cut short: kept.
    """
    return text.strip(_EDGES).rstrip(".,،;: ").lstrip("؛")


def name_key(text: str) -> str:
    """*text* as names are compared: no case, accents, Arabic vowels or alef's hats."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in parts if unicodedata.category(char) != "Mn")
    return bare.translate({0x0640: None, 0x0649: "ي", 0x0629: "ه", 0x0671: "ا"})


_MIXED = re.compile(r"(?<![^\W_])(?=[^\W_]*\d)[\dOoIilSsBZz|]{2,}(?![^\W_])")


def mended(text: str) -> str:
    """*text* with letters turned to digits in words that else are all digits: 2O21."""
    return _MIXED.sub(lambda word: word[0].translate(LOOKS_LIKE), text)


def is_rtl(text: str) -> bool:
    """Whether *text* is read from the right: most of its letters are Arabic's."""
    letters = [unicodedata.bidirectional(char) for char in text if char.isalpha()]
    return sum(kind in ("R", "AL") for kind in letters) * 2 > len(letters)
