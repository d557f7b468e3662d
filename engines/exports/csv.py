"""Lines or words as rows of a table: with commas for spreadsheets, or with tabs.

A cell that a spreadsheet would take for a formula begins with an apostrophe, which
Excel and LibreOffice read as "this is text"; a plain number such as -5.00 is no formula
and stays as it is. To get the text back, drop the apostrophe where one of ``= + - @``,
a tab or a carriage return follows (an apostrophe that was read there is doubled).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from engines.exports import Result, Wishes
from engines.types import Box, Line

BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for the machine's old code page
COLUMNS = (
    *("page", "line", "word", "text", "left", "top", "right", "bottom"),
    *("confidence", "corrected"),
)
PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*%?")
FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # OWASP; full width is folded, too
BREAKS = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")

Cell = str | int


def render_csv(result: Result, wishes: Wishes) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, a line or a word per row."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows(result, wishes))
    return BOM + out.getvalue().encode(errors="replace")


def render_tsv(result: Result, wishes: Wishes) -> bytes:
    """Tabs between cells, and none within; quoted only where a quote mark stands.

    In UTF-8 without a mark, for programs.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, dialect="excel-tab", lineterminator="\n")
    writer.writerows(map(_unbroken, row) for row in rows(result, wishes))
    return out.getvalue().encode(errors="replace")


def rows(result: Result, wishes: Wishes) -> Iterator[tuple[Cell, ...]]:
    """The header and a row for each line or, where wished, word.

    Pages count from 1, lines and words from 0; places are in pixels. A line whose
    words have no places is one row also among words.
    """
    yield tuple(name for name in COLUMNS if name != "word" or wishes.rows == "word")
    for number, page in result.pages.items():
        corrected = result.corrected.get(number, frozenset())
        for index, line in enumerate(page.lines):
            for row in _rows_of(line, wishes.rows == "word"):
                yield (number, index, *row, int(index in corrected))


def _rows_of(line: Line, by_word: bool) -> Iterator[tuple[Cell, ...]]:
    if not by_word:
        yield _safe(line.text), *_places(line.box), _share(line.confidence)
    elif not line.words:
        yield "", _safe(line.text), *_places(line.box), _share(line.confidence)
    else:
        for place, word in enumerate(line.words):
            yield place, _safe(word.text), *_places(word.box), _share(word.confidence)


def _safe(text: str) -> str:
    """*text* as no spreadsheet computes it."""
    is_formula = FORMULA.match(text) and not PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text


def _unbroken(cell: Cell) -> str:
    return BREAKS.sub(" ", str(cell))


def _places(box: Box | None) -> tuple[str, ...]:
    if box is None:
        return ("", "", "", "")
    return tuple(f"{at:.1f}" for at in (box.left, box.top, box.right, box.bottom))


def _share(confidence: float | None) -> str:
    return "" if confidence is None else f"{confidence:.3f}"
