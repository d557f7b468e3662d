"""From the network's scores to symbols: greedy CTC (Graves et al. 2006), in one script.

A number is printed in one script. Within a run of digits the others are masked, and
the script whose best path scores highest is kept: ٥ among Arabic digits is no 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engines.digits.alphabet import (
    ARABIC,
    BLANK,
    CLASS_OF,
    CLASSES,
    LATIN,
    LETTERS,
    MARKS,
    OF_SCRIPT,
    OWN_PERSIAN,
    SYMBOLS,
    WESTERN,
    Script,
    as_ascii,
)
from engines.digits.calibration import AS_IT_IS, Calibration

Scores = NDArray[np.float32]  # (T, CLASSES): logarithms of probabilities
Flags = NDArray[np.bool_]

SCRIPTS: tuple[Script, ...] = ("arabic", "western", "persian")  # the first wins a tie
NEVER = np.float32(-40.0)  # the logarithm of next to nothing; sums of it stay finite
DIGIT_WIDTH = 4  # frames on either side that tell no more than the frame itself
WIDE = 24  # frames without a symbol, 1.5 heights of a line: another number may follow
SEEN = 0.02  # the chance from which a digit of another script counts


def flags(symbols: str) -> Flags:
    """The classes of *symbols*, as a mask."""
    return np.array([symbol in symbols for symbol in _OF_CLASS])


_OF_CLASS = ["blank", *SYMBOLS]
IS_BLANK = np.arange(CLASSES) == BLANK
ALLOWED = {script: flags(OF_SCRIPT[script] + MARKS) | IS_BLANK for script in SCRIPTS}
ARE_LETTERS = flags(LATIN + LETTERS)
DIGITS_OF = np.stack([flags(WESTERN), flags(ARABIC + OWN_PERSIAN)], 1).astype(
    np.float32
)
# Digits that one of the two draws otherwise than the other.
ONLY_PERSIAN = frozenset(CLASS_OF[digit] for digit in OWN_PERSIAN)
ONLY_ARABIC = frozenset(CLASS_OF[digit] for digit in "٤٥٦")
# Whatever is worth the same: 4, ٤ and ۴.
_VALUES = np.array([as_ascii(symbol) for symbol in _OF_CLASS])
SAME_VALUE = (_VALUES[:, None] == _VALUES).astype(np.float32)


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


class Segment(NamedTuple):
    """Frames on which one class wins."""

    label: int
    start: int
    end: int


Run = tuple[int, int, list[Segment]]


def decode(
    scores: Scores,
    calibration: Calibration = AS_IT_IS,
    scripts: Sequence[Script] = SCRIPTS,
) -> tuple[Symbol, ...]:
    """The symbols from left to right; *scripts* are those that may be printed."""
    if len(scripts) < len(SCRIPTS):
        may_be = np.any([ALLOWED[script] for script in scripts], axis=0) | ARE_LETTERS
        scores = masked_by(may_be, scores)
    chances = np.exp(scores)
    of_script = chances @ DIGITS_OF
    path: list[Segment] = []
    for start, end, greedy in runs(segments(scores), len(scores)):
        if is_mixed(greedy, of_script[start:end]):
            found, likely = in_one_script(scores[start:end], scripts)
            weighed = chances[start:end] * likely
            chances[start:end] = weighed / weighed.sum(axis=1, keepdims=True)
            path += [Segment(s.label, s.start + start, s.end + start) for s in found]
        else:
            path += greedy
    return rated(path, chances, calibration)


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


def runs(path: Sequence[Segment], frames: int) -> Iterator[Run]:
    """Letters, and between them numbers, as frames from and to with their segments:
    parted where a wide gap is too, for 12 and ٣٤ may stand side by side."""
    start, last = 0, 0
    number: list[Segment] = []
    for segment in path:
        is_letter = bool(ARE_LETTERS[segment.label])
        if number and (is_letter or segment.start - last > WIDE):
            middle = segment.start if is_letter else (last + segment.start) // 2
            yield start, middle, number
            start, number = middle, []
        if is_letter:
            yield segment.start, segment.start, [segment]
            start = segment.end
        else:
            number.append(segment)
        last = segment.end
    if number:
        yield start, frames, number


def is_mixed(path: Sequence[Segment], of_script: Scores) -> bool:
    """Whether digits of two scripts compete for the frames of a run."""
    if not len(of_script):
        return False
    western, eastern = of_script.max(axis=0).tolist()
    labels = {segment.label for segment in path}
    both_eastern = not labels.isdisjoint(ONLY_ARABIC) and not labels.isdisjoint(
        ONLY_PERSIAN
    )
    return both_eastern or (western > SEEN and eastern > SEEN)


def in_one_script(
    scores: Scores, scripts: Sequence[Script]
) -> tuple[list[Segment], Scores]:
    """The path of a number in *scores* with the digits of one script, and how likely
    each class is (see ``likely_classes``)."""
    masked = [masked_by(ALLOWED[script], scores) for script in scripts]
    best = np.stack([one.max(axis=1) for one in masked])
    chosen = int(best.sum(axis=1).argmax())
    likely = likely_classes(best, [ALLOWED[script] for script in scripts])
    return segments(masked[chosen]), likely


def masked_by(allowed: Flags, scores: Scores) -> Scores:
    """*scores* without the classes that are not *allowed*. Where one of those won
    something is printed: another symbol has to, not the blank."""
    masked = np.where(allowed, scores, NEVER)
    masked[~allowed[scores.argmax(axis=1)], BLANK] = NEVER
    return masked


def likely_classes(best: Scores, allowed: Sequence[Flags]) -> Scores:
    """How likely each class is on each frame beside the likeliest script's, by what the
    frames further away say: *best* are scripts x frames, of their best paths.

    So the digits of a long number are certain of their script; one alone is as doubtful
    as it is.
    """
    near = np.ones(2 * DIGIT_WIDTH + 1, np.float32)
    others = [
        row.sum() - np.convolve(row, near)[DIGIT_WIDTH:-DIGIT_WIDTH] for row in best
    ]
    said = np.exp(np.stack(others) - np.max(others, axis=0))
    known = np.stack(allowed)
    likely = (said[:, :, None] * known[:, None, :]).max(axis=0)
    likely[:, ~known.any(axis=0)] = 1.0
    return np.asarray(likely, np.float32)


def rated(
    path: Sequence[Segment], chances: Scores, calibration: Calibration = AS_IT_IS
) -> tuple[Symbol, ...]:
    """*path* as symbols, each as sure as its best frame and as the gaps beside it: what
    may stand there unseen is a doubt too. *chances* add up to one on each frame."""
    if not path:
        return ()
    worth = chances @ SAME_VALUE
    unseen = between(path, chances)
    edges = [0, *(edge for s in path for edge in (s.start, s.end)), len(chances)]
    gaps = [
        max(unseen[a:b], default=0.0)
        for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
    return tuple(
        Symbol(
            SYMBOLS[segment.label - 1],
            calibration.of(
                sureness(worth[segment.start : segment.end, segment.label], *doubts)
            ),
            segment.start,
            segment.end,
        )
        for segment, doubts in zip(path, pairwise(gaps), strict=True)
    )


def sureness(seen: Scores, before: float, after: float) -> float:
    """Of a symbol, by its chance on each of its frames and the doubts beside it."""
    return min(max(min(float(seen.max()), 1.0 - before, 1.0 - after), 0.0), 1.0)


def between(path: Sequence[Segment], chances: Scores) -> list[float]:
    """On each frame between segments, the chance of a symbol other than those beside
    it: theirs fades in and out there. 0 on the frames of segments."""
    frames = np.arange(len(chances))
    labels = np.array([BLANK, *(segment.label for segment in path), BLANK])
    place = np.searchsorted([segment.end for segment in path], frames, side="right")
    left, right = labels[place], labels[place + 1]
    theirs = chances[frames, left] * (left != BLANK)
    theirs += chances[frames, right] * ((right != BLANK) & (right != left))
    unseen: list[float] = (1.0 - theirs - chances[:, BLANK]).tolist()
    return unseen
