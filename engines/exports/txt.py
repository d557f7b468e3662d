"""Pages as plain text: as one reads them, or with their columns kept."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from statistics import median

from engines.exports import Wishes
from engines.layout import Placed, Row, level_rows, spaced
from engines.types import Page

PAGE_BREAK = "\n\f"  # as pdftotext and Tesseract part pages
MOST_COLUMNS = 240
AMOUNT_LENGTH = 14


def render(pages: Mapping[int, Page], wishes: Wishes) -> bytes:
    texts = [grid_text(page) if wishes.layout else page.text for page in pages.values()]
    return (PAGE_BREAK.join(texts) + "\n").encode()


def grid_text(page: Page) -> str:
    """The page on a grid of characters: what stands apart stays apart."""
    if not page.lines or any(line.polygon is None for line in page.lines):
        return page.text
    rows = [
        sorted(row, key=lambda placed: placed.box.left)
        for row in level_rows(page.lines)
    ]
    margin = min(row[0].box.left for row in rows)
    pitch = _pitch(rows, margin)
    return spaced(rows, lambda row: _on_grid(row, margin, pitch))


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


def _on_grid(row: Row, margin: float, pitch: float) -> str:
    out = ""
    for placed in row:
        start = max(_start(placed, margin, pitch), len(out) + 1 if out else 0)
        out = out.ljust(start) + placed.line.text
    return out


def _start(placed: Placed, margin: float, pitch: float) -> int:
    """The cell where a line begins; amounts keep their right edge, to align."""
    text = placed.line.text
    if len(text) <= AMOUNT_LENGTH and any(letter.isdigit() for letter in text):
        return max(0, round((placed.box.right - margin) / pitch) - len(text))
    return round((placed.box.left - margin) / pitch)
