"""Where on a page a line was read, and what of it another line covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ACROSS = 0.3  # of the narrower line's width is shared, at least
DOWN = 0.5  # of the lower line's height

Box = tuple[float, float, float, float]  # left, top, right, bottom: parts of the page
Point = Sequence[float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line lies, in parts of the page's width and height.

    Its upper and its lower edge may slope: they are kept by their heights at both ends.
    """

    left: float
    right: float
    tops: tuple[float, float]
    bottoms: tuple[float, float]

    @classmethod
    def of(cls, polygon: Sequence[Point], width: float, height: float) -> Place:
        """That of a line's outline, whose corners go clockwise from its top left; one
        that stands upright is taken by its box."""
        if len(polygon) == 4:
            a, b, c, d = polygon
            if b[0] - a[0] > abs(b[1] - a[1]) and c[0] - d[0] > abs(c[1] - d[1]):
                sides = (min(a[0], d[0]) / width, max(b[0], c[0]) / width)
                tops, bottoms = (a[1], b[1]), (d[1], c[1])
                return cls(*sides, _parts(tops, height), _parts(bottoms, height))
        xs, ys = [point[0] for point in polygon], [point[1] for point in polygon]
        top, bottom = min(ys) / height, max(ys) / height
        return cls(min(xs) / width, max(xs) / width, (top, top), (bottom, bottom))

    @property
    def box(self) -> Box:
        return self.left, min(self.tops), self.right, max(self.bottoms)

    def at(self, x: float) -> tuple[float, float]:
        """Its top and its bottom there."""
        share = (x - self.left) / ((self.right - self.left) or 1)
        (top, top_end), (bottom, bottom_end) = self.tops, self.bottoms
        return top + share * (top_end - top), bottom + share * (bottom_end - bottom)

    def shared_with(self, other: Place) -> float:
        """The area that both cover, 0 where they are not of one row."""
        left, right = max(self.left, other.left), min(self.right, other.right)
        narrower = min(self.right - self.left, other.right - other.left)
        if right <= left or right - left < ACROSS * narrower:
            return 0
        (top, bottom), (upper, lower) = (
            p.at((left + right) / 2) for p in (self, other)
        )
        shared = min(bottom, lower) - max(top, upper)
        if shared <= 0 or shared < DOWN * min(bottom - top, lower - upper):
            return 0
        return shared * (right - left)


def _parts(pair: tuple[float, float], whole: float) -> tuple[float, float]:
    return pair[0] / whole, pair[1] / whole


@dataclass(frozen=True, slots=True)
class Line:
    """What an engine read in a row; ``place`` is None where it did not say where."""

    text: str
    place: Place | None = None
