"""Engines for tests: they answer at once, each in its own way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PIL import Image

from engines import Availability, Box, EngineError, Line, Options, Page, Word


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
