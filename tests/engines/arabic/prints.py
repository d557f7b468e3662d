"""Lines of print for the tests, with readers that answer at once."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

from engines.digits.pieces import Piece
from engines.types import Box, Line, Word

SIZE = 40


def line_of(*parts: tuple[str, int], size: int = SIZE) -> Image.Image:
    """Black on white, each of *parts* at its column."""
    picture = Image.new("RGB", (600, 2 * size), "white")
    draw, face = ImageDraw.Draw(picture), ImageFont.load_default(size)
    for text, left in parts:
        draw.text((left, size // 2), text, "black", face)
    return picture


def piece(text: str, left: float, right: float, sure: float = 0.99) -> Piece:
    return Piece(text, Box(left, 0, right, 80), (sure,))


def says(*answers: tuple[Piece, ...]) -> Callable[[Image.Image], tuple[Piece, ...]]:
    """A reader of numbers that gives *answers* one after the other."""
    waiting = list(answers)
    return lambda _: waiting.pop(0)


def word(text: str, left: float, right: float, sure: float = 0.9) -> Word:
    return Word(text, Box(left, 20, right, 60), sure)


def line(*words: Word) -> Line:
    return Line(" ".join(one.text for one in words), words=words, confidence=0.9)
