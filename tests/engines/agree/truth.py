"""Words read on a labelled page, held against what is printed there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from engines.scoring import words


def judged(texts: Iterable[str], truth: str) -> Iterator[tuple[str, bool | None]]:
    """Each of *texts*, a word each, and whether *truth* holds it; None without letters.

    Where stands what is not asked, but each word of the truth is found only once.
    """
    left = words(truth)
    for text in texts:
        parts = words(text)
        yield text, parts <= left if parts else None
        left -= parts


def errors(got: str, truth: str) -> int:
    """Words of *truth* that are missed, and words of *got* that are not in it."""
    return differences(words(got), words(truth))


def differences(got: Counter[str], true: Counter[str]) -> int:
    return (got - true).total() + (true - got).total()
