"""Tables on a page: rows whose cells stand under each other in columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from engines.layout import Placed, Row, runs_right_to_left
from engines.types import Box

MIN_ROWS = 2
MIN_GUTTER = 0.4  # of a line's height: the white between two columns
CROSSED = 0.15  # of the rows: so many may run across the white between two columns
WELL_PLACED = 0.8  # of the rows: so many have at most one cell in each column

Span = tuple[float, float]  # pixels


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: for each row its columns, in reading order; a column may be empty."""

    rows: tuple[tuple[Row, ...], ...]


def as_grids(rows: list[Row]) -> Iterator[Grid | Row]:
    """The rows in their order, those of each table as one."""
    for run in _runs(rows):
        yield from _tabled(run)


def _runs(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows that may be a table together, and each other row alone.

    Between rows of several cells one of a single cell may stand: a text that goes on.
    """
    run: list[Row] = []
    for place, row in enumerate(rows):
        after = rows[place + 1 : place + 2]
        is_wrapped = bool(run) and len(run[-1]) > 1 and any(len(r) > 1 for r in after)
        if len(row) > 1 or is_wrapped:
            run.append(row)
            continue
        if run:
            yield run
        run = []
        yield [row]
    if run:
        yield run


def _tabled(run: list[Row]) -> Iterator[Grid | Row]:
    """*run* as a table; where its columns do not agree, the two halves of it on either
    side of its widest gap."""
    if sum(len(row) > 1 for row in run) < MIN_ROWS:
        yield from run
        return
    grid = _grid(run)
    if grid is not None:
        yield grid
        return
    steps = [_top(below) - _top(above) for above, below in pairwise(run)]
    cut = steps.index(max(steps)) + 1
    yield from _tabled(run[:cut])
    yield from _tabled(run[cut:])


def _top(row: Row) -> float:
    return median(placed.box.centre[1] for placed in row)


def _grid(run: list[Row]) -> Grid | None:
    columns = _columns(run)
    if len(columns) < 2:
        return None
    placed = [_in_columns(row, columns) for row in run]
    fitting = sum(all(len(cells) <= 1 for cells in row) for row in placed)
    if fitting < WELL_PLACED * len(run):
        return None
    text = "".join(one.line.text for row in run for one in row)
    if runs_right_to_left(text):
        placed = [row[::-1] for row in placed]
    return Grid(tuple(tuple(row) for row in placed))


def _columns(run: list[Row]) -> list[Span]:
    """Where the columns are, from the left: few rows cross what is white between."""
    boxes = [one.box for row in run for one in row]
    height = median(box.height for box in boxes)
    most = CROSSED * len(run)
    edges = sorted({edge for box in boxes for edge in (box.left, box.right)})
    columns: list[Span] = []
    for left, right in pairwise(edges):
        if sum(box.left <= left and box.right >= right for box in boxes) <= most:
            continue
        if columns and left - columns[-1][1] < MIN_GUTTER * height:
            columns[-1] = (columns[-1][0], right)
        else:
            columns.append((left, right))
    return columns


def _in_columns(row: Row, columns: list[Span]) -> list[Row]:
    cells: list[Row] = [[] for _ in columns]
    for one in row:
        cells[_column_of(one, columns)].append(one)
    return cells


def _column_of(one: Placed, columns: list[Span]) -> int:
    """The first that *one* stands in with a good part of it; else the nearest."""
    shared = [_shared(one.box, column) for column in columns]
    if max(shared) > 0:
        return shared.index(max(shared))
    middles = [(left + right) / 2 for left, right in columns]
    borders = [(a + b) / 2 for a, b in pairwise(middles)]
    return bisect_right(borders, one.box.centre[0])


def _shared(box: Box, column: Span) -> float:
    return min(box.right, column[1]) - max(box.left, column[0])
