"""What stands before a value in its row, and above it: where labels are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engines.labels.cells import Cell
from engines.labels.kinds import look_of
from engines.labels.words import has_digit, has_word, known_fields
from engines.types import Page
from engines.values.cleaning import is_rtl

_FARTHEST = 0.6  # of the page's width, from a value to the label in its row
_ROWS_ABOVE = 3.0  # heights, from a value up to its label
_LOWEST_PRINT = 1 / 40  # of the page: a region that is drawn may be higher than print


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A cell that may be a label; ``far`` is how little its place speaks for that."""

    cell: Cell
    far: float  # points, to be taken from those of its words (100: the very words)
    is_above: bool


def neighbours(value: Cell, cells: list[Cell], page: Page) -> Iterator[Neighbour]:
    """Cells before *value* in its row, and above it. In a row that is read from the
    right, what stands to the right is before."""
    height = max(1.0, min(value.box.height, page.height * _LOWEST_PRINT))
    for cell in cells:
        if cell.box == value.box:
            continue
        if in_row(cell, value):
            gap = value.box.left - cell.box.right
            if is_rtl(cell.text):
                gap = max(gap, cell.box.left - value.box.right)
            if -height < gap < _FARTHEST * page.width and _is_free(value, cell, cells):
                yield Neighbour(cell, 20 * max(0.0, gap) / page.width, False)
        elif in_column(cell, value):
            gap = (value.box.top - cell.box.bottom) / height
            if -0.5 < gap < _ROWS_ABOVE:
                # A label in the row is nearer than any that is above.
                yield Neighbour(cell, 10 + 4 * max(0.0, gap), True)


def is_item(value: Cell, cells: list[Cell]) -> bool:
    """Whether *value* is part of a row of goods: something is described there."""
    return any(
        has_word(cell.text) and look_of(cell.text) == "text"
        for cell in cells
        if cell.box != value.box and in_row(cell, value) and not known_fields(cell.text)
    )


def in_row(one: Cell, other: Cell, share: float = 0.5) -> bool:
    top, bottom = one.box.top, one.box.bottom
    return _overlap(top, bottom, other.box.top, other.box.bottom) > share


def in_column(one: Cell, other: Cell, share: float = 0.2) -> bool:
    left, right = one.box.left, one.box.right
    return _overlap(left, right, other.box.left, other.box.right) > share


def said(cell: Cell, cells: list[Cell]) -> Iterator[str]:
    """What *cell* says, alone and as the second line of a label: Date / d'échéance."""
    yield cell.text
    for over in cells:
        gap = cell.box.top - over.box.bottom
        is_next = abs(gap) < 0.4 * cell.box.height and in_column(over, cell, 0.5)
        if is_next and not has_digit(over.text + cell.text):
            yield f"{over.text} {cell.text}"


def _is_free(value: Cell, label: Cell, cells: list[Cell]) -> bool:
    """Whether no other value stands between the two in their row."""
    left, right = sorted((value.box, label.box), key=lambda box: box.left)
    return not any(
        look_of(cell.text) not in ("text", "integer")
        for cell in cells
        if in_row(cell, value) and left.right <= cell.box.centre[0] <= right.left
    )


def _overlap(start: float, end: float, other_start: float, other_end: float) -> float:
    """The share of the shorter of two stretches that lies in the other one."""
    shared = min(end, other_end) - max(start, other_start)
    return shared / max(1.0, min(end - start, other_end - other_start))
