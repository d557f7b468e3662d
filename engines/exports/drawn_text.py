"""Text drawn to fill its box: as high as its line was, as wide as each word, turned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import degrees
from typing import TYPE_CHECKING

from engines.exports.drawn import LEAST, Run
from engines.exports.fonts import face_for

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageFont import FreeTypeFont

Colour = tuple[int, int, int]

FINE = 3  # drawn so many times larger, and made smaller into its box
TRIAL = 100  # pixels to the em: the size at which a line is measured
INKED = 0.7  # of a line's height: boxes leave some air
LARGEST = 1.2  # of a line's height: the em of a line of dashes
NARROWEST, WIDEST = 0.6, 1.6  # of a letter's own width: beyond, print changes its look
CROWDED = 0.2  # of the words: so many may be narrower, for boxes are not all right
LOWEST = 0.8  # of the height that it should have: beyond, words are squeezed instead
SPACE = 0.25  # of a line's height, between words at least
ROOM = 2.0  # of the em: how high the strip is that a word is drawn on


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a line is drawn: its font, ``FINE`` times too large, and where the middle of
    its ink lies above the baseline, in pixels of that font."""

    font: FreeTypeFont
    middle: float


def draw_line(canvas: Image.Image, line: Run, words: list[Run], ink: Colour) -> None:
    """Draw the *words* of *line* on *canvas*, all on one baseline."""
    placed = apart(line, words)
    lettering = lettering_of(line, placed)
    for word in placed:
        mask = word_mask(word, lettering).rotate(
            -degrees(word.angle), _bicubic(), expand=True
        )
        x, y = word.middle
        place = round(x - mask.width / 2), round(y - mask.height / 2)
        canvas.paste(ink, place, mask)


def apart(line: Run, words: list[Run]) -> list[Run]:
    """The *words* from left to right, made narrower where they would touch."""
    placed = sorted(words, key=line.along)
    edges = [
        (line.along(word) - word.width / 2, line.along(word) + word.width / 2)
        for word in placed
    ]
    for i in range(1, len(edges)):
        (left, right), (start, end) = edges[i - 1 : i + 1]
        lacking = max(0.0, SPACE * line.height - (start - right)) / 2
        edges[i - 1] = left, max(right - lacking, left + LEAST)
        edges[i] = min(start + lacking, end - LEAST), end
    return [
        replace(word, middle=line.at((left + right) / 2, 0), width=right - left)
        for word, (left, right) in zip(placed, edges, strict=True)
    ]


def lettering_of(line: Run, words: list[Run]) -> Lettering:
    """The face and size by which the ink of *line* fills its box, and most of its
    *words* find room in theirs."""
    face = face_for(line.text)
    trial = face.at(TRIAL)
    _, top, _, bottom = _box(trial, line.text)
    rooms = [word.width / max(1.0, _width(trial, word.text)) for word in words]
    high = INKED * line.height / max(1.0, bottom - top)
    wide = max(quantile(rooms, CROWDED) / NARROWEST, LOWEST * high)
    em = min(TRIAL * min(high, wide), LARGEST * line.height)
    font = face.at(max(1.0, FINE * em))
    _, top, _, bottom = _box(font, line.text)
    return Lettering(font, -(top + bottom) / 2)


def quantile(values: list[float], share: float) -> float:
    return sorted(values)[int(share * len(values))]


def word_mask(word: Run, lettering: Lettering) -> Image.Image:
    """The ink of *word*, level, in its own width; its line's middle is the mask's."""
    from PIL import Image, ImageDraw

    text, font = shaped(word.text), lettering.font
    left, _, right, _ = _box(font, word.text)
    height = round(ROOM * font.size)
    strip = Image.new("L", (max(1, round(right - left)), height))
    baseline = height / 2 + lettering.middle
    ImageDraw.Draw(strip).text((-left, baseline), text, 255, font, anchor="ls")
    natural = strip.width / FINE
    width = min(word.width, WIDEST * natural)
    size = max(1, round(width)), max(1, round(height / FINE))
    return strip.resize(size, Image.Resampling.LANCZOS)


def shaped(text: str) -> str:
    """*text* as Pillow draws it right: joined and ordered here where it cannot."""
    if _can_shape():
        return text
    from arabic_reshaper import reshape
    from bidi import get_display

    ordered: str = get_display(reshape(text))
    return ordered


def _width(font: FreeTypeFont, text: str) -> float:
    left, _, right, _ = _box(font, text)
    return right - left


def _box(font: FreeTypeFont, text: str) -> tuple[float, float, float, float]:
    """The ink of *text* around a baseline that begins at (0, 0)."""
    return font.getbbox(shaped(text), anchor="ls")


@cache
def _can_shape() -> bool:
    """Pillow's wheels look for FriBiDi on the machine."""
    from PIL import features

    return bool(features.check("raqm") and features.check("fribidi"))


def _bicubic() -> Image.Resampling:
    from PIL import Image

    return Image.Resampling.BICUBIC
