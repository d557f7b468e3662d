"""Symbols as numbers and runs of letters, each with its place on the crop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from engines.digits.alphabet import LATIN, LETTERS
from engines.digits.crops import HEIGHT, Crop
from engines.digits.decoding import Symbol
from engines.digits.network import FRAME
from engines.digits.separators import printed
from engines.types import Box

APART = 1.5  # times as far from each other as digits are: there is a blank between
BLANK = 8.0  # columns that a blank takes at least
FEW = 3  # steps from digit to digit that tell no usual one
HOLLOW = 7  # columns without ink, at least, between two words
LOOSE = 40.0  # columns from digit to digit where print is spaced out
REACH = 18  # columns from the middle of a digit to its end, at most
INKED = 0.35  # of full ink
DARK, CLEAR = b"\1", b"\0"  # a column with ink, and one without
ARE_LETTERS = frozenset(LATIN + LETTERS)

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """A symbol and the columns of the crop that its ink takes."""

    symbol: Symbol
    left: int
    right: int

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def letters(self) -> str:
        """Its symbol, if that stands for letters."""
        return self.symbol.symbol if self.symbol.symbol in ARE_LETTERS else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Print without blanks: a number with its marks, or a run of letters that is still
    to be read (its text is their symbol); the box is in pixels of the picture.

    ``is_close`` says that no blank parts it from the piece before.
    """

    text: str
    box: Box
    sure: tuple[float, ...]
    is_close: bool = False

    @property
    def is_letters(self) -> bool:
        return self.text in ARE_LETTERS

    @property
    def confidence(self) -> float:
        return fmean(self.sure)


def in_pieces(symbols: Sequence[Symbol], crop: Crop, size: Size) -> tuple[Piece, ...]:
    """*symbols*, seen on *crop* of a picture of *size*, from left to right."""
    if not symbols:
        return ()
    found = list(spans(symbols, crop.pixels))
    reach = reach_of(found)
    groups, near = [[found[0]]], [False]
    for before, span in pairwise(found):
        kinds = {before.letters, span.letters}
        is_apart = are_apart(before, span, reach)
        if len(kinds) == 1 and (span.letters or not is_apart):
            groups[-1].append(span)
        else:
            groups.append([span])
            near.append(not is_apart)
    texts = printed_in([[span.symbol.symbol for span in group] for group in groups])
    return tuple(
        Piece(
            text,
            box_of(group, crop, size),
            tuple(span.symbol.confidence for span in group),
            is_close,
        )
        for text, group, is_close in zip(texts, groups, near, strict=True)
    )


def printed_in(groups: Sequence[Sequence[str]]) -> list[str]:
    """Each group as printed; letters keep their symbol, marks beside them too."""
    return [
        symbols[0] if symbols[0] in ARE_LETTERS else printed("".join(symbols))
        for symbols in groups
    ]


def spans(symbols: Sequence[Symbol], pixels: NDArray[np.float32]) -> Iterator[Span]:
    """Where the ink of each symbol begins and ends."""
    # Bytes are searched many times as fast as short arrays.
    ink = (pixels.max(axis=0) > INKED).tobytes()
    cuts = [0, *(cut_between(a, b, ink) for a, b in pairwise(symbols)), len(ink)]
    for symbol, (start, end) in zip(symbols, pairwise(cuts), strict=True):
        if symbol.symbol not in ARE_LETTERS:
            # What is further away was not recognised, and is no part of a digit.
            centre = round(symbol.centre * FRAME)
            start, end = max(start, centre - REACH), min(end, centre + REACH)
        left, right = ink.find(DARK, start, end), ink.rfind(DARK, start, end)
        if left < 0:
            left, right = start, max(start, end - 1)
        yield Span(symbol, left, right + 1)


def cut_between(one: Symbol, two: Symbol, ink: bytes) -> int:
    """A column without ink between *one* and *two*, or the middle. A run of letters
    holds gaps of its own: it ends where the digit beside it begins."""
    start = min(len(ink) - 1, round(one.centre * FRAME))
    end = min(len(ink), max(start + 1, round(two.centre * FRAME) + 1))
    middle = (start + end) // 2
    if two.symbol in ARE_LETTERS:
        tried = [ink.find(CLEAR, start, end)]
    elif one.symbol in ARE_LETTERS:
        tried = [ink.rfind(CLEAR, start, end)]
    else:
        tried = [ink.find(CLEAR, middle, end), ink.rfind(CLEAR, start, middle)]
    found = [column for column in tried if column >= 0]
    return min(found, key=lambda column: abs(column - middle), default=middle)


def reach_of(found: Sequence[Span]) -> float:
    """How far apart neighbours within a number stand at most, in columns: not much
    further than most digits do. Two alone may be spaced out."""
    steps = sorted(
        two.centre - one.centre
        for one, two in pairwise(found)
        if one.symbol.symbol.isdigit() and two.symbol.symbol.isdigit()
    )
    if len(steps) < FEW:
        return max([LOOSE, *(APART * step for step in steps[:1])])
    usual = steps[(len(steps) - 1) // 2]
    within = [step for step in steps if step <= 2 * usual]
    return max(APART * usual, within[(len(within) - 1) * 3 // 4] + BLANK)


def are_apart(one: Span, two: Span, reach: float) -> bool:
    """Whether there is a blank between. A zero is a dot, with room around it: that the
    ink is far apart is not enough."""
    if two.left - one.right < HOLLOW:
        return False
    if one.letters or two.letters:
        return True
    return two.centre - one.centre > reach


def box_of(group: Sequence[Span], crop: Crop, size: Size) -> Box:
    """The place of *group* in the picture that *crop* was made of."""
    width, height = size
    left = max(0.0, crop.left + group[0].left * crop.scale)
    right = min(float(width), crop.left + group[-1].right * crop.scale)
    top = max(0.0, crop.top)
    bottom = min(float(height), crop.top + HEIGHT * crop.scale)
    return Box(left, top, max(left, right), max(top, bottom))
