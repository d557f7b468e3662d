"""Pages as plain text: as one reads them, or with their columns kept."""

from __future__ import annotations

from engines.exports import Result, Wishes
from engines.exports.grid import grid_text

PAGE_BREAK = "\n\f"  # as pdftotext and Tesseract part pages


def render(result: Result, wishes: Wishes) -> bytes:
    pages = result.pages.values()
    texts = [grid_text(page) if wishes.layout else page.text for page in pages]
    return (PAGE_BREAK.join(texts) + "\n").encode(errors="replace")
