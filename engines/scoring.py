"""Recognised text against the truth: word recall, word precision, character errors."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import astuple, dataclass

# A run of letters and digits; a number keeps the signs between its digits.
WORD = re.compile(r"[^\W_]+(?:(?<=\d)[.,:/\-](?=\d)[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Tally:
    """What scores are made of: ``letters`` and ``words`` of the truth, ``edits`` to be
    made in what was read, words that were ``read``, ``hits`` among them."""

    letters: int = 0
    edits: int = 0
    words: int = 0
    read: int = 0
    hits: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def score(self) -> Score:
        return Score(
            recall=self.hits / max(1, self.words),
            precision=self.hits / max(1, self.read),
            cer=min(1.0, self.edits / max(1, self.letters)),
        )


@dataclass(frozen=True, slots=True)
class Score:
    """Word recall and precision regardless of order; character error rate in order."""

    recall: float
    precision: float
    cer: float


def normalise(text: str) -> str:
    """Lower-case NFKC text with single spaces: what is compared."""
    lowered = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"\s+", " ", lowered).strip()


def words(text: str) -> Counter[str]:
    """The words of *text* as a multiset."""
    return _counted(normalise(text))


def _counted(normal: str) -> Counter[str]:
    return Counter(WORD.findall(normal))


def score(got: str, want: str) -> Score:
    """Compare one page's text with its truth."""
    return tally(got, want).score


def tally(got: str, want: str) -> Tally:
    """Count what the score of one page is made of; tallies of several pages add up."""
    from rapidfuzz.distance import Levenshtein

    got, want = normalise(got), normalise(want)
    read, true = _counted(got), _counted(want)
    return Tally(
        letters=len(want),
        edits=Levenshtein.distance(got, want),
        words=true.total(),
        read=read.total(),
        hits=(read & true).total(),
    )
