"""Recognised text against the truth: word recall, word precision, character errors."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

# A run of letters and digits; a number keeps the signs between its digits.
WORD = re.compile(r"[^\W_]+(?:(?<=\d)[.,:/\-](?=\d)[^\W_]+)*")


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
    return Counter(WORD.findall(normalise(text)))


def score(got: str, want: str) -> Score:
    """Compare one page's text with its truth."""
    from rapidfuzz.distance import Levenshtein

    read, true = words(got), words(want)
    hits = (read & true).total()
    edits = Levenshtein.distance(normalise(got), normalise(want))
    return Score(
        recall=hits / max(1, true.total()),
        precision=hits / max(1, read.total()),
        cer=min(1.0, edits / max(1, len(normalise(want)))),
    )
