"""Pages with words in known places, and measures of what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin

from PIL import Image

from engines import Box, Line, Page, PageImage, Result, Word
from engines.geometry import Affine, move_page

SIDE = 800  # pixels: room for the page of any angle

ENGLISH = (("Hello", 50, 150), ("world", 170, 300), ("12.50", 500, 600))
ARABIC = (
    ("فاتورة", 500, 600),
    ("رقم", 430, 490),
    ("٢٠٢٤/١١٨", 300, 420),
    ("(نعم)", 180, 280),
)
MIXED = (
    ("مرحبا", 500, 600),
    ("Total", 400, 480),
    ("12.50", 300, 390),
    ("درهما", 200, 290),
)


def line(words: Sequence[tuple[str, float, float]], top: float) -> Line:
    """A line of words at (left, right), 30 px high."""
    found = tuple(
        Word(text, Box(left, top, right, top + 30), 0.9) for text, left, right in words
    )
    corners = [corner for word in found for corner in word.box.polygon]
    text = " ".join(word.text for word in found)
    return Line(text, Box.around(corners).polygon, found, 0.9)


def page(*lines: Line, degrees: float = 0, side: int = SIDE) -> Page:
    """*lines*, turned clockwise around the page's middle."""
    text = "\n".join(one.text for one in lines)
    turn = turned(degrees, side / 2)
    return move_page(Page(side, side, lines, text), turn, side, side)


def turned(degrees: float, middle: float) -> Affine:
    across, up = cos(radians(degrees)), sin(radians(degrees))
    shift = middle - middle * across
    return Affine(across, -up, shift + middle * up, up, across, shift - middle * up)


def result(*pages: Page, dpi: int | None = None, paper: str = "white") -> Result:
    """*pages* by number, with blank pictures of their size."""
    numbered = dict(enumerate(pages, 1))

    def picture(number: int) -> PageImage:
        size = numbered[number].width, numbered[number].height
        return PageImage(Image.new("RGB", size, paper), dpi)

    return Result(numbered, "The title", picture)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    shared = max(0.0, width) * max(0.0, height)
    both = one.width * one.height + other.width * other.height - shared
    return shared / both if both else 0.0


def best_overlap(word: Word, page: Page) -> float:
    """How well *word* stands in its place among the same words of *page*."""
    same = (
        other.box
        for found in page.lines
        for other in found.words
        if other.text == word.text
    )
    return max((overlap(word.box, box) for box in same), default=0.0)
