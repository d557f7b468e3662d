"""The symbols that the line reader knows, and how print is written in them.

Text is in visual order throughout, left to right as it stands on paper; nothing here
runs the bidirectional algorithm (UAX #9).
"""

from __future__ import annotations

import re
from typing import Literal

Script = Literal["western", "arabic", "persian"]

WESTERN = "0123456789"
ARABIC = "٠١٢٣٤٥٦٧٨٩"  # U+0660..0669, Arabic-Indic
PERSIAN = "۰۱۲۳۴۵۶۷۸۹"  # U+06F0..06F9; only 4, 5 and 6 are drawn otherwise than Arabic
# "," is every comma-like mark: many typefaces draw , ٫ ٬ and ، alike, and only the
# grouping of the digits around tells what it means (``engines.digits.separators``).
COMMA = ","
MARKS = "/.,-%٪:+()"
# A whole run of letters or other print is one symbol: it is found and skipped here, and
# read by an engine that knows letters.
LATIN, LETTERS = "A", "ع"
OWN_PERSIAN = "۴۵۶"

SYMBOLS = WESTERN + ARABIC + OWN_PERSIAN + MARKS + LATIN + LETTERS
BLANK = 0  # the class of CTC's blank; symbol i is class i + 1
CLASSES = len(SYMBOLS) + 1
CLASS_OF = {symbol: index + 1 for index, symbol in enumerate(SYMBOLS)}

OF_SCRIPT: dict[Script, str] = {
    "western": WESTERN,
    "arabic": ARABIC,
    "persian": "٠١٢٣" + OWN_PERSIAN + "٧٨٩",
}

_SAME = {
    **{PERSIAN[i]: ARABIC[i] for i in range(10) if PERSIAN[i] not in OWN_PERSIAN},
    **dict.fromkeys("٫٬،’'", COMMA),
    **dict.fromkeys("−‐‑–—_", "-"),
    **dict.fromkeys("⁄∕", "/"),
}
_ARABIC_LETTER = re.compile("[\u0600-\u065f\u066d-\u06ef\u06fa-\u06ff\ufb50-\ufeff]")


def in_symbols(text: str) -> str:
    """*text* (visual order) in SYMBOLS: blanks go, each run of other print is one.

    >>> in_symbols("AED ۱۲٬۳۴۵")
    'A١٢,٣۴۵'
    """
    symbols: list[str] = []
    for char in text:
        if char.isspace():
            continue
        symbol = _SAME.get(char, char)
        if symbol not in CLASS_OF or symbol in (LATIN, LETTERS):
            symbol = LETTERS if _ARABIC_LETTER.match(char) else LATIN
        if symbol in (LATIN, LETTERS) and symbols[-1:] == [symbol]:
            continue
        symbols.append(symbol)
    return "".join(symbols)


def as_ascii(text: str) -> str:
    """*text* with every digit as 0-9 and ٪ as %; all else stays."""
    return text.translate(_ASCII)


_ASCII = str.maketrans(
    {
        **dict(zip(ARABIC, WESTERN, strict=True)),
        **dict(zip(PERSIAN, WESTERN, strict=True)),
        "٪": "%",
    }
)
