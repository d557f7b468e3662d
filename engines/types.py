"""The values that every engine speaks in: frozen, self-checking, free of any library.

One frame for all of them: pixels of the upright page from its top left corner, x to
the right, y down. Confidence is 0..1, or None where an engine has none (a VLM).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Point = tuple[float, float]
Polygon = tuple[Point, Point, Point, Point]


def _check_confidence(value: float | None) -> None:
    if value is not None and not 0.0 <= value <= 1.0:
        raise ValueError(f"confidence {value} is not within 0..1")


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in pixels; right and bottom are exclusive."""

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        if self.right < self.left or self.bottom < self.top:
            raise ValueError(f"box is inside out: {self}")

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def polygon(self) -> Polygon:
        """The four corners, clockwise from the top left."""
        return (
            (self.left, self.top),
            (self.right, self.top),
            (self.right, self.bottom),
            (self.left, self.bottom),
        )

    @classmethod
    def around(cls, points: tuple[Point, ...] | list[Point]) -> Box:
        """The smallest box that holds all *points* (at least one)."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return cls(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Alternative:
    """What else a word may say, and the name of the engine that says so."""

    text: str
    engine: str


@dataclass(frozen=True, slots=True)
class Word:
    """``alternatives`` is what other engines read in its place, the likeliest first;
    an empty text says that there is nothing."""

    text: str
    box: Box
    confidence: float | None = None
    alternatives: tuple[Alternative, ...] = ()

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print; its polygon runs clockwise from where the text's top left is.

    A VLM's line may have neither polygon nor words. ``weakest`` is how surely the
    least sure character was read, where a line was read alone and the engine tells.
    """

    text: str
    polygon: Polygon | None = None
    words: tuple[Word, ...] = ()
    confidence: float | None = None
    weakest: float | None = None

    def __post_init__(self) -> None:
        _check_confidence(self.confidence)
        if self.polygon is not None and len(self.polygon) != 4:
            raise ValueError("a line's polygon has four corners")

    @property
    def box(self) -> Box | None:
        return Box.around(list(self.polygon)) if self.polygon else None


@dataclass(frozen=True, slots=True)
class Page:
    """What an engine read on one page: its lines in reading order, and the plain text.

    ``engine`` names the engine that did the reading (under ``auto``, the one chosen);
    ``notes`` are sentences for the user, such as a missing language. A *description*
    tells what is to be seen: its lines are things in the picture, no print.
    """

    width: int
    height: int
    lines: tuple[Line, ...] = ()
    text: str = ""
    engine: str = ""
    notes: tuple[str, ...] = ()
    is_description: bool = False

    def __post_init__(self) -> None:
        if self.width <= 0 or self.height <= 0:
            raise ValueError(
                f"a page is at least one pixel: {self.width}x{self.height}"
            )

    @property
    def confidence(self) -> float | None:
        """The mean over lines that have one, weighted by their length."""
        rated = [
            (x.confidence, len(x.text)) for x in self.lines if x.confidence is not None
        ]
        weight = sum(n for _, n in rated)
        return sum(c * n for c, n in rated) / weight if weight else None


@dataclass(frozen=True, slots=True)
class Options:
    """A caller's wishes; every engine ignores those it has no use for.

    ``languages`` are Tesseract's codes, the first one first. ``preprocess`` is "auto",
    "none" or a comma-separated list of steps (see ``engines.preprocess.STEPS``).
    ``max_side`` caps the longest side in pixels, 0 lifts the engine's own cap. What one
    engine alone understands is in ``extra``, as its ``options_schema`` says.
    """

    languages: tuple[str, ...] = ("eng",)
    preprocess: str = "auto"
    prompt: str = ""
    max_side: int | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether this machine can run an engine; if not, why and what helps."""

    ok: bool
    reason: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may weigh. ``max_pixels`` holds for each page, a PDF's at ``dpi``."""

    max_bytes: int = 200 * 1024 * 1024
    max_pixels: int = 80_000_000
    max_pages: int = 1_000
    dpi: int = 200


@dataclass(frozen=True, slots=True)
class FileInfo:
    """What a file is by its content, and the upright size of each page in pixels."""

    media_type: str
    pages: tuple[tuple[int, int], ...]
