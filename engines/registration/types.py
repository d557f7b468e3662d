"""The values of registration: a layout's page, and how it lies on another."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Literal, TypeVar

from engines.types import Box, Page, Point, Polygon

Rung = Literal["", "features", "anchors"]
Matrix = tuple[float, float, float, float, float, float, float, float, float]
Key = TypeVar("Key", bound=Hashable)
ReadWords = Callable[[], Page]  # reads the whole page; asked for only where it must be
IDENTITY: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, eq=False)
class Reference:
    """One page of a layout, prepared: its size in pixels, and all that is compared.

    Made once in a worker, kept as bytes.
    """

    width: int
    height: int
    data: bytes

    def to_bytes(self) -> bytes:
        return self.data

    @classmethod
    def from_bytes(cls, data: bytes) -> Reference:
        """
        Raises:
            TemplateError: *data* is no reference, or of another version.
        """
        # numpy is loaded by the worker that compares, never by the web process.
        from engines.registration.reference import unpacked

        prepared = unpacked(data)
        return cls(prepared.width, prepared.height, data)


@dataclass(frozen=True, slots=True)
class Bend:
    """How a sheet that does not lie flat departs from its plane: a smooth field.

    Shifts in pixels of the reference, before the plane's matrix; each list holds the
    factors of ``terms`` of the place, which runs from -1 to 1 across ``width`` and
    ``height``.
    """

    width: float
    height: float
    across: tuple[float, ...]
    down: tuple[float, ...]

    def __call__(self, point: Point) -> Point:
        x, y = point
        values = terms(2 * x / self.width - 1, 2 * y / self.height - 1)
        return (
            x + sum(a * b for a, b in zip(self.across, values, strict=True)),
            y + sum(a * b for a, b in zip(self.down, values, strict=True)),
        )


def terms(x: float, y: float) -> tuple[float, ...]:
    """What a bend is made of: paper curls about one axis, so its powers go furthest."""
    square = x * x, x * y, y * y
    cube = x**3, x * x * y, x * y * y, y**3
    return 1.0, x, y, *square, *cube, x**4, y**4


@dataclass(frozen=True, slots=True)
class Registration:
    """How the reference lies on a page: ``matrix`` carries its pixels to the page's.

    Row by row, homogeneous. ``score`` is 0..1; ``rung`` is empty where nothing held,
    and then ``reason`` says why in a sentence. ``bend`` is there where the sheet is
    curled; ``carry`` knows both.
    """

    rung: Rung
    score: float
    matrix: Matrix
    reason: str = ""
    bend: Bend | None = None

    @property
    def holds(self) -> bool:
        return bool(self.rung)

    def carry(self, point: Point) -> Point:
        """A point of the reference, in its pixels, to the page."""
        a, b, c, d, e, f, g, h, i = self.matrix
        x, y = self.bend(point) if self.bend else point
        w = g * x + h * y + i
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w

    def carry_box(self, box: Box) -> Polygon:
        first, second, third, fourth = (self.carry(corner) for corner in box.polygon)
        return first, second, third, fourth


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one region lies on the page, in its pixels; ``how`` it was found.

    ``score`` is 0..1: how sure the place is, beside the page's own registration.
    """

    polygon: Polygon
    score: float
    how: Literal["registration", "anchor", "snapped", "lost"]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How well one candidate fits a page."""

    key: Hashable
    score: float
    registration: Registration
