"""The words of a text, as searches compare them.

Case, diacritics and the forms of a letter do not count, digits are ASCII's, and a
number is one word however it is grouped. What is written without blanks (Chinese,
Japanese, Thai, …) has a word for each character.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LONGEST = 64  # characters of a word that count: longer ones are noise
ARTICLES = ("وال", "بال", "فال", "كال", "ال", "لل")
LEAST_REST = 3  # letters that stay, where an article is taken off

# Letters that Unicode takes for others: of Persian and Urdu, of Latin alphabets; what
# groups digits, and what parts them from decimals; tatweel; a blank of no width.
SAME = {
    **dict.fromkeys("ىیے", "ي"),
    **dict.fromkeys("ةہھەۀ", "ه"),
    **dict(zip("ٱکıøłđð", "اكioldd", strict=True)),
    **dict(zip("æœþ", ("ae", "oe", "th"), strict=True)),
    **dict.fromkeys("'’٬\u00a0\u2009\u202f", "'"),
    **dict(zip(".٫,،ـ\u200b", (".", ".", ",", ",", "", " "), strict=True)),
}
# Diacritics. Marks of other scripts are vowels, and stay.
DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
    "\ufe00-\ufe0f\ufe20-\ufe2f]"
)
WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
NUMBER = (
    r"(?<!\d)(?<!\d[.,'])(?:"
    r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|"
    r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|"
    r"[1-9]\d{0,2}(?:'\d{3})+(?:[.,]\d+)?|"
    r"\d+[.,]\d+"
    r")(?![.,']?\d)"
)
WORD = re.compile(rf"{NUMBER}|(?:[^\s.,'\d]|(?!{NUMBER})\d)+")
GROUPED = re.compile(r"([1-9]\d{0,2}([.,'])\d{3}(?:\2\d{3})*)(?:[.,](\d+))?")


class Placed(NamedTuple):
    """A word, and where it stands in the text."""

    word: str
    start: int
    end: int


class Letters(dict):
    """What each character counts as, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = fold_letter(chr(code))
        return folded


def fold_letter(letter: str) -> str:
    """What *letter* counts as: others, a blank, or nothing."""
    if letter in SAME:
        return SAME[letter]
    parts = unicodedata.normalize("NFKD", letter.casefold()).casefold()
    parts = unicodedata.normalize("NFKD", parts)
    plain = unicodedata.normalize("NFC", DROPPED.sub("", parts))
    return "".join(map(fold_part, plain))


def fold_part(letter: str) -> str:
    if letter in SAME:
        return SAME[letter]
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.decimal(letter))
    if kind == "Cf":
        return ""
    if kind[0] not in "LNM":
        return " "
    return f" {letter} " if WITHOUT_BLANKS.match(letter) else letter


LETTERS = Letters()


def words_of(text: str) -> list[str]:
    """The words of *text*, in their order."""
    folded = unicodedata.normalize("NFC", text).translate(LETTERS)
    return [as_word(found.group()) for found in WORD.finditer(folded)]


def placed_words(text: str) -> list[Placed]:
    """The words of *text*, which is in Unicode's form NFC, with their places."""
    folded = [LETTERS[ord(letter)] for letter in text]
    places = [place for place, letters in enumerate(folded) for _ in letters]
    return [
        Placed(
            as_word(found.group()), places[found.start()], places[found.end() - 1] + 1
        )
        for found in WORD.finditer("".join(folded))
    ]


def as_word(text: str) -> str:
    """A number without its groups and with a full stop; any other word as it is."""
    if text[0].isdigit() and (found := GROUPED.fullmatch(text)):
        whole, group, decimals = found.groups()
        text = whole.replace(group, "") + (f".{decimals}" if decimals else "")
    return text.replace(",", ".")[:LONGEST]


def without_article(word: str) -> str:
    """*word* without an Arabic article and what is joined to it; empty if it has none.

    >>> without_article("بالفاتوره")
    'فاتوره'
    """
    for article in ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + LEAST_REST:
            return word.removeprefix(article)
    return ""
