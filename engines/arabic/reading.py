"""One line of Arabic: letters by one reader, numbers by another, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import numpy as np
from PIL import Image

from engines.arabic.blots import Columns, blots_of, without
from engines.arabic.numbers import Number, ReadPieces, find_numbers, least_sure
from engines.arabic.order import (
    has_arabic,
    has_eastern_digit,
    typed_after_arabic,
    typed_alone,
    typed_before_arabic,
)
from engines.digits.alphabet import LATIN
from engines.digits.pieces import Piece
from engines.types import Box, Line, Word

SURE_CELL = 0.9  # of each of its pieces
CERTAIN = 0.95  # a number that was read so surely is one, whatever the letters say
CLEAR_WORD = 0.85  # a word of letters that was read so surely holds no other number
COVERED = 0.5  # of a number's width, that such a word takes
CLOSE = 0.12  # of the line's height: a narrower gap is no blank
BLANK = 0.5  # of the line's height: the gap that is left where a number was

ReadLetters = Callable[[Image.Image], Line]


def is_cell(pieces: Sequence[Piece]) -> bool:
    """Whether *pieces* are surely a number beside Latin letters alone: AED ٥٢٥٠٠.
    Tesseract would make such letters Arabic."""
    letters = [piece for piece in pieces if piece.is_letters]
    return (
        0 < len(letters) < len(pieces)
        and all(piece.text == LATIN for piece in letters)
        and least_sure(pieces) >= SURE_CELL
    )


def read_both(image: Image.Image, letters: ReadLetters, numbers: ReadPieces) -> Line:
    """The line on *image*, as typed; its words stand in that order too."""
    blots = blots_of(image)
    if blots is None:
        return Line("", confidence=0.0)
    found = find_numbers(image, blots, numbers)
    words = letters(image).words
    kept = [number for number in found if not is_word(number, words)]
    if kept:
        chosen = np.concatenate([number.blots for number in kept])
        top, bottom = blots.rows()
        rest, columns = without(image, blots, chosen, BLANK * (bottom - top))
        words = tuple(moved(word, columns) for word in letters(rest).words)
    return put_together(without_digits(words), kept, float(image.height))


def moved(word: Word, columns: Columns) -> Word:
    """*word*, seen on a picture of these *columns* of the line, in its place there."""
    last = len(columns) - 1
    left = columns[min(max(0, round(word.box.left)), last)]
    right = columns[min(max(0, round(word.box.right) - 1), last)] + 1
    box = replace(word.box, left=float(left), right=float(max(left, right)))
    return replace(word, box=box)


def without_digits(words: Iterable[Word]) -> list[Word]:
    """*words* without what only looked like a digit to who does not know them all."""
    return [replace(word, text=text) for word in words if (text := letters_of(word))]


def letters_of(word: Word) -> str:
    """The text of *word* but for its digits; a lone ١ is an opening quotation mark."""
    if word.text == "١":
        return "«"
    return "".join(char for char in word.text if not char.isdigit())


def is_word(number: Number, words: Sequence[Word]) -> bool:
    """Whether *number*, itself not certain, is a part of a word that surely is one."""
    return number.confidence < CERTAIN and any(
        (word.confidence or 0.0) >= CLEAR_WORD
        and has_arabic(word.text)
        and not any(char.isdigit() for char in word.text)
        and shared(number.box, word.box) >= COVERED * number.box.width
        for word in words
    )


def shared(one: Box, other: Box) -> float:
    """How many columns two boxes have in common."""
    return min(one.right, other.right) - max(one.left, other.left)


@dataclass(frozen=True, slots=True)
class Placed:
    """A word of the line, and whether there are blanks before and behind it."""

    word: Word
    before: bool = True
    behind: bool = True


def put_together(
    words: Sequence[Word], numbers: Sequence[Number], height: float
) -> Line:
    """*words*, in the order in which they are typed, with *numbers* in their places."""
    is_arabic = any(has_arabic(word.text) for word in words)
    words = untangled(words) if is_arabic else words
    waiting = sorted(numbers, key=lambda number: number.box.centre[0])
    if not is_arabic and not any(has_eastern_digit(one.text) for one in numbers):
        waiting.reverse()
    placed: list[Placed] = []
    for word in words:
        while waiting and waiting[-1].box.centre[0] > word.box.centre[0]:
            placed.append(typed(waiting.pop(), placed, is_arabic, height))
        placed.append(Placed(word))
    while waiting:
        placed.append(typed(waiting.pop(), placed, is_arabic, height))
    return as_line(placed)


def untangled(words: Sequence[Word]) -> list[Word]:
    """*words* of Arabic, each left of the one before it: now and then Tesseract says
    of a word in the middle that it begins where its line does. Such a word is taken to
    be as wide as the others are for their letters."""
    pitch = median(word.box.width / len(word.text) for word in words)
    found: list[Word] = []
    for word in words:
        edge = min([word.box.right, *(before.box.left for before in found)])
        if word.box.left < edge < word.box.right:
            right = min(edge, word.box.left + pitch * len(word.text))
            word = replace(word, box=replace(word.box, right=right))
        found.append(word)
    return found


def typed(
    number: Number, placed: Sequence[Placed], is_arabic: bool, height: float
) -> Placed:
    """*number* as it is typed behind the words that are *placed*."""
    if not is_arabic:
        text = typed_alone(number.text)
    elif any(has_arabic(one.word.text) for one in placed):
        text = with_commas(typed_after_arabic(number.text))
    else:
        text = with_commas(typed_before_arabic(number.text))
    left, right = (gap >= CLOSE * height for gap in number.gaps)
    word = Word(text, number.box, number.confidence)
    return Placed(word, right, left) if is_arabic else Placed(word)


def with_commas(text: str) -> str:
    """*text* with Arabic commas at its ends: within, they are a part of the number."""
    digits = [index for index, char in enumerate(text) if char.isdigit()]
    first, last = digits[0], digits[-1] + 1
    before, after = (end.replace(",", "،") for end in (text[:first], text[last:]))
    return before + text[first:last] + after


def as_line(placed: Sequence[Placed]) -> Line:
    if not placed:
        return Line("", confidence=0.0)
    words = [one.word for one in placed]
    text = words[0].text
    for last, one in pairwise(placed):
        text += f" {one.word.text}" if last.behind and one.before else one.word.text
    corners = [corner for word in words for corner in word.box.polygon]
    weights = [len(word.text) for word in words]
    rated = zip(words, weights, strict=True)
    sure = sum((word.confidence or 0.0) * weight for word, weight in rated)
    polygon = Box.around(corners).polygon
    return Line(text, polygon, tuple(words), sure / sum(weights))
