"""What PaddleOCR found, in the library's own values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import sqrt
from typing import Any, NamedTuple

import numpy as np

from engines.paddleocr.package import Quads
from engines.types import Box, Line, Point, Polygon, Word

DOUBTFUL = 0.5  # lines read less surely than this are dirt, drawings or handwriting
TALL = 1.5  # height by width from which PaddleOCR reads a line as running down

GLANCE = 640  # pixels of the longest side at which the height of print is looked up
USUAL_SIDE = 960
LEAST_PRINT = 20  # pixels of height that the outline of a usual line shall have
MOST_STRETCH = 2.0
MAX_AREA = 1_800_000  # pixels that lines are looked for on: memory grows with them


class Piece(NamedTuple):
    """Characters, and the part of their line that they take: 0..1 from its start."""

    text: str
    start: float
    stop: float


def side_for(quads: Quads, width: int, height: int, max_side: int | None) -> int:
    """The longest side at which to look for lines on a page of that size, where a
    glance has shown *quads*: small print wants more pixels than the usual ones.

    *max_side* caps it; None leaves the cap to MAX_AREA, 0 lifts it.
    """
    longest = max(width, height)
    side = float(min(longest, USUAL_SIDE))
    if len(quads):
        wanted = LEAST_PRINT / float(np.median(heights(quads))) * longest
        side = max(side, min(wanted, MOST_STRETCH * longest))
    if max_side != 0:
        side = min(side, longest * sqrt(MAX_AREA / (width * height)))
    return max(1, round(min(side, max_side) if max_side else side))


def heights(quads: Quads) -> Any:
    """The shorter side of each of *quads*, at least a pixel."""
    sides = np.linalg.norm(quads - np.roll(quads, -1, axis=1), axis=2)
    return np.maximum(sides[:, :2].min(axis=1), 1.0)


def lines_in(found: Mapping[str, Any]) -> Iterator[Line]:
    """The lines that the pipeline found, in its own order."""
    every = zip(
        found["rec_texts"],
        found["rec_scores"],
        found["rec_polys"],
        found["text_word"],
        found["text_word_boxes"],
        strict=True,
    )
    for text, score, corners, parts, boxes in every:
        if text.strip() and score >= DOUBTFUL:
            pieces = pieces_of(parts, boxes, corners)
            yield line_of(text, float(score), outline(corners), pieces)


def line_alone(found: Mapping[str, Any], width: int, height: int) -> Line:
    """The line that the recogniser read on a crop of that size."""
    said, score = found["rec_text"], float(found["rec_score"])
    if isinstance(said, str) or not said[0].strip():
        return Line("", confidence=0.0)
    text, (columns, parts, places, _) = said
    pieces = [
        Piece("".join(part), place[0] / columns, (place[-1] + 1) / columns)
        for part, place in zip(parts, places, strict=True)
    ]
    return line_of(text, score, Box(0, 0, width, height).polygon, pieces)


def line_of(text: str, score: float, polygon: Polygon, pieces: Sequence[Piece]) -> Line:
    confidence = min(max(score, 0.0), 1.0)
    words = tuple(
        Word(word.text, part_of(polygon, word), confidence)
        for word in words_of(text, pieces)
    )
    return Line(" ".join(text.split()), polygon, words, confidence)


def outline(corners: Any) -> Polygon:
    """*corners*, clockwise from where the text's top left is."""
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    if runs_down(corners):
        return second, third, fourth, first
    return first, second, third, fourth


def runs_down(corners: Any) -> bool:
    """Whether PaddleOCR has read the line from the top of the page down."""
    width, height = np.ptp(np.asarray(corners), axis=0)
    return bool(height > TALL * max(width, 1))


def pieces_of(parts: Sequence[str], boxes: Any, corners: Any) -> list[Piece]:
    """The parts of a line by their boxes, which are upright: only how far along the
    line they lie can be taken from those."""
    axis, last = (1, 2) if runs_down(corners) else (0, 1)
    begin, end = float(corners[0][axis]), float(corners[last][axis])
    length = max(end - begin, 1.0)
    spans = [(float(box[axis]), float(box[axis + 2])) for box in boxes]
    return [
        Piece(part, (start - begin) / length, (stop - begin) / length)
        for part, (start, stop) in zip(parts, spans, strict=False)
    ]


def words_of(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """What stands between the spaces of *text*; nothing where the pieces do not make
    it up, as those of a line from the right that was put in order."""
    letters = [letter for piece in pieces for letter in letters_of(piece)]
    if "".join(letter.text for letter in letters) != text:
        return []
    groups = groupby(letters, key=lambda letter: letter.text.isspace())
    words = [list(group) for is_space, group in groups if not is_space]
    margin = room(pieces, text) / 3
    return [
        Piece(
            "".join(letter.text for letter in word),
            max(0.0, word[0].start - margin),
            min(1.0, word[-1].stop + margin),
        )
        for word in words
    ]


def letters_of(piece: Piece) -> list[Piece]:
    """The characters of *piece*, all as wide."""
    step = (piece.stop - piece.start) / max(1, len(piece.text))
    return [
        Piece(letter, piece.start + number * step, piece.start + (number + 1) * step)
        for number, letter in enumerate(piece.text)
    ]


def room(pieces: Sequence[Piece], text: str) -> float:
    """What a character takes of the line: the network marks its middle alone."""
    return (pieces[-1].stop - pieces[0].start) / len(text) if pieces else 0.0


def part_of(polygon: Polygon, piece: Piece) -> Box:
    """The box of *piece* of the line within *polygon*."""
    first, second, third, fourth = polygon
    shares = piece.start, piece.stop
    ends = [between(first, second, share) for share in shares]
    return Box.around(ends + [between(fourth, third, share) for share in shares])


def between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
