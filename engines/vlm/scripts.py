"""Which letters a reader of print can be asked about: none of a script it knows not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

# Scripts beside the Latin one, by the language's code of Tesseract.
SCRIPTS = {
    **dict.fromkeys(("ara", "fas", "urd"), ("ARABIC",)),
    **dict.fromkeys(("rus", "ukr", "bul", "srp", "bel", "mkd"), ("CYRILLIC",)),
    **dict.fromkeys(("ell", "grc"), ("GREEK",)),
    **dict.fromkeys(("heb", "yid"), ("HEBREW",)),
    **dict.fromkeys(("hin", "mar", "nep", "san"), ("DEVANAGARI",)),
    **dict.fromkeys(("chi_sim", "chi_tra"), ("CJK",)),
    "jpn": ("CJK", "HIRAGANA", "KATAKANA"),
    "kor": ("HANGUL",),
    "tha": ("THAI",),
}


def can_be_judged(text: str, languages: Iterable[str]) -> bool:
    """Whether most letters of *text* are of the scripts of *languages*."""
    known = {
        "LATIN",
        *(script for code in languages for script in SCRIPTS.get(code, ())),
    }
    letters = [letter for letter in text if letter.isalnum()]
    strange = [letter for letter in letters if not _is_known(letter, known)]
    return bool(letters) and 2 * len(strange) < len(letters)


def _is_known(letter: str, known: set[str]) -> bool:
    if letter.isascii():
        return True
    name = unicodedata.name(letter, "")
    return name.partition(" ")[0].partition("-")[0] in known
