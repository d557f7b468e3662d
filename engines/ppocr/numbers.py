"""Numbers that lost their point, or hold letters, read as what they must be.

A faded decimal point leaves one of two traces: the network suspects it, or it sees a
space with room for no more than a point. The first is proof enough (between the digits
of 2,800 intact numbers the suspicion never exceeds 0.03). The second counts where the
page's own print proves it: the same column holds amounts with a point at that place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from engines.ppocr.decoding import Lattice, Reading, Symbol, Token

POINT = "."
SEPARATORS = ".:,/"
SUSPECTED = 0.1
HINTED = 0.003  # enough within a column of amounts
NARROW = 2.6  # of two digits' distance: there is room for one point

AMOUNT = re.compile(r".*\d\.\d\d")
SPLIT_AMOUNT = re.compile(r"\d{1,4} \d\d")
JOINED_AMOUNT = re.compile(r"\d{3,6}")
ZEROS = re.compile(r"\d[\d.,]*[Oo][\d.,Oo]*")
ONE_UNIT = re.compile(r"[lI|](?:oz|kg|ml|cm|mm|lb|pcs?)", re.IGNORECASE)


def with_separators(symbols: Sequence[Symbol], lattice: Lattice) -> list[Symbol]:
    """*symbols* with the separators that the network suspects between two digits."""
    letters = [symbol for symbol in symbols if symbol.character != " "]
    spaces = [symbol for symbol in symbols if symbol.character == " "]
    for before, after in pairwise(letters):
        if not (before.character.isdigit() and after.character.isdigit()):
            continue
        start, stop = before.stop, after.start
        chance, sign = max((lattice.highest(c, start, stop), c) for c in SEPARATORS)
        if chance >= SUSPECTED:
            spaces = [s for s in spaces if not start <= s.start < stop]
            letters.append(Symbol(sign, start, stop, chance))
    return sorted([*letters, *spaces], key=lambda symbol: symbol.start)


def in_digits(token: Token) -> Token:
    """*token* with letters that can only be digits made so: "2OO", "loz"."""
    if ZEROS.fullmatch(token.text):
        return token.saying(token.text.replace("O", "0").replace("o", "0"))
    if ONE_UNIT.fullmatch(token.text):
        return token.saying("1" + token.text[1:])
    return token


def with_points(readings: Sequence[Reading]) -> list[Reading]:
    """*readings* of one page, amounts in a column given the point they lost."""
    columns = [r for r in readings if AMOUNT.fullmatch(r.text)]
    return [
        with_point(reading) if lost_point(reading, columns) else reading
        for reading in readings
    ]


def lost_point(reading: Reading, amounts: Iterable[Reading]) -> bool:
    """Whether *reading* is an amount without its point, under or over *amounts*."""
    if SPLIT_AMOUNT.fullmatch(reading.text):
        left, right, last = reading.symbols[-3:]
        if right.centre - left.centre > NARROW * (last.centre - right.centre):
            return False
    elif JOINED_AMOUNT.fullmatch(reading.text):
        left, right = reading.symbols[-3:-1]
        if reading.lattice.highest(POINT, left.stop, right.start) < HINTED:
            return False
    else:
        return False
    return any(abs(reading.right - other.right) <= reading.height for other in amounts)


def with_point(reading: Reading) -> Reading:
    """*reading*, digits alone, with a point before the last two."""
    digits = "".join(character for character in reading.text if character.isdigit())
    text = f"{digits[:-2]}{POINT}{digits[-2:]}"
    return reading.made_of([Token(text, tuple(reading.symbols))])
