"""Sheets to read regions on: print, rules and boxes, drawn on the spot."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

from engines import Box, Polygon
from tests.engines.pictures import ARABIC_FONT

SIZE = (1240, 1754)  # A4 at 150 dpi


class Sheet:
    """A page, and what is drawn on it."""

    def __init__(self, size: tuple[int, int] = SIZE, paper: str = "white") -> None:
        self.image = Image.new("RGB", size, paper)
        self.draw = ImageDraw.Draw(self.image)

    def write(
        self, x: int, y: int, text: str, size: int = 32, ink: str = "black"
    ) -> Box:
        """Print *text*; the box of its ink."""
        face = ImageFont.load_default(size)
        self.draw.text((x, y), text, ink, face)
        return Box(*self.draw.textbbox((x, y), text, face))

    def write_arabic(self, x: int, y: int, text: str, size: int = 32) -> Box:
        face = ImageFont.truetype(ARABIC_FONT, size)
        self.draw.text((x, y), text, "black", face)
        return Box(*self.draw.textbbox((x, y), text, face))

    def frame(self, box: Box, width: int = 3) -> None:
        corners = (box.left, box.top, box.right, box.bottom)
        self.draw.rectangle(corners, outline="black", width=width)


def wider(box: Box, across: float = 8, down: float = 8) -> Box:
    """*box* as a hand draws it around print."""
    return Box(box.left - across, box.top - down, box.right + across, box.bottom + down)


def drawn_around(box: Box) -> Polygon:
    return wider(box).polygon


def fractions(box: Box, size: tuple[int, int] = SIZE) -> Box:
    width, height = size
    return Box(
        box.left / width, box.top / height, box.right / width, box.bottom / height
    )
