"""One line as OpenOCR read it, and its words as parts of its outline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engines.openocr.channel import FoundLine, FoundWord
from engines.ppocr.decoding import Lattice, Symbol, Token, decode, mean_probability
from engines.ppocr.detection import Quad
from engines.ppocr.numbers import in_digits, with_separators
from engines.ppocr.reader import half_pitch
from engines.ppocr.spacing import split_words
from engines.ppocr.vocabulary import vocabulary
from engines.ppocr.words import mended

# These networks hardly ever write a space, and suspect it less than later ones: from
# here on there is one (measured on receipts).
SUSPECTED = 0.02
NEVER = 2.0  # more than certain: only spaces that are written count


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a line, and how many steps of the lattice its crop takes."""

    words: tuple[Token, ...] = ()
    steps: float = 1.0

    @property
    def symbols(self) -> list[Symbol]:
        return [symbol for word in self.words for symbol in word.symbols]

    @property
    def confidence(self) -> float:
        return mean_probability(self.symbols)

    @property
    def weakest(self) -> float:
        return min((symbol.probability for symbol in self.symbols), default=0.0)


NOTHING = Reading()


def spaced_words(lattice: Lattice, languages: tuple[str, ...]) -> list[Token]:
    """The words of a line in *languages*: spaces put in, numbers and words mended from
    the network's second choices, as PP-OCR's are: they are of one family."""
    symbols = with_separators(decode(lattice), lattice)
    words = [in_digits(word) for word in split_words(symbols, lattice, SUSPECTED)]
    return mended(words, lattice, vocabulary(languages))


def taught_words(lattice: Lattice) -> list[Token]:
    """The words of a line as the network writes them: nobody knows its language."""
    return split_words(decode(lattice), lattice, NEVER)


def found_line(quad: Quad, reading: Reading = NOTHING) -> FoundLine:
    """What is told of the line within *quad*."""
    a, b, c, d, e, f, g, h = (float(side) for corner in quad for side in corner)
    return FoundLine(
        (a, b, c, d, e, f, g, h),
        tuple(found_word(word, reading.steps) for word in reading.words),
        reading.confidence,
        min(1.0, reading.weakest),
    )


def found_word(word: Token, steps: float) -> FoundWord:
    """Where *word* stands: a character is seen in the middle of its room."""
    margin = half_pitch(word.symbols)
    start, stop = word.symbols[0].centre - margin, word.symbols[-1].centre + margin
    first = min(max(0.0, start / steps), 1.0)
    return FoundWord(
        word.text,
        first,
        max(first, min(stop / steps, 1.0)),
        mean_probability(word.symbols),
    )


def whole(width: int, height: int) -> Quad:
    """The outline of a picture that is one line."""
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
