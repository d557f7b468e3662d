"""Engines that do what no engine should: one class for each way to fail.

They are named in EXTRA_ENGINES ("fake=tests.fakes.Fine"), by tests and real processes.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import signal
import time
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
    Traits,
    Word,
)

NAMES = (
    *("fine", "slow", "blank", "refusing", "raising", "garbage"),
    *("crashing", "hanging", "leaking", "graphic", "choosy", "absent"),
)


def scan(pages: int, seed: int = 0) -> bytes:
    """A TIFF with so many small white frames; another seed makes another file."""
    frames = [Image.new("RGB", (60, 40), (255, 255, seed % 256))] * pages
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    return out.getvalue()


class Fine:
    """Reads the same line on every page."""

    name = "fine"
    label = "Fine"
    version = "1"
    options_schema: Mapping[str, Any] = {"type": "object", "properties": {}}

    def languages(self) -> tuple[str, ...]:
        return ("eng",)

    def availability(self) -> Availability:
        return Availability(True)

    def warm_up(self) -> None:
        """It is always warm."""

    def read(self, image: Image.Image, options: Options) -> Page:
        box = Box(1, 2, 30, 12)
        line = Line("Total 12.50", box.polygon, (Word("Total", box, 0.5),), 0.5)
        return Page(*image.size, lines=(line,), text="Total 12.50")


class Slow(Fine):
    """Takes FAKE_SECONDS a page, asleep."""

    def read(self, image: Image.Image, options: Options) -> Page:
        time.sleep(float(os.environ.get("FAKE_SECONDS", "0.3")))
        return super().read(image, options)


class Blank(Fine):
    """Finds nothing on any page."""

    def read(self, image: Image.Image, options: Options) -> Page:
        return Page(*image.size)


class Refusing(Fine):
    """Says in a sentence why it cannot."""

    def read(self, image: Image.Image, options: Options) -> Page:
        raise EngineError("The page is too dark to be read. Scan it again.")


class Raising(Fine):
    """Has a bug."""

    def read(self, image: Image.Image, options: Options) -> Page:
        raise KeyError("shape")


class Garbage(Fine):
    """Answers with something that is no page."""

    def read(self, image: Image.Image, options: Options) -> Page:
        return "?"  # type: ignore[return-value]  # garbage is what it is for


class Crashing(Fine):
    """Dies as C code dies."""

    def read(self, image: Image.Image, options: Options) -> Page:
        os.kill(os.getpid(), signal.SIGSEGV)
        return super().read(image, options)


class Hanging(Fine):
    """Sleeps in C and keeps the interpreter's lock: no Python code runs beside it."""

    def read(self, image: Image.Image, options: Options) -> Page:
        ctypes.PyDLL(None).sleep(3600)
        return super().read(image, options)


class Leaking(Fine):
    """Takes memory until it gets no more."""

    def read(self, image: Image.Image, options: Options) -> Page:
        kept = []
        while True:
            kept.append(b"x" * 2**26)


class Graphic(Fine):
    """Reads on graphics cards only, and tells which kind of worker it ran in."""

    traits = Traits(runs_on="gpu")

    def read(self, image: Image.Image, options: Options) -> Page:
        return Page(*image.size, text=os.environ.get("WORKER_CLASS", ""))


class Choosy(Fine):
    """Has options of every kind, takes a prompt, and says what it was told."""

    traits = Traits(takes_prompt=True)
    options_schema: Mapping[str, Any] = {
        "type": "object",
        "properties": {
            "max_side": {"type": "integer"},
            "mode": {"enum": ["fast", "good"], "default": "fast", "title": "Mode"},
            "form": {
                "oneOf": [
                    {"const": "md", "title": "Markdown"},
                    {"const": "txt", "title": "Text"},
                ],
                "default": "txt",
            },
            "boxes": {"type": "boolean", "default": False},
            "tokens": {"type": "integer", "minimum": 1, "maximum": 99},
            "with": {"type": "array", "items": {"enum": ["a", "b"]}},
            "hint": {"type": "string", "maxLength": 5},
        },
    }

    def read(self, image: Image.Image, options: Options) -> Page:
        told = {"prompt": options.prompt, **options.extra}
        return Page(*image.size, text=json.dumps(told, sort_keys=True))


class Absent(Fine):
    """Is for graphics cards, and its library is not on this machine."""

    traits = Traits(runs_on="gpu")

    def availability(self) -> Availability:
        return Availability(False, "It is not here.", "pip install absent")
