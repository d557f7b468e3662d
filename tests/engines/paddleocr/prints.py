"""Print drawn with the shipped typeface, and what was read of it."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from engines import SHIPPED_FONT, Page
from tests.engines.pictures import RECEIPT, written


def drawn(lines: Sequence[str] = RECEIPT, size: int = 32) -> Image.Image:
    return written(lines, size, str(SHIPPED_FONT))


def lines_of(page: Page) -> tuple[str, ...]:
    return tuple(line.text for line in page.lines)
