"""A page through the networks: find lines, cut, recognise, decode, space, mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from engines.ppocr.crops import cut, directions, trimmed
from engines.ppocr.decoding import (
    Lattice,
    Reading,
    Symbol,
    Token,
    decode,
    mean_probability,
)
from engines.ppocr.detection import Quad, Rgb, find_quads
from engines.ppocr.networks import Floats, Networks
from engines.ppocr.numbers import in_digits, with_points, with_separators
from engines.ppocr.recognition import recognise
from engines.ppocr.spacing import split_words
from engines.ppocr.vocabulary import Vocabulary, vocabulary
from engines.ppocr.words import mended
from engines.types import Box, Line, Point, Polygon, Word

DOUBTFUL = 0.65  # lines read less surely than this are dirt, drawings or handwriting


def read_lines(
    networks: Networks, image: Rgb, languages: tuple[str, ...], max_side: int | None
) -> tuple[list[Line], list[Quad]]:
    """The lines on *image*, in no order, and where there are some that were not read:
    dirt, drawings, or a script that the networks do not know."""
    quads = find_quads(networks, image, max_side)
    groups = [directions(quad) for quad in quads]
    turned = [quad for group in groups for quad in group]
    lattices = iter(recognise(networks, [cut(image, q) for q in turned], languages))
    words = vocabulary(languages)
    readings = [surest(group, lattices, words) for group in groups]
    sure = [r for r in readings if r.tokens and r.confidence >= DOUBTFUL]
    unread = [r.quad for r in readings if not r.tokens or r.confidence < DOUBTFUL]
    return [as_line(reading) for reading in with_points(sure)], unread


def read_crop(networks: Networks, crop: Rgb, languages: tuple[str, ...]) -> Line:
    """The one line of print that fills *crop*."""
    height, width = crop.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    lattice = recognise(networks, [trimmed(crop)], languages)[0]
    reading = read(lattice, corners, vocabulary(languages))
    return replace(as_line(reading), weakest=weakest(reading))


def surest(
    group: Sequence[Quad], lattices: Iterator[Lattice], words: Vocabulary
) -> Reading:
    """The best of the readings of one outline, begun at each corner in *group*."""
    readings = [read(next(lattices), quad, words) for quad in group]
    return max(readings, key=lambda reading: reading.confidence)


def read(lattice: Lattice, quad: Quad, words: Vocabulary) -> Reading:
    """What *lattice* says of the line within *quad*."""
    symbols = with_separators(decode(lattice), lattice)
    tokens = [in_digits(token) for token in split_words(symbols, lattice)]
    return Reading(tuple(mended(tokens, lattice, words)), lattice, quad)


def as_line(reading: Reading) -> Line:
    steps, quad = reading.lattice.steps, reading.quad
    return Line(
        text=reading.text,
        polygon=as_polygon(quad),
        words=tuple(placed(token, steps, quad) for token in reading.tokens),
        confidence=reading.confidence,
    )


def weakest(reading: Reading) -> float:
    """How surely the least sure character was read, 0 where there is none."""
    return min((symbol.probability for symbol in reading.symbols), default=0.0)


def placed(token: Token, steps: int, quad: Quad) -> Word:
    """*token* as a word of the page: its part of *quad*."""
    symbols = token.symbols
    margin = half_pitch(symbols)
    start = max(0.0, symbols[0].centre - margin) / steps
    stop = min(float(steps), symbols[-1].centre + margin) / steps
    left, right = quad[[0, 3]], quad[[1, 2]]
    ends = [*(left + (right - left) * start), *(left + (right - left) * stop)]
    return Word(
        text=token.text,
        box=Box.around([as_point(end) for end in ends]),
        confidence=mean_probability(symbols),
    )


def half_pitch(symbols: Sequence[Symbol]) -> float:
    """Half the room of a character: the network marks its middle."""
    if len(symbols) == 1:
        return 1.0
    return (symbols[-1].centre - symbols[0].centre) / (len(symbols) - 1) / 2


def as_polygon(quad: Quad) -> Polygon:
    a, b, c, d = (as_point(corner) for corner in quad)
    return a, b, c, d


def as_point(corner: Floats) -> Point:
    return float(corner[0]), float(corner[1])
