"""From the network's probabilities to characters: greedy CTC, with second choices kept.

A lattice is steps x characters; the first character is CTC's blank. A symbol is a run
of steps on which one character wins; between two runs of the same one lies a blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median

import numpy as np

from engines.ppocr.networks import Floats

BLANK = 0


@dataclass(frozen=True, slots=True)
class Lattice:
    """What the network thinks of one line, step by step."""

    probabilities: Floats  # steps x characters
    characters: tuple[str, ...]

    @property
    def steps(self) -> int:
        return len(self.probabilities)

    def highest(self, character: str, start: int, stop: int) -> float:
        """The highest probability of *character* from step *start* to before *stop*."""
        if start >= stop or character not in self.characters:
            return 0.0
        column = self.characters.index(character)
        return float(self.probabilities[start:stop, column].max())


@dataclass(frozen=True, slots=True)
class Symbol:
    """One character, the steps it was seen on (*stop* is exclusive), and how surely."""

    character: str
    start: int
    stop: int
    probability: float

    @property
    def centre(self) -> float:
        return (self.start + self.stop) / 2


@dataclass(frozen=True, slots=True)
class Token:
    """What stands between two spaces: its text, and the symbols it was read from."""

    text: str
    symbols: tuple[Symbol, ...]  # at least one

    @classmethod
    def of(cls, symbols: Sequence[Symbol]) -> Token:
        return cls("".join(symbol.character for symbol in symbols), tuple(symbols))

    def saying(self, text: str) -> Token:
        return replace(self, text=text)

    def followed_by(self, other: Token, between: str = "") -> Token:
        return Token(self.text + between + other.text, self.symbols + other.symbols)


@dataclass(frozen=True, slots=True)
class Reading:
    """One line as read: its tokens, and where on the page the lattice lies."""

    tokens: tuple[Token, ...]
    lattice: Lattice
    quad: Floats  # 4 corners x (x, y), clockwise from the text's top left

    @property
    def text(self) -> str:
        return " ".join(token.text for token in self.tokens)

    @property
    def symbols(self) -> list[Symbol]:
        return [symbol for token in self.tokens for symbol in token.symbols]

    @property
    def confidence(self) -> float:
        return mean_probability(self.symbols)

    @property
    def right(self) -> float:
        return float(self.quad[1:3, 0].mean())

    @property
    def height(self) -> float:
        return float(np.linalg.norm(self.quad[3] - self.quad[0]))

    def made_of(self, tokens: Sequence[Token]) -> Reading:
        return replace(self, tokens=tuple(tokens))


def typical_pitch(symbols: Sequence[Symbol]) -> float:
    """The median distance of neighbours' centres, in steps."""
    distances = [after.centre - before.centre for before, after in pairwise(symbols)]
    return median(distances) if distances else 1.0


def mean_probability(symbols: Sequence[Symbol]) -> float:
    """How surely *symbols* were read, 0 where there are none."""
    return min(1.0, fmean(s.probability for s in symbols)) if symbols else 0.0


def decode(lattice: Lattice) -> list[Symbol]:
    """The most likely character of every run, blanks left out, spaces kept."""
    best = lattice.probabilities.argmax(axis=1)
    edges = np.flatnonzero(np.diff(best)) + 1
    starts = [0, *edges.tolist()] if len(best) else []
    stops = [*edges.tolist(), len(best)]
    return [
        Symbol(
            lattice.characters[best[start]],
            start,
            stop,
            float(lattice.probabilities[start:stop, best[start]].max()),
        )
        for start, stop in zip(starts, stops, strict=False)
        if best[start] != BLANK
    ]
