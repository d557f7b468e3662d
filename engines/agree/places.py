"""Where lines lie: grown outlines, and what of another page stands within them."""

from __future__ import annotations

from collections.abc import Sequence
from math import dist

from engines.types import Box, Line, Page, Point, Polygon


def grown(place: Polygon, margin: float) -> Polygon:
    """*place* with *margin* of its height more on every side."""
    first, second, third, fourth = place
    width, height = dist(first, second), dist(first, fourth)
    if not width or not height:
        return place
    along = scaled(first, second, margin * height / width)
    down = scaled(first, fourth, margin)
    return (
        moved(first, along, down, -1, -1),
        moved(second, along, down, 1, -1),
        moved(third, along, down, 1, 1),
        moved(fourth, along, down, -1, 1),
    )


def scaled(start: Point, stop: Point, factor: float) -> Point:
    return (stop[0] - start[0]) * factor, (stop[1] - start[1]) * factor


def moved(point: Point, along: Point, down: Point, x: int, y: int) -> Point:
    return (
        point[0] + x * along[0] + y * down[0],
        point[1] + x * along[1] + y * down[1],
    )


def words_within(line: Line, page: Page) -> str:
    """The words of *page* whose middle lies in the box of *line*, as they follow."""
    if line.box is None:
        return ""
    words = [word for other in page.lines for word in other.words]
    return " ".join(word.text for word in words if holds(line.box, word.box.centre))


def is_beside(line: Line, others: Sequence[Line]) -> bool:
    """Whether *line* has a place, and lies on none of *others*."""
    box = line.box
    boxes = [other.box for other in others if other.box is not None]
    return box is not None and not any(
        holds(other, box.centre) or holds(box, other.centre) for other in boxes
    )


def holds(box: Box, point: Point) -> bool:
    return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom
