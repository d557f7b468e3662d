"""Where the text of a page stands: each piece in a box turned as its line is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import atan2, cos, dist, sin
from textwrap import wrap

from engines.types import Box, Line, Page, Point, Word

# Beyond 30 degrees from level or plumb the sides of a turned box can no longer be told
# from those of the upright one around it.
SURE = 0.5
LEAST = 1.0  # pixel: the side of a box that has none
WRAPPED = 80  # letters of a line that has no place
FEWEST_ROWS = 40  # that a page has room for
FILLED = 0.8  # of a row; where rows touch, PDFium takes equal ones for one in bold
MARGIN = 0.05  # of the page's width, beside lines that have no place
LETTER = 0.5  # of its height: how wide a letter is


@dataclass(frozen=True, slots=True)
class Run:
    """Text in logical order, and the box it fills: its middle and its sides in pixels,
    and the angle of its line in radians, clockwise."""

    text: str
    middle: Point
    width: float
    height: float
    angle: float

    def at(self, along: float, down: float) -> Point:
        """The point that far from the middle, in pixels along the line and below."""
        (x, y), across, up = self.middle, cos(self.angle), sin(self.angle)
        return x + along * across - down * up, y + along * up + down * across

    def along(self, other: Run) -> float:
        """How far along this one's line *other* stands: its middle, in pixels."""
        (x, y), (left, top) = other.middle, self.middle
        return (x - left) * cos(self.angle) + (y - top) * sin(self.angle)


def page_runs(page: Page) -> Iterator[tuple[Run, list[Run]]]:
    """Each line of *page* as a whole, and word by word; where its words do not tell all
    of it, the whole is its one word."""
    for line in placed_lines(page):
        whole = line_run(line)
        words = [word_run(word, whole) for word in line.words if word.text.strip()]
        if _letters(line.text) != _letters("".join(word.text for word in words)):
            words = [whole]
        if whole.text:
            yield whole, words


def placed_lines(page: Page) -> tuple[Line, ...]:
    """The lines of *page*; those without a place get one, down the page in order."""
    lines = page.lines or tuple(Line(text) for text in page.text.splitlines())
    if all(line.polygon for line in lines):
        return lines
    rows = [row for line in lines for row in _wrapped(line)]
    step = page.height / max(len(rows), FEWEST_ROWS)
    return tuple(
        row if row.polygon else _put(row, number * step, step, page.width)
        for number, row in enumerate(rows)
    )


def line_run(line: Line) -> Run:
    """The whole of *line*, which has a place."""
    first, second, third, fourth = line.polygon or Box(0, 0, 0, 0).polygon
    return Run(
        line.text.strip(),
        ((first[0] + third[0]) / 2, (first[1] + third[1]) / 2),
        max(LEAST, (dist(first, second) + dist(fourth, third)) / 2),
        max(LEAST, (dist(second, third) + dist(first, fourth)) / 2),
        atan2(second[1] - first[1], second[0] - first[0]),
    )


def word_run(word: Word, line: Run) -> Run:
    """*word*, turned as its *line* is, so that its upright box is just around it."""
    across, up = abs(cos(line.angle)), abs(sin(line.angle))
    box, spread = word.box, across**2 - up**2
    width = (box.width * across - box.height * up) / (spread or 1)
    height = (box.height * across - box.width * up) / (spread or 1)
    if abs(spread) < SURE or min(width, height) < LEAST:
        height = line.height
        flat, steep = box.width - height * up, box.height - height * across
        width = flat / across if across > up else steep / up
    sides = {"width": max(LEAST, width), "height": max(LEAST, height)}
    return replace(line, text=word.text.strip(), middle=box.centre, **sides)


def _letters(text: str) -> list[str]:
    return sorted(text.replace(" ", ""))


def _wrapped(line: Line) -> list[Line]:
    return [line] if line.polygon else [Line(row) for row in wrap(line.text, WRAPPED)]


def _put(line: Line, top: float, step: float, width: int) -> Line:
    left, height = MARGIN * width, FILLED * step
    room = min(width - 2 * left, LETTER * height * len(line.text))
    return replace(line, polygon=Box(left, top, left + room, top + height).polygon)
