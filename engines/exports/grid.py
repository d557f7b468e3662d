"""A page on a grid of characters: what stands in a column on paper does so in text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from engines.exports.cells import cut, ends_in_price
from engines.layout import Placed, Row, level_rows, runs_right_to_left, spaced
from engines.types import Box, Page

MOST_COLUMNS = 240
AMOUNT_LENGTH = 14
DRIFT = 1.8  # characters: how far from the one above an amount of its column may end
ROUNDS = 30  # of pushing columns apart; a handful is enough for any page on paper
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"  # marks without width (UAX #9)


@dataclass(slots=True)
class Cell:
    """A text and its anchor: the letter of it that stands in a column.

    ``x`` is where that is on the page in pixels, ``anchor`` how many letters come
    before it; ``start`` is where the text begins on the grid.
    """

    text: str
    x: float
    anchor: int
    is_amount: bool
    start: int = 0


@dataclass(slots=True)
class Column:
    """Amounts under each other, from the top."""

    cells: list[Cell] = field(default_factory=list)


def grid_text(page: Page) -> str:
    """The page on a grid of characters: what stands apart stays apart.

    Amounts keep the edge that they share. The grid of a page in Arabic begins at its
    right edge.
    """
    lines = [line for line in page.lines if line.text.strip()]
    if not lines or any(line.polygon is None for line in lines):
        return page.text
    from_right = runs_right_to_left("".join(line.text for line in lines))
    rows = level_rows([piece for line in lines for piece in cut(line)])
    facing = [_mirrored(row) for row in rows] if from_right else rows
    ordered = [sorted(row, key=lambda placed: placed.box.left) for row in facing]
    margin = min(row[0].box.left for row in ordered)
    pitch = _pitch(ordered, margin)
    cells = [[_cell(placed, from_right) for placed in row] for row in ordered]
    _place(cells, margin, pitch)
    mark = RIGHT_TO_LEFT if from_right else LEFT_TO_RIGHT
    written = {
        id(row): _written(placed, mark)
        for row, placed in zip(ordered, cells, strict=True)
    }
    return spaced(ordered, lambda row: written[id(row)])


def _mirrored(row: Row) -> Row:
    """*row* as a mirror shows it: its right edge is where it begins."""
    return [replace(one, box=_mirrored_box(one.box)) for one in row]


def _mirrored_box(box: Box) -> Box:
    return Box(-box.right, box.top, -box.left, box.bottom)


def _pitch(rows: list[Row], margin: float) -> float:
    """Pixels per character: as most lines are printed, finer where columns need it."""
    placed = [one for row in rows for one in row]
    usual = median(one.box.width / max(len(one.line.text), 1) for one in placed)
    room = [
        (right.box.left - left.box.left) / (len(left.line.text) + 1)
        for row in rows
        for left, right in pairwise(row)
    ]
    # The worst twentieth may push its neighbour aside: a misread line sets no pitch.
    tightest = sorted(room)[len(room) // 20] if room else usual
    width = max(one.box.right for one in placed) - margin
    return max(min(usual, max(tightest, usual / 2)), width / MOST_COLUMNS, 1.0)


def _cell(placed: Placed, from_right: bool) -> Cell:
    """Text begins in a column; amounts end there, with their last digit. From the
    right edge of a page they begin there, too."""
    text, box = placed.line.text, placed.box
    is_amount = _is_amount(text)
    if from_right or not is_amount:
        return Cell(text, box.left, 0, is_amount)
    anchor = max(place for place, letter in enumerate(text, 1) if letter.isdigit())
    return Cell(text, box.left + box.width * anchor / len(text), anchor, is_amount)


def _is_amount(text: str) -> bool:
    is_short = len(text) <= AMOUNT_LENGTH and any(letter.isdigit() for letter in text)
    return is_short or ends_in_price(text)


def _place(rows: Sequence[Sequence[Cell]], margin: float, pitch: float) -> None:
    """Let each cell start where it does on paper; amounts of a column go together.

    Where there is no room they all move, by as much as the fullest row needs.
    """
    columns = _columns(rows, DRIFT * pitch)
    for row in rows:
        for cell in row:
            cell.start = max(0, round((cell.x - margin) / pitch) - cell.anchor)
    for column in columns:
        at = round((median(cell.x for cell in column.cells) - margin) / pitch)
        _move(column, at)
    for _ in range(ROUNDS):
        is_settled = not _part(rows)
        for column in columns:
            _move(column, max(cell.start + cell.anchor for cell in column.cells))
        if is_settled:
            return
    _part(rows)


def _columns(rows: Sequence[Sequence[Cell]], drift: float) -> list[Column]:
    """Amounts under each other, each near the one above: on a photo columns lean."""
    columns: list[Column] = []
    for row in rows:
        open_columns = list(columns)
        for cell in row:
            if not cell.is_amount:
                continue
            near = min(
                open_columns, key=lambda c: abs(c.cells[-1].x - cell.x), default=None
            )
            if near is None or abs(near.cells[-1].x - cell.x) > drift:
                near = Column()
                columns.append(near)
            else:
                open_columns.remove(near)
            near.cells.append(cell)
    return columns


def _move(column: Column, at: int) -> None:
    """Set the anchors of *column* to the cell *at*, or where the longest has room."""
    at = max(at, max(cell.anchor for cell in column.cells))
    for cell in column.cells:
        cell.start = at - cell.anchor


def _part(rows: Sequence[Sequence[Cell]]) -> bool:
    """Push cells that touch apart; whether there were any."""
    was_pushed = False
    for row in rows:
        for before, cell in pairwise(row):
            least = before.start + len(before.text) + 1
            if cell.start < least:
                cell.start, was_pushed = least, True
    return was_pushed


def _written(row: Sequence[Cell], mark: str) -> str:
    out, width = "", 0
    for cell in row:
        out += " " * (cell.start - width) + _isolated(cell.text, mark)
        width = cell.start + len(cell.text)
    return out


def _isolated(text: str, mark: str) -> str:
    """*text* between marks of the grid's direction, where it runs against it: cells
    beside each other would change places when they are shown."""
    kinds = {unicodedata.bidirectional(letter) for letter in text}
    if mark == LEFT_TO_RIGHT:
        is_against = not kinds.isdisjoint({"R", "AL", "AN"})
    else:
        is_against = "L" in kinds or kinds.isdisjoint({"R", "AL"})
    return f"{mark}{text}{mark}" if is_against else text
