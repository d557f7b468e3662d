"""The numbers in a line of print: found by a glance at the line, then read close up.

At the height that the network sees, the raised number of a footnote is six pixels high;
standing alone it is read as large as any other. So brackets are found by their shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from engines.arabic.blots import Blots, Chosen
from engines.digits.alphabet import LATIN
from engines.digits.pieces import Piece
from engines.types import Box

IN_BRACKETS, BARE = re.compile(r"\(\d{1,4}\)"), re.compile(r"\d{1,4}")
SURELY = 0.5  # confidence below which what was found is no number
CERTAIN = 0.9  # confidence that a digit without another beside it needs
MORE = 0.1  # of confidence, that a reading with fewer digits has to be surer by
LOWEST = 0.3  # of the line's height, that such a digit has at least

ReadPieces = Callable[[Image.Image], tuple[Piece, ...]]


@dataclass(frozen=True, eq=False)
class Number:
    """A number with its marks as painted from left to right; *blots* are its ink, and
    *gaps* the columns of paper left and right of it."""

    text: str
    box: Box
    confidence: float
    blots: Chosen
    gaps: tuple[float, float]


def find_numbers(
    image: Image.Image, blots: Blots, read: ReadPieces
) -> tuple[Number, ...]:
    """The numbers on *image*, one line of print, from left to right."""
    found = [*bracketed(blots, read)]
    top, bottom = blots.rows()
    for piece in numbers_in(read(image.crop((0, top, image.width, bottom)))):
        number = close_up(blots, piece, read)
        if number is None or any(overlap(number, other) for other in found):
            continue
        if is_plain(number, bottom - top):
            found.append(number)
    return tuple(sorted(found, key=lambda number: number.box.left))


def is_plain(number: Number, height: float) -> bool:
    """Whether *number*, on a line of that height, is no comma or point: they look like
    a small ٤, ٧ or ٠."""
    is_alone = digits_in(number.text) == 1
    return not is_alone or (
        number.confidence >= CERTAIN and number.box.height >= LOWEST * height
    )


def bracketed(blots: Blots, read: ReadPieces) -> Iterator[Number]:
    """What stands between brackets, where it is a number: read with them, or else
    without, for they may be mistaken for digits themselves."""
    for left, right, inside in blots.bracketed():
        if not len(inside):
            continue
        chosen = np.array([left, *inside, right])
        seen = read(blots.alone(chosen))
        if IN_BRACKETS.fullmatch(text_of(seen)) and least_sure(seen) >= SURELY:
            yield as_number(text_of(seen), least_sure(seen), blots, chosen)
            continue
        within = read(blots.alone(inside))
        if BARE.fullmatch(text_of(within)) and least_sure(within) >= SURELY:
            # Square brackets the reader takes for letters: it knows no others.
            around = "[]" if LATIN in text_of(seen) else "()"
            text = around[0] + text_of(within) + around[1]
            yield as_number(text, least_sure(within), blots, chosen)


def text_of(pieces: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


def close_up(blots: Blots, seen: Piece, read: ReadPieces) -> Number | None:
    """*seen*, read again without what stands around it; None: it is no number."""
    chosen = blots.between(seen.box.left, seen.box.right)
    if not len(chosen):
        return None
    again = numbers_in(read(blots.alone(chosen)))
    text, sure = text_of(again), least_sure(again)
    # Zeros are lost before they are made up: a glance that saw more is believed sooner.
    credit = MORE if digits_in(seen.text) > digits_in(text) else 0.0
    if sure < seen.confidence + credit:
        text, sure = seen.text, seen.confidence
    return as_number(text, sure, blots, chosen) if sure >= SURELY else None


def digits_in(text: str) -> int:
    return sum(char.isdigit() for char in text)


def as_number(text: str, sure: float, blots: Blots, chosen: Chosen) -> Number:
    return Number(text, blots.box(chosen), sure, chosen, blots.gaps(chosen))


def numbers_in(pieces: Iterable[Piece]) -> list[Piece]:
    return [piece for piece in pieces if any(char.isdigit() for char in piece.text)]


def least_sure(pieces: Iterable[Piece]) -> float:
    """How surely the least sure of *pieces* was read."""
    return min((piece.confidence for piece in pieces), default=0.0)


def overlap(one: Number, other: Number) -> bool:
    return not set(one.blots.tolist()).isdisjoint(other.blots.tolist())
