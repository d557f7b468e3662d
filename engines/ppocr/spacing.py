"""Words from symbols: where the spaces are.

The network writes a space only where it is its first choice, and so joins "TAX
INVOICE". Yet it nearly always suspects one: on receipts, where a space is likelier
than one in eight and the letters stand apart, there is one in two cases of three;
where it is sure of a space but the letters touch, there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from engines.ppocr.decoding import Lattice, Symbol, Token, typical_pitch

SPACE = " "
SURE = 0.5
SUSPECTED = 0.12
APART = 1.15  # of the line's pitch, from one centre to the next
TOUCHING = 0.7


def split_words(
    symbols: Sequence[Symbol], lattice: Lattice, suspected: float = SUSPECTED
) -> list[Token]:
    """What stands between the spaces; *suspected* is how likely a network finds one at
    least where letters stand apart and there is one."""
    letters = [symbol for symbol in symbols if symbol.character != SPACE]
    if not letters:
        return []
    pitch = typical_pitch(letters)
    words = [[letters[0]]]
    for before, after in pairwise(letters):
        if is_gap(before, after, lattice, pitch, suspected):
            words.append([])
        words[-1].append(after)
    return [Token.of(word) for word in words]


def is_gap(
    before: Symbol,
    after: Symbol,
    lattice: Lattice,
    pitch: float,
    suspected: float = SUSPECTED,
) -> bool:
    """Whether a space stands between two symbols that follow each other."""
    likely = lattice.highest(SPACE, before.stop, after.start)
    distance = (after.centre - before.centre) / pitch
    if likely >= SURE:
        return distance >= TOUCHING
    return likely >= suspected and distance >= APART
