"""A region cut out of the page: level, upright, large enough to read."""

from __future__ import annotations

from dataclasses import dataclass
from math import dist
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.types import Box, Point, Polygon

Rgb = NDArray[np.uint8]
Value = TypeVar("Value", np.uint8, np.bool_)

TALL = 64.0  # pixels a region of one line is enlarged to, and by how much at most
MOST = 3.0
MARGIN = 0.4  # of the region's height around it: a label's tail, a descender
WIDEST_MARGIN = 24.0  # pixels of the page: a tall region needs no more than a line's
LEAST = 3.0  # pixels of a region's side, below which nothing can be read
MOST_PIXELS = 16_000_000  # of one crop


@dataclass(frozen=True, eq=False)
class Cut:
    """``pixels`` show the region and a margin around it; ``inner`` is the region.

    ``scale`` is pixels of the cut by pixel of the page; ``inside`` the share of the
    region that lies on the page.
    """

    pixels: Rgb
    inner: Box
    scale: float
    inside: float

    @property
    def shown(self) -> Rgb:
        """The region alone."""
        return self.inner_of(self.pixels)

    def inner_of(self, pixels: NDArray[Value]) -> NDArray[Value]:
        """The region's part of *pixels*, which are as many as the cut's."""
        left, top = max(0, int(self.inner.left)), max(0, int(self.inner.top))
        return pixels[
            top : max(top + 1, round(self.inner.bottom)),
            left : max(left + 1, round(self.inner.right)),
        ]


def sides(polygon: Polygon) -> tuple[float, float]:
    """Width and height in pixels of the page."""
    first, second, third, fourth = polygon
    return (
        (dist(first, second) + dist(fourth, third)) / 2,
        (dist(first, fourth) + dist(second, third)) / 2,
    )


def area_of(polygon: Polygon) -> float:
    return float(cv2.contourArea(np.array(polygon, np.float32)))


def is_readable(polygon: Polygon) -> bool:
    """Whether *polygon* is a convex shape, clockwise, with room for print."""
    if not all(np.isfinite(value) for point in polygon for value in point):
        return False
    turns = [
        _turn(polygon[i], polygon[(i + 1) % 4], polygon[(i + 2) % 4]) for i in range(4)
    ]
    return min(turns) > 0 and min(sides(polygon)) >= LEAST


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


def share_inside(polygon: Polygon, width: int, height: int) -> float:
    """The share of *polygon* (convex) that lies on a page of that size."""
    page = np.array(Box(0, 0, width, height).polygon, np.float32)
    whole = area_of(polygon)
    shared, _ = cv2.intersectConvexConvex(np.array(polygon, np.float32), page)
    return min(1.0, float(shared) / whole) if whole else 0.0


def cut(page: Rgb, polygon: Polygon, scale: float | None = None) -> Cut:
    """The part of *page* within *polygon* (see ``is_readable``), with a margin."""
    width, height = sides(polygon)
    wished = scale or min(max(TALL / height, 1.0), MOST)
    zoom = min(wished, (MOST_PIXELS / (width * height)) ** 0.5)
    across, down = width * zoom, height * zoom
    margin = min(MARGIN * height, WIDEST_MARGIN) * zoom
    inner = Box(margin, margin, margin + across, margin + down)
    size = round(across + 2 * margin), round(down + 2 * margin)
    # Corners are edges, warping counts from the middle of pixels: half a pixel apart.
    plane = cv2.getPerspectiveTransform(
        np.array(polygon, np.float32) - 0.5, np.array(inner.polygon, np.float32) - 0.5
    )
    pixels = cv2.warpPerspective(
        page, plane, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    inside = share_inside(polygon, page.shape[1], page.shape[0])
    return Cut(np.asarray(pixels, np.uint8), inner, zoom, inside)
