"""Engines for the vote: each says the lines that a page has for it, of any picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PIL import Image

from engines import Availability, Box, EngineError, Line, Options, Page, Word

HEIGHT, PITCH = 20, 10  # of a line, and of a character, in pixels


def line_of(text: str, row: int, confidence: float = 0.98) -> Line:
    """*text* printed in *row*, each character as wide as any other."""
    top = 2 * HEIGHT * row + HEIGHT
    words, left = [], PITCH
    for part in text.split():
        right = left + PITCH * len(part)
        words.append(Word(part, Box(left, top, right, top + HEIGHT), confidence))
        left = right + PITCH
    box = Box(PITCH, top, left - PITCH, top + HEIGHT)
    return Line(text, box.polygon, tuple(words), confidence)


class Reader:
    """Reads ``lines`` on every page; their rows are their places."""

    name = "reader"
    version = "1"
    options_schema: Mapping[str, Any] = {}
    lines: tuple[str, ...] = ()
    confidence = 0.98

    @property
    def label(self) -> str:
        return self.name.title()

    def languages(self) -> tuple[str, ...]:
        return ("eng",)

    def availability(self) -> Availability:
        return Availability(True)

    def warm_up(self) -> None:
        """Nothing to load."""

    def read(self, image: Image.Image, options: Options) -> Page:
        lines = [
            line_of(text, row, self.confidence)
            for row, text in enumerate(self.lines)
            if text
        ]
        return Page(*image.size, tuple(lines), engine=self.name)


class LineReader(Reader):
    """Reads the crop of a line, too: every time its first one."""

    def read_line(self, image: Image.Image, options: Options) -> Line:
        return line_of(self.lines[0], 0)


class Missing(Reader):
    """Is not installed."""

    name = "missing"

    def availability(self) -> Availability:
        return Availability(False, "It is not installed.", "Install it.")


class Failing(Reader):
    """Cannot read."""

    name = "failing"

    def read(self, image: Image.Image, options: Options) -> Page:
        raise EngineError("This page is too hard.")


class Doubtful(LineReader):
    """Is not sure of any word."""

    confidence = 0.5
