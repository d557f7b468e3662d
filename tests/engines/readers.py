"""Engines for tests: they answer at once, each in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PIL import Image

from engines import (
    Availability,
    Box,
    EngineError,
    Line,
    Options,
    Page,
    Word,
)


class Blocks:
    """Says “black” of the box around all that is dark."""

    name = "blocks"
    label = "Blocks"
    version = "1"
    options_schema: Mapping[str, Any] = {}
    helpful_steps: tuple[str, ...] = ("deskew", "upscale")

    def languages(self) -> tuple[str, ...]:
        return ("eng",)

    def availability(self) -> Availability:
        return Availability(True)

    def warm_up(self) -> None:
        """Nothing to load."""

    def read(self, image: Image.Image, options: Options) -> Page:
        found = image.convert("L").point(lambda value: 255 * (value < 128)).getbbox()
        if found is None:
            return Page(*image.size)
        box = Box(*found)
        word = Word("black", box, 1 / 3)
        return Page(*image.size, (Line("black", box.polygon, (word,), 1 / 3),))


class Speaker(Blocks):
    """Says the whole text, and where it stands nobody knows."""

    name = "speaker"

    def read(self, image: Image.Image, options: Options) -> Page:
        return Page(
            *image.size, (Line("said"),), options.prompt, self.name, ("spoken",)
        )


class Failing(Blocks):
    """Cannot read."""

    name = "failing"

    def read(self, image: Image.Image, options: Options) -> Page:
        raise EngineError("This page is too hard.")


class Missing(Blocks):
    """Is not installed."""

    name = "missing"

    def availability(self) -> Availability:
        return Availability(False, "It is not installed.", "Install it.")


class Counting(Blocks):
    """Says fifty-two and a half of any line, in Arabic-Indic digits, and is sure."""

    name = "digits"
    said = Line("٥٢٫٥", confidence=0.99, weakest=0.99)

    def read_line(self, image: Image.Image, options: Options) -> Line:
        return self.said


class Guessing(Counting):
    """Says 999, and is not sure."""

    said = Line("999", confidence=0.7, weakest=0.6)


class Erring(Counting):
    """Says 999, and is sure."""

    said = Line("999", confidence=0.97, weakest=0.96)


class Telling(Counting):
    """Says what it was told of the print, and is sure."""

    def read_line(self, image: Image.Image, options: Options) -> Line:
        text = " ".join(f"{key}:{options.extra[key]}" for key in sorted(options.extra))
        return Line(f"٠ {text}", confidence=0.99, weakest=0.99)


class Width(Blocks):
    """Says its language and how wide the crop of a line is."""

    language = "eng"

    def languages(self) -> tuple[str, ...]:
        return (self.language,)

    def read_line(self, image: Image.Image, options: Options) -> Line:
        return Line(f"{' '.join(options.languages)} {image.width}", confidence=0.9)


class ArabicWidth(Width):
    """As ``Width``, of Arabic."""

    language = "ara"


class FailingLine(Width):
    """Cannot read the crop of a line."""

    def read_line(self, image: Image.Image, options: Options) -> Line:
        raise EngineError("This line is too hard.")
