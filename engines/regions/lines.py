"""The lines of print in a cleaned crop, found by their ink alone."""

from __future__ import annotations

from collections.abc import Sequence

from engines.types import Box

SHARED = 0.5  # of the lower one's height, that two parts of one line have in common
SMALL = 0.45  # of the print's height: a point, an accent, the bar of a sign
NEAR = 0.35  # of the print's height: how far an accent is from its letter
TALL = 1.9  # lines so much higher than the print hold more than one of it


def rows_of(boxes: Sequence[Box], print_height: float) -> list[Box]:
    """The lines that *boxes* (of letters and less) stand in, from the top down."""
    least = SMALL * print_height
    rows: list[Box] = []
    for box in sorted((b for b in boxes if b.height >= least), key=lambda b: b.top):
        place = next((i for i, row in enumerate(rows) if is_beside(box, row)), None)
        put(box, rows, place)
    small = [box for box in boxes if box.height < least]
    # The closest first: a comma may be what the next one is close to.
    for box in sorted(small, key=lambda b: min(gaps(b, rows), default=0.0)):
        put(box, rows, nearest(box, rows, NEAR * print_height))
    return merged(sorted(rows, key=lambda row: row.top))


def put(box: Box, rows: list[Box], place: int | None) -> None:
    """Into the row at *place*, else into one of its own."""
    if place is None:
        rows.append(box)
    else:
        rows[place] = around(rows[place], box)


def is_beside(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= SHARED * min(one.height, other.height)


def nearest(box: Box, rows: Sequence[Box], reach: float) -> int | None:
    """The row that *box* belongs to, if one is close."""
    far = [(gap, number) for number, gap in enumerate(gaps(box, rows))]
    gap, number = min(far, default=(reach + 1, None))
    return number if gap <= reach else None


def gaps(box: Box, rows: Sequence[Box]) -> list[float]:
    """How far above or below each of *rows* the *box* is; 0 where they overlap."""
    return [max(row.top - box.bottom, box.top - row.bottom, 0.0) for row in rows]


def merged(rows: Sequence[Box]) -> list[Box]:
    """*rows* with those that grew into each other made one."""
    found: list[Box] = []
    for row in rows:
        if found and is_beside(found[-1], row):
            found[-1] = around(found[-1], row)
        else:
            found.append(row)
    return found


def around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


def are_plain(rows: Sequence[Box], print_height: float) -> bool:
    """Whether each of *rows* looks like one line of print, and no more."""
    return all(row.height <= TALL * print_height for row in rows)
