"""Laying a page over the layout it was printed from: which one, where, how surely.

``register_page`` climbs a ladder: outline of the sheet, skew, features, the words that
a layout keeps; ``place_region`` then lets a single region follow its label, or snap to
the print it cuts. Everything is pure: pixels and values in, values out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from engines.roi import Region
from engines.types import Box, Page, Point, Polygon

if TYPE_CHECKING:
    from PIL import Image

Rung = Literal["", "features", "anchors"]
Matrix = tuple[float, float, float, float, float, float, float, float, float]
Key = TypeVar("Key", bound=Hashable)
ReadWords = Callable[[], Page]  # reads the whole page; asked for only where it must be


@dataclass(frozen=True, eq=False)
class Reference:
    """One page of a layout, prepared: its size in pixels, and all that is compared.

    Made once in a worker, kept as bytes.
    """

    width: int
    height: int
    data: bytes

    def to_bytes(self) -> bytes:
        raise NotImplementedError

    @classmethod
    def from_bytes(cls, data: bytes) -> Reference:
        """
        Raises:
            TemplateError: *data* is no reference, or of another version.
        """
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Registration:
    """How the reference lies on a page: ``matrix`` carries its pixels to the page's.

    Row by row, homogeneous. ``score`` is 0..1; ``rung`` is empty where nothing held,
    and then ``reason`` says why in a sentence.
    """

    rung: Rung
    score: float
    matrix: Matrix
    reason: str = ""

    @property
    def holds(self) -> bool:
        return bool(self.rung)

    def carry(self, point: Point) -> Point:
        """A point of the reference, in its pixels, to the page."""
        a, b, c, d, e, f, g, h, i = self.matrix
        x, y = point
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


def make_reference(image: Image.Image, page: Page) -> Reference:
    """Prepare a layout's page: *image* upright (RGB), *page* what was read on it."""
    raise NotImplementedError


def register_page(
    image: Image.Image, reference: Reference, read_words: ReadWords | None = None
) -> Registration:
    """Find how *reference* lies on *image* (RGB, upright, any resolution)."""
    raise NotImplementedError


def place_region(
    image: Image.Image,
    reference: Reference,
    registration: Registration,
    region: Region,
    read_words: ReadWords | None = None,
) -> Placement:
    """Where *region* lies on *image*: with its label, or by the page's registration."""
    raise NotImplementedError


def choose_reference(
    image: Image.Image,
    candidates: Mapping[Key, Reference],
    read_words: ReadWords | None = None,
) -> list[Match]:
    """The candidates that *image* may have been printed from, the best first.

    Empty when none fits. A cheap descriptor sorts them; only the best are registered.
    """
    raise NotImplementedError
