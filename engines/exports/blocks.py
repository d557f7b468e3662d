"""What a page is made of: headings, paragraphs, and tables where columns are seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from engines.exports.cells import cut, ends_in_price
from engines.exports.tables import Grid, as_grids
from engines.layout import (
    Placed,
    Row,
    level_rows,
    paragraphs,
    rows_in_order,
    runs_right_to_left,
)
from engines.types import Box, Line, Page

HEADINGS = ((1.8, 1), (1.4, 2))  # of the usual line's height: the level from there on
LONGEST_HEADING = 80  # letters
FULL = 0.85  # of a paragraph's width: a shorter line ends where its author ended it


@dataclass(frozen=True, slots=True)
class Cell:
    """A line, or a part of one that stands apart; the line's index counts from 0."""

    index: int
    line: Line


Cells = tuple[Cell, ...]
AMOUNT = re.compile(r"[^\w\s]{0,2}([A-Z]{2,3}\s?)?[-+(]?\d[\d.,٫٬ ]*\)?\s?[\w%]{0,2}")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of columns of cells; what is no table has one column.

    ``level`` is a heading's, 1 or 2. ``full`` tells of each row whether it fills its
    paragraph, so that the next one goes on with its sentence.
    """

    kind: Literal["heading", "paragraph", "table"]
    rows: tuple[tuple[Cells, ...], ...]
    is_from_right: bool
    level: int = 0
    full: tuple[bool, ...] = ()

    @property
    def cells(self) -> list[Cell]:
        return [cell for row in self.rows for column in row for cell in column]

    @property
    def texts(self) -> list[list[str]]:
        """The text of each column, row by row."""
        return [[text_of(column) for column in row] for row in self.rows]

    @property
    def is_headed(self) -> bool:
        """Whether the first row of a table names its columns: it has no amounts, and
        nothing that a colon says to be the name of its row."""
        return not any(
            AMOUNT.fullmatch(text) or text.endswith(":") for text in self.texts[0]
        )

    @property
    def of_amounts(self) -> list[bool]:
        """Which columns of a table hold amounts, below their names."""
        columns = zip(*self.texts[self.is_headed :], strict=True)
        return [
            any(column) and all(AMOUNT.fullmatch(text) for text in column if text)
            for column in columns
        ]


def text_of(cells: Cells) -> str:
    return " ".join(cell.line.text for cell in cells)


def blocks_of_lines(page: Page) -> list[tuple[Block, list[tuple[int, Line]]]]:
    """The blocks, each with the whole lines that it is made of, by their index; the
    last one holds those that say nothing."""
    lines = dict(enumerate(page.lines))
    found = []
    for block in blocks(page):
        indices = dict.fromkeys(cell.index for cell in block.cells)
        if not page.lines:
            own = [(cell.index, cell.line) for cell in block.cells]
        else:  # a line across two blocks is the first one's
            own = [(index, lines.pop(index)) for index in indices if index in lines]
        if own:
            found.append((block, own))
    if places := places_of(page):
        rows = tuple(((Cell(index, line),),) for index, line in places)
        found.append((Block("paragraph", rows, False), places))
    return found


def places_of(page: Page) -> list[tuple[int, Line]]:
    """The lines that were found and not read, by their index: places without text."""
    return [
        (index, line)
        for index, line in enumerate(page.lines)
        if not (line.text.strip() or line.words or line.confidence is not None)
        and line.polygon is not None
    ]


def blocks(page: Page) -> list[Block]:
    """The page in reading order; every line of it that says something is in one."""
    said = [(n, line) for n, line in enumerate(page.lines) if line.text.strip()]
    if not said or any(line.polygon is None for _, line in said):
        return _as_told(page)
    index: dict[int, int] = {}  # of a piece of a line, by its identity: the line's own
    pieces = []
    for number, line in said:
        for piece in cut(line):
            index[id(piece)] = number
            pieces.append(piece)
    found = list(_in_order(level_rows(pieces)))
    body = median(Box.around(list(line.polygon or ())).height for _, line in said)
    return list(_Builder(index, body).built(found))


def _in_order(rows: list[Row]) -> Iterator[Grid | Row]:
    """Tables across the page, and between them rows as one reads them, in columns."""
    text: list[Line] = []
    for found in [*as_grids(rows), None]:
        if found is None or isinstance(found, Grid):
            yield from rows_in_order(text)
            text = []
        if isinstance(found, Grid):
            yield found
        elif found:
            text += [placed.line for placed in found]


def _as_told(page: Page) -> list[Block]:
    """Without places an empty line in the text is all there is to go by."""
    lines = page.lines or tuple(Line(text) for text in page.text.split("\n"))
    texts = page.text.split("\n")
    said = [line.text for line in lines if line.text.strip()]
    if said != [text for text in texts if text.strip()]:
        texts = said
    told = iter([Cell(n, line) for n, line in enumerate(lines) if line.text.strip()])
    found: list[list[Cell]] = [[]]
    for text in texts:
        if text.strip():
            found[-1].append(next(told))
        elif found[-1]:
            found.append([])
    return [_told(part) for part in found if part]


def _told(cells: list[Cell]) -> Block:
    from_right = runs_right_to_left(text_of(tuple(cells)))
    rows = tuple(((cell,),) for cell in cells)
    return Block("paragraph", rows, from_right, full=(False,) * len(rows))


@dataclass(frozen=True, slots=True)
class _Builder:
    """Makes blocks of rows; ``body`` is the height of the usual line in pixels."""

    index: dict[int, int]
    body: float

    def built(self, found: list[Grid | Row]) -> Iterator[Block]:
        starts = {id(part[0]) for part in paragraphs(_rows(found))}
        text: list[Row] = []
        for one in found:
            if isinstance(one, Grid):
                yield from self.texts(text, starts)
                text = []
                rows = tuple(map(self.columns, one.rows))
                yield Block("table", rows, one.is_from_right)
            else:
                text.append(one)
        yield from self.texts(text, starts)

    def columns(self, row: tuple[Row, ...]) -> tuple[Cells, ...]:
        return tuple(map(self.cells, row))

    def cells(self, row: Row) -> Cells:
        return tuple(Cell(self.index[id(one.line)], one.line) for one in row)

    def texts(self, rows: list[Row], starts: set[int]) -> Iterator[Block]:
        """Headings and paragraphs: parted by gaps, and where print changes its size."""
        parts = [rows[:1]] if rows else []
        for above, row in pairwise(rows):
            if id(row) in starts or self.level(above) != self.level(row):
                parts.append([])
            parts[-1].append(row)
        for part in parts:
            level = self.level(part[0])
            kind: Literal["heading", "paragraph"] = "heading" if level else "paragraph"
            made = tuple((self.cells(row),) for row in part)
            text = "".join(text_of(cells) for (cells,) in made)
            from_right = runs_right_to_left(text)
            yield Block(kind, made, from_right, level, _full(part, from_right))

    def level(self, row: Row) -> int:
        """The level of the heading that *row* is, 0 for none."""
        text, box = row[0].line.text, row[0].box
        is_short = len(row) == 1 and len(text) <= LONGEST_HEADING
        if not is_short or sum(map(str.isalpha, text)) < 2 or ends_in_price(text):
            return 0
        size = box.height / max(self.body, 1.0)
        return next((level for least, level in HEADINGS if size >= least), 0)


def _rows(found: list[Grid | Row]) -> list[Row]:
    """All rows, those of tables among them."""
    return [
        row
        for one in found
        for row in (one.whole_rows if isinstance(one, Grid) else [one])
    ]


def _full(rows: list[Row], is_from_right: bool) -> tuple[bool, ...]:
    """Which of the rows are one line of print that reaches the paragraph's far edge."""
    placed: list[Placed] = [one for row in rows for one in row]
    left = min(one.box.left for one in placed)
    right = max(one.box.right for one in placed)
    reach = FULL * (right - left)
    return tuple(
        len(row) == 1
        and (right - row[0].box.left if is_from_right else row[0].box.right - left)
        >= reach
        for row in rows
    )
