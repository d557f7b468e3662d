"""Pages as plain text: as one reads them, or with their columns kept."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise
from statistics import median

from engines.exports import Result, Wishes
from engines.layout import Placed, Row, level_rows, runs_right_to_left, spaced
from engines.types import Box, Page

PAGE_BREAK = "\n\f"  # as pdftotext and Tesseract part pages
MOST_COLUMNS = 240
AMOUNT_LENGTH = 14
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"  # marks without width (UAX #9)


def render(result: Result, wishes: Wishes) -> bytes:
    pages = result.pages.values()
    texts = [grid_text(page) if wishes.layout else page.text for page in pages]
    return (PAGE_BREAK.join(texts) + "\n").encode()


def grid_text(page: Page) -> str:
    """The page on a grid of characters: what stands apart stays apart.

    The grid of a page in Arabic begins at its right edge.
    """
    if not page.lines or any(line.polygon is None for line in page.lines):
        return page.text
    from_right = runs_right_to_left("".join(line.text for line in page.lines))
    facing = [_mirrored(row) if from_right else row for row in level_rows(page.lines)]
    rows = [sorted(row, key=lambda placed: placed.box.left) for row in facing]
    margin = min(row[0].box.left for row in rows)
    pitch = _pitch(rows, margin)
    mark = RIGHT_TO_LEFT if from_right else LEFT_TO_RIGHT
    return spaced(rows, lambda row: _on_grid(row, margin, pitch, mark))


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


def _on_grid(row: Row, margin: float, pitch: float, mark: str) -> str:
    out, width = "", 0
    for placed in row:
        text = placed.line.text
        is_amount = mark == LEFT_TO_RIGHT and _is_amount(text)
        start = _start(placed, margin, pitch, is_amount)
        start = max(start, width + 1 if out else 0)
        out += " " * (start - width) + _isolated(text, mark)
        width = start + len(text)
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


def _is_amount(text: str) -> bool:
    return len(text) <= AMOUNT_LENGTH and any(letter.isdigit() for letter in text)


def _start(placed: Placed, margin: float, pitch: float, is_amount: bool) -> int:
    """The cell where a line begins; amounts keep their right edge, to align: from the
    right edge of a page they begin there."""
    if is_amount:
        end = round((placed.box.right - margin) / pitch)
        return max(0, end - len(placed.line.text))
    return round((placed.box.left - margin) / pitch)
