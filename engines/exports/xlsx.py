"""Workbooks: the text as it is laid out, with values to reckon with, and every word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from engines.exports import Result, Wishes
from engines.exports.blocks import blocks
from engines.exports.xlsx_values import format_of, habits_of, typed
from engines.layout import runs_right_to_left
from engines.types import Box, Line, Page

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

COLUMNS = (
    *("page", "line", "word", "text", "left", "top", "right", "bottom"),
    *("confidence", "corrected"),
)
WIDEST, AIR = 60, 2  # characters of a column, and beside its text
LONGEST_CELL = 32_767  # characters, Excel's own limit
FORMULA = ("=", "+", "-", "@")  # Excel computes what is typed so
NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}  # no XML may hold them

Cell = str | int | float | None


def render(result: Result, wishes: Wishes) -> bytes:
    """A sheet of text and one of words; sheets of Arabic run from the right."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    pages = list(result.pages.values())
    text, words = book.create_sheet("Text"), book.create_sheet("Words")
    from_right = runs_right_to_left("".join(page.text for page in pages))
    text.sheet_view.rightToLeft = words.sheet_view.rightToLeft = from_right
    _fill_text(text, pages)
    _fill_words(words, result)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_text(sheet: WriteOnlyWorksheet, pages: Sequence[Page]) -> None:
    habits = habits_of(pages)
    rows = list(_text_rows(pages))
    _widen(sheet, rows)
    for row in rows:
        cells = []
        for text in row:
            value = typed(text, habits)
            cell = _text(sheet, text) if value == text else _cell(sheet, value)
            cell.number_format = format_of(value, text)
            cells.append(cell)
        sheet.append(cells)


def _text_rows(pages: Sequence[Page]) -> Iterator[list[str]]:
    """The rows of all pages, an empty one between two pages."""
    for number, page in enumerate(pages):
        if number:
            yield []
        for block in blocks(page):
            yield from block.texts


def _fill_words(sheet: WriteOnlyWorksheet, result: Result) -> None:
    rows = list(_word_rows(result))
    _widen(sheet, [COLUMNS, *([str(cell) for cell in row] for row in rows)])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:J{len(rows) + 1}"
    sheet.append([_text(sheet, name) for name in COLUMNS])
    for row in rows:
        sheet.append(
            [_text(sheet, x) if isinstance(x, str) else _cell(sheet, x) for x in row]
        )


def _word_rows(result: Result) -> Iterator[tuple[Cell, ...]]:
    """Pages count from 1, lines and words from 0; places are in pixels."""
    for number, page in result.pages.items():
        corrected = result.corrected.get(number, frozenset())
        for index, line in enumerate(page.lines):
            for row in _words_of(line):
                yield number, index, *row, int(index in corrected)


def _words_of(line: Line) -> Iterator[tuple[Cell, ...]]:
    if not line.words:
        yield None, line.text, *_sides(line.box), line.confidence
    for place, word in enumerate(line.words):
        yield place, word.text, *_sides(word.box), word.confidence


def _sides(box: Box | None) -> tuple[float | None, ...]:
    return (box.left, box.top, box.right, box.bottom) if box else (None,) * 4


def _widen(sheet: WriteOnlyWorksheet, rows: Sequence[Sequence[str]]) -> None:
    """Each column as wide as its text; what stands alone in a row reaches beyond."""
    from openpyxl.utils import get_column_letter

    told = [row for row in rows if len(row) > 1]
    for number, column in enumerate(zip_longest(*told, fillvalue=""), 1):
        width = min(WIDEST, max(map(len, column)) + AIR)
        sheet.column_dimensions[get_column_letter(number)].width = width


def _text(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    """A cell that is text whatever it begins with, also when somebody edits it."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    whole = text.encode(errors="replace").decode().translate(NO_CHARACTERS)
    cell = _cell(sheet, ILLEGAL_CHARACTERS_RE.sub("", whole)[:LONGEST_CELL])
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(FORMULA)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Any) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell

    return WriteOnlyCell(sheet, value=value)
