"""Text as a network writes it: the numbers of its characters, and back again (CTC)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

BLANK = 0
FROM_THE_RIGHT = ("R", "AL", "AN")  # bidirectional classes


def plain(text: str) -> str:
    """*text* in the form that is learnt: composed, with single spaces.

    >>> plain(" Total\\u00a0 4.50")
    'Total 4.50'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_from_the_right(text: str) -> bool:
    """Whether part of *text* is written from the right to the left.

    >>> is_from_the_right("Total"), is_from_the_right("مجموع")
    (False, True)
    """
    return any(unicodedata.bidirectional(char) in FROM_THE_RIGHT for char in text)


def unknown(texts: Iterable[str], characters: Sequence[str]) -> tuple[str, ...]:
    """The characters of *texts*, in order, that are none of *characters* nor a space.

    >>> unknown(["4 €", "x4"], "0123456789")
    ('x', '€')
    """
    return tuple(sorted(set().union(*texts) - set(characters) - {" "}))


def numbers(text: str, classes: Sequence[str]) -> tuple[int, ...]:
    """What the network should write for *text*.

    Raises:
        KeyError: it cannot write a character of it.
    """
    number_of = {char: number for number, char in enumerate(classes)}
    return tuple(number_of[char] for char in text)


def frames_for(text: str) -> int:
    """The fewest columns of an answer that can say *text*: one each, and a blank
    between two that are alike.

    >>> frames_for("100")
    4
    """
    return len(text) + sum(one == other for one, other in pairwise(text))


def said(chances: NDArray[np.float32], classes: Sequence[str]) -> str:
    """The text in the (T, classes) *chances*: the best of each column, no repeats."""
    best = (number for number, _ in groupby(chances.argmax(axis=1).tolist()))
    return "".join(classes[number] for number in best if number != BLANK)
