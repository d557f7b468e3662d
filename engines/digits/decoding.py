"""From the network's scores to symbols: greedy CTC (Graves et al. 2006), in one script.

A number is printed in one script. Within a run of digits the others are masked, and
the script whose best path scores highest is kept: ٥ among Arabic digits is no 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engines.digits.alphabet import (
    BLANK,
    CLASS_OF,
    CLASSES,
    LATIN,
    LETTERS,
    MARKS,
    OF_SCRIPT,
    SYMBOLS,
    Script,
    as_ascii,
)
from engines.digits.calibration import AS_IT_IS, Calibration

Scores = NDArray[np.float32]  # (T, CLASSES): logarithms of probabilities
Chances = NDArray[np.float64]  # (T, CLASSES): each row adds up to one
Flags = NDArray[np.bool_]

SCRIPTS: tuple[Script, ...] = ("arabic", "western", "persian")  # the first wins a tie
NEVER = np.float32(-40.0)  # the logarithm of next to nothing; sums of it stay finite
DIGIT_WIDTH = 4  # frames on either side that tell no more than the frame itself
WIDE = 24  # frames without a symbol, 1.5 heights of a line: another number may follow
ARE_LETTERS = (CLASS_OF[LATIN], CLASS_OF[LETTERS])


def _allowed(script: Script) -> Flags:
    flags = np.zeros(CLASSES, bool)
    flags[[BLANK, *(CLASS_OF[symbol] for symbol in OF_SCRIPT[script] + MARKS)]] = True
    return flags


ALLOWED = {script: _allowed(script) for script in SCRIPTS}
# Whatever is worth the same: 4, ٤ and ۴.
_VALUES = [as_ascii(symbol) for symbol in " " + SYMBOLS]
SAME_VALUE = np.array([[float(one == other) for other in _VALUES] for one in _VALUES])


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol of the alphabet, the frames it was seen on (*end* is exclusive), and
    how surely: the share of such symbols that are right."""

    symbol: str
    confidence: float
    start: int
    end: int

    @property
    def centre(self) -> float:
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Segment:
    """Frames on which one class wins."""

    label: int
    start: int
    end: int


def decode(
    scores: Scores,
    calibration: Calibration = AS_IT_IS,
    scripts: Sequence[Script] = SCRIPTS,
) -> tuple[Symbol, ...]:
    """The symbols from left to right; *scripts* are those that may be printed."""
    found: list[Symbol] = []
    for run in runs(segments(scores), len(scores)):
        if isinstance(run, Segment):
            chance = np.exp(scores[run.start : run.end, run.label]).max()
            found.append(as_symbol(run, float(chance)))
        else:
            start, end = run
            for symbol in decode_run(scores[start:end], scripts):
                moved = (symbol.start + start, symbol.end + start)
                found.append(replace(symbol, start=moved[0], end=moved[1]))
    return tuple(calibration.applied(found))


def segments(scores: Scores) -> list[Segment]:
    """The greedy path: each run of frames on which one class but the blank wins."""
    if not len(scores):
        return []
    best = scores.argmax(axis=1)
    edges = [0, *(np.flatnonzero(np.diff(best)) + 1).tolist(), len(best)]
    return [
        Segment(int(best[start]), start, end)
        for start, end in pairwise(edges)
        if best[start] != BLANK
    ]


def runs(path: Sequence[Segment], frames: int) -> Iterator[Segment | tuple[int, int]]:
    """The letters of *path*, and between them the frames of numbers: parted where a
    wide gap is, for 12 and ٣٤ may stand side by side."""
    start, last = 0, 0
    has_print = False
    for segment in path:
        is_letter = segment.label in ARE_LETTERS
        if has_print and (is_letter or segment.start - last > WIDE):
            middle = segment.start if is_letter else (last + segment.start) // 2
            yield start, middle
            start, has_print = middle, False
        if is_letter:
            yield segment
            start = segment.end
        else:
            has_print = True
        last = segment.end
    if has_print:
        yield start, frames


def decode_run(scores: Scores, scripts: Sequence[Script]) -> list[Symbol]:
    """The symbols of a number in *scores*, its digits of one script."""
    masked = [np.where(ALLOWED[script], scores, NEVER) for script in scripts or SCRIPTS]
    best = np.stack([one.max(axis=1) for one in masked])
    script = int(best.sum(axis=1).argmax())
    likely = likely_classes(best, [ALLOWED[script] for script in scripts or SCRIPTS])
    chances = normal(np.exp(scores.astype(np.float64)) * likely)
    return rated(segments(masked[script]), chances)


def likely_classes(best: Scores, allowed: Sequence[Flags]) -> Chances:
    """How likely each class is on each frame beside the likeliest script's, by what the
    frames further away say: *best* are scripts x frames, of their best paths.

    So the digits of a long number are certain of their script; one alone is as doubtful
    as it is.
    """
    near = np.ones(2 * DIGIT_WIDTH + 1)
    others = [
        row.sum() - np.convolve(row, near)[DIGIT_WIDTH:-DIGIT_WIDTH] for row in best
    ]
    said = np.exp(np.stack(others) - np.max(others, axis=0))
    known = np.stack(allowed)
    likely = (said[:, :, None] * known[:, None, :]).max(axis=0)
    likely[:, ~known.any(axis=0)] = 1.0
    return np.asarray(likely, np.float64)


def rated(path: Sequence[Segment], chances: Chances) -> list[Symbol]:
    """*path* as symbols, each as sure as its best frame and as the gaps beside it: what
    may stand there unseen is a doubt too."""
    if not path:
        return []
    labels = [segment.label for segment in path]
    edges = [edge for segment in path for edge in (segment.start, segment.end)]
    # One row more, for the last edge may be the end.
    seen = np.append((chances @ SAME_VALUE)[:, labels], [[0.0] * len(path)], axis=0)
    best = np.maximum.reduceat(seen, edges, axis=0)[::2].diagonal()
    unseen = np.append(between(path, chances), 0.0)
    doubts = np.maximum.reduceat(unseen, edges)[1::2]
    before = [float(unseen[: edges[0]].max(initial=0.0)), *doubts[:-1]]
    sure = np.minimum(best, 1.0 - np.maximum(before, doubts))
    return [as_symbol(*each) for each in zip(path, sure.tolist(), strict=True)]


def between(path: Sequence[Segment], chances: Chances) -> Chances:
    """On each frame between segments, the chance of a symbol other than those beside
    it: theirs fades in and out there."""
    frames = np.arange(len(chances))
    labels = np.array([BLANK, *(segment.label for segment in path), BLANK])
    ends = [segment.end for segment in path]
    left = labels[np.searchsorted(ends, frames, side="right")]
    right = labels[np.searchsorted(ends, frames, side="right") + 1]
    theirs = chances[:, BLANK] + chances[frames, left] * (left != BLANK)
    theirs += chances[frames, right] * ((right != BLANK) & (right != left))
    unseen = np.clip(1.0 - theirs, 0.0, 1.0)
    for segment in path:
        unseen[segment.start : segment.end] = 0.0
    return np.asarray(unseen, np.float64)


def as_symbol(segment: Segment, chance: float) -> Symbol:
    sure = min(max(chance, 0.0), 1.0)
    return Symbol(SYMBOLS[segment.label - 1], sure, segment.start, segment.end)


def normal(shares: Chances) -> Chances:
    """*shares* made to add up to one in each row."""
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float64)
