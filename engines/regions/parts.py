"""The parts of ink in a cut: which are of its region, which of what lies around."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.regions.cutting import Cut
from engines.regions.lines import is_beside, rows_of
from engines.types import Box

CHAIN = 0.2  # of the print's height: closer parts belong to one word
WITHIN = 0.15  # of a letter's width: so much of it in the region, and it was meant
MOST = 0.5  # of a line's height: so much of it in the region, and it was meant
SOME = 0.2  # enough where no line has most of its height there
DOT = 0.3  # of the print's height: a point, an accent, a speck
LONG = 1.5  # heights of the print: no dash is as long
APART = 0.6  # of the print's height: no point is as far from its letter
AROUND = 0.8  # of the region, both ways, that a frame takes
HOLLOW = 0.35  # of its box is ink; of a word's whose letters touch, more
HUGE = 3.0  # heights of the print: a part of a picture or a frame


@dataclass(frozen=True, slots=True)
class Part:
    label: int
    box: Box
    area: int


Word = list[Part]  # from left to right, as close to each other as letters are


@dataclass(frozen=True, slots=True)
class Mine:
    """The parts of a region; whether their print runs on beyond what was cut."""

    parts: tuple[Part, ...]
    are_cut_off: bool


def parts_of(ink: NDArray[np.bool_]) -> tuple[NDArray[np.int32], list[Part]]:
    """The label of each pixel (paper is 0), and the parts."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    parts = [
        Part(label, Box(left, top, left + width, top + height), area)
        for label, (left, top, width, height, area) in enumerate(stats.tolist())
        if label
    ]
    return np.asarray(labels, np.int32), parts


def belonging(
    parts: Sequence[Part], cut: Cut, print_height: float, dots_count: bool = False
) -> Mine:
    """The parts in the lines that *cut*'s region holds, with the rest of words that
    its sides cut; without lone dots, unless *dots_count*: the Arabic zero is one."""
    letters = [part for part in parts if is_letter(part.box, print_height)]
    height = cut.pixels.shape[0]
    rows = rows_in([part.box for part in letters], height, print_height)
    shares = [share_of(row, cut.inner, height, print_height) for row in rows]
    mine = [row for row, share in zip(rows, shares, strict=True) if share >= MOST]
    if not dots_count:
        mine = without_dirt(mine, letters, DOT * print_height)
    cut_through = not mine and max(shares, default=0.0) >= SOME
    if cut_through:
        mine = [rows[shares.index(max(shares))]]
    least = 0.0 if dots_count else DOT * print_height
    found = [
        part
        for row in mine
        for word in without_dots(words_of(row, letters, CHAIN * print_height), least)
        if any(share_across(part.box, cut.inner) >= WITHIN for part in word)
        for part in word
    ]
    is_part = any(reaches_edge(part, cut, print_height) for part in found)
    return Mine(tuple(found), bool(found) and (cut_through or is_part))


def without_dirt(rows: list[Box], parts: Sequence[Part], least: float) -> list[Box]:
    """*rows* without those of dots alone, unless there are no others."""
    large = [part.box for part in parts if side_of(part) >= least]
    return [row for row in rows if any(is_beside(box, row) for box in large)] or rows


def is_letter(box: Box, print_height: float) -> bool:
    """Whether *box* may hold a letter or a sign: no picture, and no piece of a rule."""
    is_flat = box.height < DOT * print_height and box.width > LONG * print_height
    return box.height <= HUGE * print_height and not is_flat


def is_frame(part: Part, cut: Cut) -> bool:
    """Whether *part* goes around the region, and is hollow."""
    box, inner = part.box, cut.inner
    goes_around = (
        box.width > AROUND * inner.width and box.height > AROUND * inner.height
    )
    return goes_around and part.area < HOLLOW * box.width * box.height


def rows_in(boxes: Sequence[Box], height: int, print_height: float) -> list[Box]:
    """The lines of *boxes*. What the cut's edge halves are letters, not the accents
    of the next line that their height would make them."""
    halved = [box for box in boxes if is_halved(box, height)]
    whole = [box for box in boxes if not is_halved(box, height)]
    tallest = max((box.height for box in halved), default=0.0)
    return [*rows_of(whole, print_height), *rows_of(halved, tallest)]


def is_halved(box: Box, height: int) -> bool:
    return box.top <= 1 or box.bottom >= height - 1


def share_of(row: Box, inner: Box, height: int, print_height: float) -> float:
    """The share of *row* in *inner*; one that the cut's edge halves is a whole line."""
    whole = max(row.height, print_height) if is_halved(row, height) else row.height
    return (min(row.bottom, inner.bottom) - max(row.top, inner.top)) / whole


def share_across(box: Box, inner: Box) -> float:
    return (min(box.right, inner.right) - max(box.left, inner.left)) / box.width


def words_of(row: Box, parts: Sequence[Part], reach: float) -> Iterator[Word]:
    """The parts in *row*, together where they are as close as letters are."""
    inside = [part for part in parts if is_beside(part.box, row)]
    word: Word = []
    end = 0.0
    for part in sorted(inside, key=lambda part: part.box.left):
        if word and part.box.left - end > reach:
            yield word
            word, end = [], 0.0
        word.append(part)
        end = max(end, part.box.right)
    if word:
        yield word


def without_dots(words: Iterable[Word], least: float) -> list[Word]:
    """*words* of a line, from the left, less dirt: what is smaller than *least* and
    stands apart from all others."""
    listed = list(words)
    large = [word for word in listed if size_of(word) >= least]
    if not large:
        return listed
    reach = APART / DOT * least
    return [
        word
        for word in listed
        if size_of(word) >= least
        or any(gap_between(word, other) <= reach for other in large)
    ]


def size_of(word: Word) -> float:
    return max(side_of(part) for part in word)


def side_of(part: Part) -> float:
    return max(part.box.width, part.box.height)


def gap_between(one: Word, other: Word) -> float:
    left, right = sorted((one, other), key=lambda word: word[0].box.left)
    return right[0].box.left - max(part.box.right for part in left)


def reaches_edge(part: Part, cut: Cut, print_height: float) -> bool:
    """Whether a letter touches the edge of *cut*: there may be more of its word."""
    height, width = cut.pixels.shape[:2]
    box = part.box
    at_side = box.left <= 1 or box.right >= width - 1
    return (at_side or is_halved(box, height)) and box.height > 0.4 * print_height
