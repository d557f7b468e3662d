"""Tables on a page: rows whose cells stand under each other in columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from engines.layout import MIN_COLUMN_LETTERS, Placed, Row, runs_right_to_left
from engines.types import Box

MIN_ROWS = 2
MIN_GUTTER = 0.6  # of a line's height: the white between two columns
SPARE = 0.3  # of a line's height, at either end
CROSSED = 0.15  # of the rows: so many may run across the white between two columns
MISREAD = 2  # rows
WIDER = 1.3  # times the step between two lines
WELL_PLACED = 0.9  # of the rows: so many have at most one cell in each column

Span = tuple[float, float]  # pixels


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: for each row its columns, in reading order; a column may be empty."""

    rows: tuple[tuple[Row, ...], ...]
    is_from_right: bool

    @property
    def whole_rows(self) -> list[Row]:
        return [[one for cells in row for one in cells] for row in self.rows]


def as_grids(rows: list[Row]) -> Iterator[Grid | Row]:
    """The rows in their order, those of each table as one."""
    text = "".join(one.line.text for row in rows for one in row)
    is_from_right = runs_right_to_left(text)
    for run in _runs(rows):
        yield from _tabled(run, is_from_right)


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


def _tabled(run: list[Row], is_from_right: bool) -> Iterator[Grid | Row]:
    """The tables in *run*, from the top as far down as each of them goes."""
    while run:
        reach = _reach(run)
        placed = _in_columns(run[:reach])
        is_several = sum(len(row) > 1 for row in run[:reach]) >= MIN_ROWS
        if placed and is_several and not _is_text(placed):
            yield _grid(placed, is_from_right)
        else:
            yield from run[:reach]
        run = run[reach:]


def _reach(run: list[Row]) -> int:
    """How many rows of *run*, from the first, share their columns.

    A misread row or two within a table do not end it.
    """
    if (placed := _in_columns(run)) and _fits(placed[-1]):
        return len(run)
    reach = 1
    for end in range(2, len(run)):
        placed = _in_columns(run[:end])
        if placed and _fits(placed[-1]):
            reach = end
        elif end - reach > MISREAD:
            break
    return _ended(run, reach)


def _ended(run: list[Row], reach: int) -> int:
    """Where a table ends that would end amid lines: at a wider gap above, if any."""
    steps = [_middle(below) - _middle(above) for above, below in pairwise(run)]
    within = steps[: reach - 1]
    if within and max(within) > WIDER * steps[reach - 1]:
        return within.index(max(within)) + 1
    return reach


def _middle(row: Row) -> float:
    return median(placed.box.centre[1] for placed in row)


def _fits(row: list[Row]) -> bool:
    return all(len(cells) <= 1 for cells in row)


def _is_text(placed: list[list[Row]]) -> bool:
    """Whether it is a text in columns, not a table."""
    return sum(map(_is_prose, zip(*placed, strict=True))) > 1


def _is_prose(column: tuple[Row, ...]) -> bool:
    """Whether lines of a text stand in *column*, and not cells of a table."""
    texts = [one.line.text for row in column for one in row]
    return sum(map(len, texts)) >= MIN_COLUMN_LETTERS * len(texts)


def _grid(placed: list[list[Row]], is_from_right: bool) -> Grid:
    """The table, in the direction of its page, or its own."""
    text = "".join(one.line.text for row in placed for cells in row for one in cells)
    is_from_right = is_from_right or runs_right_to_left(text)
    step = -1 if is_from_right else 1
    return Grid(tuple(tuple(row[::step]) for row in placed), is_from_right)


def _in_columns(run: list[Row]) -> list[list[Row]] | None:
    """The cells of each row in columns from the left, if they have any in common."""
    columns = _columns(run)
    if len(columns) < 2:
        return None
    placed = [_by_column(row, columns) for row in run]
    filled = [n for n, column in enumerate(zip(*placed, strict=True)) if any(column)]
    placed = [[row[n] for n in filled] for row in placed]
    if len(filled) < 2:
        return None
    return placed if sum(map(_fits, placed)) >= WELL_PLACED * len(run) else None


def _columns(run: list[Row]) -> list[Span]:
    """Where the columns are, from the left: few rows cross what is white between."""
    boxes = [one.box for row in run for one in row]
    least = MIN_GUTTER * median(box.height for box in boxes)
    spans = [_core(box) for box in boxes]
    turns = sorted(
        [(left, 1) for left, _ in spans] + [(right, -1) for _, right in spans]
    )
    columns: list[Span] = []
    crossed = 0
    for (left, turn), (right, _) in pairwise(turns):
        crossed += turn
        if crossed <= CROSSED * len(run) or right == left:
            continue
        if columns and left - columns[-1][1] < least:
            columns[-1] = (columns[-1][0], right)
        else:
            columns.append((left, right))
    return columns


def _core(box: Box) -> Span:
    """Where *box* surely is print: engines draw outlines with room to spare."""
    spare = min(SPARE * box.height, box.width / 4)
    return box.left + spare, box.right - spare


def _by_column(row: Row, columns: list[Span]) -> list[Row]:
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
