"""What stands apart within a line: its words, and the cells that a wide gap parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from math import dist

from engines.types import Box, Line, Point, Polygon, Word

PRICE_AT_END = re.compile(r"\d[.,٫]\d\d\)?\s?\w{0,2}$")
WIDE_GAP = 1.2  # of a line's height; a space between words takes about 0.3


@dataclass(frozen=True, slots=True)
class Part:
    """A word as it stands in the text of its line, from ``start`` on."""

    text: str
    start: int
    box: Box | None
    confidence: float | None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def parts(line: Line) -> list[Part]:
    """The words of *line*; the line as one, where its words do not spell its text."""
    found: list[Part] = []
    at = 0
    for word in line.words:
        start = line.text.find(word.text, at)
        if not word.text or start < 0 or line.text[at:start].strip():
            break
        found.append(Part(word.text, start, word.box, word.confidence))
        at = found[-1].end
    if found and len(found) == len(line.words) and not line.text[at:].strip():
        return found
    return [Part(line.text, 0, line.box, line.confidence)]


def ends_in_price(text: str) -> bool:
    return PRICE_AT_END.search(text) is not None


def cut(line: Line) -> list[Line]:
    """The cells that *line* is made of: an engine may take a row of a table for one."""
    words = line.words
    if line.polygon is None or not _is_level(line.polygon):
        return [line]
    limit = WIDE_GAP * dist(line.polygon[0], line.polygon[3])
    spelled = parts(line)
    if len(spelled) != len(words):
        return [line]
    ends = [n for n, pair in enumerate(pairwise(words), 1) if _gap(*pair) > limit]
    if not ends:
        return [line]
    return [
        _piece(line, line.polygon, spelled[start:end], words[start:end])
        for start, end in pairwise([0, *ends, len(words)])
    ]


def _is_level(polygon: Polygon) -> bool:
    (left, top), (right, right_top) = polygon[:2]
    return right - left > abs(right_top - top)


def _gap(one: Word, other: Word) -> float:
    """Pixels between two words, whichever of them is on the left."""
    return max(other.box.left - one.box.right, one.box.left - other.box.right)


def _piece(
    line: Line, polygon: Polygon, spelled: list[Part], words: tuple[Word, ...]
) -> Line:
    """*words* as a line of their own, on the slope of *line*."""
    whole = Box.around(list(polygon))
    left = (min(word.box.left for word in words) - whole.left) / whole.width
    right = (max(word.box.right for word in words) - whole.left) / whole.width
    top_left, top_right, bottom_right, bottom_left = polygon
    place = (
        _between(top_left, top_right, left),
        _between(top_left, top_right, right),
        _between(bottom_left, bottom_right, right),
        _between(bottom_left, bottom_right, left),
    )
    text = line.text[spelled[0].start : spelled[-1].end]
    return replace(line, text=text, polygon=place, words=words)


def _between(one: Point, other: Point, share: float) -> Point:
    share = min(max(share, 0.0), 1.0)
    return (
        one[0] + share * (other[0] - one[0]),
        one[1] + share * (other[1] - one[1]),
    )
