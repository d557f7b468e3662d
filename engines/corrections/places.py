"""Where words stand in a line: along the way it runs, and in the gaps it leaves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from engines.layout import runs_right_to_left
from engines.types import Box, Line

MARKS = {"Mn", "Me", "Cf"}  # Unicode categories of what has no width of its own


@dataclass(frozen=True, slots=True)
class Axis:
    """How text runs on the page: level or upright, to larger numbers or to smaller."""

    is_level: bool
    is_forward: bool

    def span(self, box: Box) -> tuple[float, float]:
        """Where *box* begins and ends for whoever reads along: it grows on the way."""
        low, high = (box.left, box.right) if self.is_level else (box.top, box.bottom)
        return (low, high) if self.is_forward else (-high, -low)

    def length(self, box: Box) -> float:
        return box.width if self.is_level else box.height

    def cut(self, box: Box, start: float, end: float) -> Box:
        """*box*, from *start* to *end* as ``span`` counts."""
        low, high = (start, end) if self.is_forward else (-end, -start)
        if self.is_level:
            return replace(box, left=low, right=high)
        return replace(box, top=low, bottom=high)


@dataclass(frozen=True)
class Place:
    """Where a line of words stands, and how it runs."""

    line: Line

    @cached_property
    def whole(self) -> Box:
        boxes = [word.box for word in self.line.words]
        return around([*boxes, self.line.box] if self.line.box else boxes)

    @cached_property
    def letter(self) -> float:
        """How long a letter is, in the mean."""
        words = self.line.words
        lengths = sum(self.axis().length(word.box) for word in words)
        return lengths / max(1, sum(letters(word.text) for word in words))

    @cached_property
    def is_from_right(self) -> bool:
        return runs_right_to_left(self.line.text)

    def axis(self, text: str = "") -> Axis:
        """How *text* runs here; what has no letters runs as the line does."""
        kinds = {unicodedata.bidirectional(letter) for letter in text}
        has_letters = bool(kinds & {"L", "R", "AL"})
        from_right = runs_right_to_left(text) if has_letters else self.is_from_right
        (left, top), (right, bottom) = (self.line.polygon or ((0, 0), (1, 0)))[:2]
        across, down = right - left, bottom - top
        if abs(across) >= abs(down):
            return Axis(True, (across >= 0) != from_right)
        return Axis(False, (down >= 0) != from_right)

    def gap(self, before: Box | None, after: Box | None) -> Box:
        """What is free between two words, or at an end of the line."""
        axis = self.axis()
        start, end = axis.span(self.whole)
        if before and after:
            # In text that runs both ways the next word may stand on the other side.
            (_, start), (end, _) = sorted((axis.span(before), axis.span(after)))
            if start > end:
                start = end = (start + end) / 2
        elif before:
            start = axis.span(before)[1]
        elif after:
            end = axis.span(after)[0]
        near = [box for box in (before, after) if box]
        return axis.cut(around(near) if near else self.whole, start, max(start, end))

    def widened(self, gap: Box) -> Box:
        """*gap*, a letter long at least where the line has room."""
        axis = self.axis()
        (start, end), (first, last) = axis.span(gap), axis.span(self.whole)
        more = max(0.0, self.letter - (end - start)) / 2
        return axis.cut(gap, max(first, start - more), min(last, end + more))


def letters(text: str) -> int:
    """How many letters wide *text* is: marks stand on others."""
    return sum(unicodedata.category(letter) not in MARKS for letter in text) or 1


def around(boxes: Iterable[Box]) -> Box:
    return Box.around([corner for box in boxes for corner in box.polygon])
