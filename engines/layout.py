"""Lines of print into reading order: columns, rows, and the plain text they make.

Works on outlines alone, in a frame where the lines run level; knows no language but
the direction in which a row's letters run.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, cos, pi, sin
from statistics import median, median_low

from engines.geometry import Affine, move_polygon
from engines.types import Box, Line, Page

Row = list["Placed"]

SAME_ROW = 0.6  # of the lower line's height: how far apart two middles may be
MIN_COLUMN_ROWS = 4
MIN_COLUMN_LETTERS = 22  # a mean line of prose; amounts and labels are shorter
MIN_GUTTER = 0.6  # of a line's height
MOST_TILT = pi / 8
PARAGRAPH_GAP = 1.6  # of the usual step from row to row


@dataclass(frozen=True)
class Placed:
    """A line and its box in the level frame."""

    line: Line
    box: Box


def arranged(page: Page) -> Page:
    """*page* with its lines in reading order, and the plain text they make.

    An engine whose lines have no outlines has put them, or its text, in order itself;
    what a description names stands in no order.
    """
    if page.is_description:
        return page
    if any(line.polygon is None for line in page.lines) or not page.lines:
        text = page.text or "\n".join(line.text for line in page.lines)
        return replace(page, text=text)
    rows = rows_in_order(page.lines)
    lines = tuple(placed.line for row in rows for placed in row)
    return replace(page, lines=lines, text=spaced(said_rows(rows), row_text))


def rows_in_order(lines: Sequence[Line]) -> list[Row]:
    """Rows of lines as one reads them: column after column, then down the page.

    Print that runs up or down the edge of the page belongs to no row, and comes last.
    """
    level, sideways = _levelled(lines)
    return _blocks(level) + [[placed] for placed in sideways]


def level_rows(lines: Sequence[Line]) -> list[Row]:
    """Rows of lines right across the page, whatever columns there are."""
    level, sideways = _levelled(lines)
    return _rows(level) + [[placed] for placed in sideways]


def spaced(rows: Sequence[Row], written: Callable[[Row], str]) -> str:
    """The rows as *written*, an empty line wherever the page leaves a gap."""
    return "\n\n".join("\n".join(map(written, part)) for part in paragraphs(rows))


def paragraphs(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows, parted wherever the page leaves a gap or goes back up."""
    parts = [list(rows[:1])] if rows else []
    steps = [_middle(below) - _middle(above) for above, below in pairwise(rows)]
    usual = median_low([step for step in steps if step > 0] or [0.0])
    for row, step in zip(rows[1:], steps, strict=True):
        if not 0 < step < PARAGRAPH_GAP * usual:
            parts.append([])
        parts[-1].append(row)
    return parts


def said_rows(rows: Sequence[Row]) -> list[Row]:
    """*rows* without the lines that were found and not read."""
    said = ([placed for placed in row if placed.line.text] for row in rows)
    return [row for row in said if row]


def row_text(row: Row) -> str:
    return " ".join(placed.line.text for placed in row)


def typical_tilt(lines: Sequence[Line]) -> float:
    """The median angle of the lines in radians, clockwise; the long ones decide."""
    slopes = []
    for line in lines:
        (left, top), (right, right_top) = (line.polygon or ((0, 0), (0, 0)))[:2]
        slopes.append((right - left, atan2(right_top - top, right - left)))
    slopes.sort(reverse=True)
    longest = [angle for _, angle in slopes[: max(1, len(slopes) // 2)]]
    tilt = median(longest) if longest else 0.0
    return tilt if abs(tilt) < MOST_TILT else 0.0


def runs_right_to_left(text: str) -> bool:
    """Whether more of the letters run from the right, as in Arabic and Hebrew."""
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    return kinds.count("R") + kinds.count("AL") > kinds.count("L")


def _levelled(lines: Sequence[Line]) -> tuple[list[Placed], list[Placed]]:
    """The lines in a frame where most run level, and those that run up or down it."""
    tilt = typical_tilt(lines)
    level = Affine(cos(tilt), sin(tilt), 0, -sin(tilt), cos(tilt), 0)
    sideways = [line for line in lines if _is_sideways(line)]
    if len(sideways) > len(lines) / 2:  # then it is the page that lies, not they
        sideways = []
    upright = [line for line in lines if line not in sideways]
    return [_placed(line, level) for line in upright], [
        _placed(line, level) for line in sideways
    ]


def _is_sideways(line: Line) -> bool:
    (left, top), (right, right_top) = (line.polygon or ((0, 0), (1, 0)))[:2]
    return abs(right_top - top) > abs(right - left)


def _placed(line: Line, level: Affine) -> Placed:
    corners = line.polygon or Box(0, 0, 0, 0).polygon
    first, second, third, fourth = move_polygon(corners, level)
    return Placed(line, Box.around([first, second, third, fourth]))


def _height(row: Row) -> float:
    return median(placed.box.height for placed in row)


def _middle(row: Row) -> float:
    return median(placed.box.centre[1] for placed in row)


def _blocks(items: list[Placed]) -> list[Row]:
    """Cut at the best gutter, and read what is left and right of it in turn."""
    gutter = _best_gutter(items)
    if gutter is None:
        return _rows(items)
    found: list[Row] = []
    for band in _bands(items, gutter):
        if not band.is_columned:
            found += _rows(band.items)
            continue
        left, right = _blocks(band.left), _blocks(band.right)
        found += right + left if _from_right(band.items) else left + right
    return found


@dataclass
class Band:
    """A part of the page, full width: either two columns, or rows right across."""

    left: list[Placed]
    right: list[Placed]
    across: list[Placed]

    @property
    def items(self) -> list[Placed]:
        return self.left + self.right + self.across

    @property
    def is_columned(self) -> bool:
        return not self.across and _is_prose(self.left) and _is_prose(self.right)

    @property
    def letters(self) -> int:
        return sum(len(placed.line.text) for placed in self.items)


def _is_prose(items: list[Placed]) -> bool:
    letters = sum(len(placed.line.text) for placed in items)
    if letters < MIN_COLUMN_ROWS * MIN_COLUMN_LETTERS:
        return False
    rows = len(_rows(items))
    return rows >= MIN_COLUMN_ROWS and letters >= rows * MIN_COLUMN_LETTERS


def _best_gutter(items: list[Placed]) -> float | None:
    """The x that puts most letters into columns, if any does."""
    best, most = None, 0
    for x in _gutters(items):
        bands = [band for band in _bands(items, x) if band.is_columned]
        letters = sum(band.letters for band in bands)
        if letters > most:
            best, most = x, letters
    return best


def _gutters(items: list[Placed]) -> list[float]:
    """Candidates: just left of where several lines begin."""
    if not items:
        return []
    # Outlines without height come with results that others made.
    height = max(median(placed.box.height for placed in items), 1.0)
    starts: dict[int, float] = {}
    for placed in items:
        x = placed.box.left - MIN_GUTTER * height / 2
        starts[round(x / height)] = min(x, starts.get(round(x / height), x))
    return list(starts.values())


def _bands(items: list[Placed], gutter: float) -> list[Band]:
    """The page from top to bottom, cut by the lines that cross *gutter*."""
    bands = [Band([], [], [])]
    for placed in sorted(items, key=lambda placed: placed.box.centre[1]):
        margin = MIN_GUTTER * placed.box.height / 2
        if placed.box.right <= gutter + margin:
            side = "left"
        elif placed.box.left >= gutter - margin:
            side = "right"
        else:
            side = "across"
        if (side == "across") != bool(bands[-1].across):
            bands.append(Band([], [], []))
        getattr(bands[-1], side).append(placed)
    return [band for band in bands if band.items]


def _rows(items: list[Placed]) -> list[Row]:
    """Lines that stand on one level side by side, from the top down."""
    rows: list[Row] = []
    for placed in sorted(items, key=lambda placed: placed.box.centre[1]):
        row = next((row for row in reversed(rows[-3:]) if _belongs(placed, row)), None)
        if row is None:
            rows.append([placed])
        else:
            row.append(placed)
    all_from_right = _from_right(items)
    return [_in_row_order(row, all_from_right or _from_right(row)) for row in rows]


def _belongs(placed: Placed, row: Row) -> bool:
    """Whether *placed* stands on the level of *row*, beside what is in it."""
    height = min(placed.box.height, _height(row))
    if abs(placed.box.centre[1] - _middle(row)) > SAME_ROW * height:
        return False
    return all(_beside(placed.box, other.box) for other in row)


def _beside(one: Box, other: Box) -> bool:
    overlap = min(one.right, other.right) - max(one.left, other.left)
    return overlap <= 0.5 * min(one.width, other.width)


def _in_row_order(row: Row, from_right: bool) -> Row:
    return sorted(row, key=lambda placed: placed.box.centre[0], reverse=from_right)


def _from_right(items: list[Placed]) -> bool:
    """In a table that runs from the right, so do its rows of numbers."""
    return runs_right_to_left("".join(placed.line.text for placed in items))
