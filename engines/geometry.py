"""Moving results between frames: affine maps of points, lines and pages."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from engines.types import Box, Line, Page, Point, Polygon, Word


class Affine(NamedTuple):
    """x' = a·x + b·y + c and y' = d·x + e·y + f, all in pixels."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def __call__(self, point: Point) -> Point:
        x, y = point
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def then(self, after: Affine) -> Affine:
        """The map that does this one first and *after* next."""
        c, f = after((self.c, self.f))
        return Affine(
            after.a * self.a + after.b * self.d,
            after.a * self.b + after.b * self.e,
            c,
            after.d * self.a + after.e * self.d,
            after.d * self.b + after.e * self.e,
            f,
        )

    def inverse(self) -> Affine:
        """The way back. Only for maps that keep an area."""
        a, b, c, d, e, f = self
        area = a * e - b * d
        return Affine(
            e / area,
            -b / area,
            (b * f - c * e) / area,
            -d / area,
            a / area,
            (c * d - a * f) / area,
        )


IDENTITY = Affine(1, 0, 0, 0, 1, 0)


class Frame(NamedTuple):
    """Another frame for a page: the way into it, and its size in pixels."""

    move: Affine
    width: int
    height: int


def scaling(factor: float) -> Affine:
    return Affine(factor, 0, 0, 0, factor, 0)


def quarter_turns(turns: int, width: float, height: float) -> Affine:
    """Turn a frame of that size clockwise, *turns* times 90 degrees."""
    return (
        IDENTITY,
        Affine(0, -1, height, 1, 0, 0),
        Affine(-1, 0, width, 0, -1, height),
        Affine(0, 1, 0, -1, 0, width),
    )[turns % 4]


def held(orientation: int, width: float, height: float) -> Affine:
    """From a picture of that size, as it is stored, to how it is seen: EXIF's
    *orientation* says so, from 1 to 8."""
    mirrored = Affine(-1, 0, width, 0, 1, 0)
    turns = {1: 0, 2: 0, 3: 2, 4: 2, 5: 3, 6: 1, 7: 1, 8: 3}[orientation]
    first = mirrored if orientation in (2, 4, 5, 7) else IDENTITY
    return first.then(quarter_turns(turns, width, height))


def move_polygon(polygon: Polygon, move: Affine) -> Polygon:
    first, second, third, fourth = polygon
    return move(first), move(second), move(third), move(fourth)


def move_box(box: Box, move: Affine) -> Box:
    return Box.around([move(corner) for corner in box.polygon])


def move_word(word: Word, move: Affine) -> Word:
    return replace(word, box=move_box(word.box, move))


def move_line(line: Line, move: Affine) -> Line:
    polygon = move_polygon(line.polygon, move) if line.polygon else None
    words = tuple(move_word(word, move) for word in line.words)
    return replace(line, polygon=polygon, words=words)


def move_page(page: Page, move: Affine, width: int, height: int) -> Page:
    """*page* seen in another frame, which is *width* by *height* pixels."""
    lines = tuple(move_line(line, move) for line in page.lines)
    return replace(page, lines=lines, width=width, height=height)
