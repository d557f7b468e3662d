"""Pages as rows of cells, right across the page: a label and its amount are one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from engines.layout import level_rows
from engines.types import Box, Line, Page, Polygon
from engines.values.cleaning import in_ascii, name_key

CLOSE = 2.5  # heights of a line between two cells that say one thing


@dataclass(frozen=True, eq=False)
class Cell:
    """A line as it stands in its row; the box is of the level page, None: unknown.

    ``plain`` is its text with ASCII digits and marks, ``key`` as names are compared.
    """

    text: str
    page: int
    line: Line | None = None
    box: Box | None = None

    @cached_property
    def plain(self) -> str:
        return in_ascii(self.text)

    @cached_property
    def key(self) -> str:
        return name_key(self.plain)

    def place_of(self, print_: str) -> Polygon | None:
        """Where *print_* stands, by the line's words; else where the line does."""
        if self.line is None:
            return None
        boxes = _boxes_of(self.line, print_)
        if not boxes:
            return self.line.polygon
        corners = [corner for box in boxes for corner in box.polygon]
        return Box.around(corners).polygon

    @property
    def confidence(self) -> float:
        """As sure as the engine was; one that never tells is taken at its word."""
        known = self.line.confidence if self.line else None
        return 1.0 if known is None else known


@dataclass(frozen=True, eq=False)
class Row:
    cells: tuple[Cell, ...]

    @property
    def page(self) -> int:
        return self.cells[0].page

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)

    @cached_property
    def plain(self) -> str:
        return " ".join(cell.plain for cell in self.cells)

    @cached_property
    def key(self) -> str:
        return " ".join(cell.key for cell in self.cells)

    @property
    def height(self) -> float:
        return max((cell.box.height for cell in self.cells if cell.box), default=0.0)

    @property
    def middle(self) -> float:
        boxes = [cell.box for cell in self.cells if cell.box]
        return sum(box.centre[1] for box in boxes) / len(boxes) if boxes else 0.0


def rows_of(pages: Sequence[Page]) -> list[Row]:
    """The rows of *pages* from the top down; of a page without outlines, its lines."""
    return [
        row
        for number, page in enumerate(pages, 1)
        for row in _rows(page, number)
        if row.text.strip()
    ]


def _rows(page: Page, number: int) -> Iterator[Row]:
    lines = [line for line in page.lines if line.text.strip()]
    if lines and all(line.polygon for line in lines):
        for placed in level_rows(lines):
            yield Row(tuple(Cell(x.line.text, number, x.line, x.box) for x in placed))
    elif lines:
        for line in lines:
            yield Row((Cell(line.text, number, line),))
    else:
        for text in filter(str.strip, page.text.splitlines()):
            yield Row((Cell(text.strip(), number),))


def are_close(one: Cell, other: Cell) -> bool:
    """Whether both may say one thing: so close that only blanks are between them."""
    if one.box is None or other.box is None:
        return True
    gap = max(one.box.left, other.box.left) - min(one.box.right, other.box.right)
    return gap <= CLOSE * max(one.box.height, other.box.height)


def share_a_column(one: Cell, other: Cell) -> bool:
    if one.box is None or other.box is None:
        return True
    return one.box.left < other.box.right and other.box.left < one.box.right


def _boxes_of(line: Line, print_: str) -> list[Box]:
    """The boxes of the words of *line* that *print_* is made of."""
    start = line.text.find(print_)
    if start < 0 or not line.words:
        return []
    found, at = [], 0
    for word in line.words:
        begin = line.text.find(word.text, at)
        if begin < 0:
            return []
        at = begin + len(word.text)
        if begin < start + len(print_) and start < at:
            found.append(word.box)
    return found
