"""The letters of a text without blanks and mark-up, each with the word it is of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from engines.layout import runs_right_to_left
from engines.types import Box, Line, Word

MARK_UP = frozenset("|*#`_~>\\")
LEADERS = re.compile(r"([.\-=·•…])\1{2,}")  # dots and dashes that lead the eye
# Signs for vowels, and the stroke that makes words longer.
VOWEL_SIGNS = re.compile("[\u0591-\u05c7\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
TAKEN = "\0"  # a letter that is not to be found a second time


@dataclass(frozen=True, slots=True)
class Letters:
    """``text`` is folded (NFKC, no case). ``owners`` is the word of each letter,
    ``spans`` from where to before where the letters of each word stand."""

    text: str
    owners: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def gaps(self) -> frozenset[int]:
        """Where a word begins."""
        return frozenset(start for start, _ in self.spans)


def letters_of(words: Sequence[str]) -> Letters:
    """The letters of *words*, which are numbered as they come."""
    folded = [fold(word) for word in words]
    owners = tuple(x for x, word in enumerate(folded) for _ in word)
    edges = [0, *accumulate(map(len, folded))]
    return Letters("".join(folded), owners, tuple(pairwise(edges)))


def fold(word: str) -> str:
    """*word* as it is compared: without case, mark-up, leaders, or the vowel signs that
    Arabic and Hebrew may do without; digits of any script are the same."""
    normal = unicodedata.normalize("NFKC", LEADERS.sub("", word)).casefold()
    kept = (x for x in normal if x not in MARK_UP and not x.isspace())
    return "".join(_digit(x) for x in kept if not VOWEL_SIGNS.match(x))


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def words_of(line: Line) -> tuple[Word, ...]:
    """The words of *line* with their boxes: cut out of its own where it has none."""
    if line.words or line.box is None:
        return line.words
    said = line.text.split()
    edges = [0, *accumulate(len(word) + 1 for word in said)]
    whole = max(1, edges[-1] - 1)
    reverse = runs_right_to_left(line.text)
    return tuple(
        Word(word, part(line.box, start / whole, (start + len(word)) / whole, reverse))
        for word, start in zip(said, edges, strict=False)
    )


def part(box: Box, start: float, stop: float, reverse: bool = False) -> Box:
    """What of *box* lies between two parts of its width; *reverse*: from its right."""
    if reverse:
        start, stop = 1 - stop, 1 - start
    left = box.left + start * box.width
    return Box(left, box.top, max(left, box.left + stop * box.width), box.bottom)
