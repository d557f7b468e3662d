"""Print drawn from fonts: digits one by one, words joined, left to right as they stand.

Digits do not join, so each is set by itself: no shaping, no reordering, tracking and
touching at will. Words of Arabic letters are shaped by HarfBuzz, each as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engines.digits.alphabet import Script
from engines.digits.kit.fonts import Face, faces
from engines.digits.kit.strings import DIGITS

Floats = NDArray[np.float32]
TRIES = 40  # faces asked for a glyph that the chosen one lacks
PROBE = 100  # pixels of the em at which a face is measured


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line: a number, or words of one script; below full size it is raised,
    as the numbers of footnotes are."""

    text: str
    kind: Literal["number", "arabic", "latin"]
    size: float = 1.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How a line is set: faces, and how wide."""

    face: Face  # of the digits
    letters: Face  # of Arabic letters
    script: Script
    digit: int  # pixels of a digit's height
    tracking: float  # share of a digit's height between glyphs; below 0 they touch
    gap: float  # share of a digit's height between pieces
    sizes: Mapping[str, float] = field(default_factory=dict)  # of glyphs, against 1


@cache
def em_for_digit(face: Face, script: Script) -> float:
    """How many ems a digit of *face* is high, inverted: the em for a height of 1."""
    font = face.at(PROBE)
    boxes = [font.getbbox(char, anchor="ls") for char in DIGITS[script]]
    tallest = max(bottom - top for _, top, _, bottom in boxes)
    return PROBE / max(1.0, float(tallest))


def set_line(random: Random, pieces: list[Piece], setting: Setting) -> Floats:
    """The ink (0..1) of *pieces* side by side, with room around them."""
    digit = setting.digit
    canvas = Image.new("L", (width_for(pieces, digit), digit * 5), 0)
    draw = ImageDraw.Draw(canvas)
    x = start = digit * 2.0
    for index, piece in enumerate(pieces):
        if index:
            x += gap_between(random, pieces[index - 1], piece, setting)
        place = (x, digit * 3.2 + random.gauss(0, 0.01) * digit)
        if piece.kind == "number":
            x = set_number(random, draw, piece, place, setting)
        else:
            x = set_words(random, draw, piece, place, setting)
    return cropped(random, np.asarray(canvas), (start, x), digit)


def width_for(pieces: list[Piece], digit: int) -> int:
    letters = sum(len(piece.text) + 2 for piece in pieces)
    return min(12_000, round(digit * (6 + 1.6 * letters)))


def gap_between(random: Random, left: Piece, right: Piece, setting: Setting) -> float:
    """A blank; none now and then between a number and the letters beside it."""
    is_note = left.size < 1 or right.size < 1
    if random.random() < (0.7 if is_note else 0.12):
        return setting.digit * random.uniform(0.05, 0.2)
    return setting.digit * setting.gap * random.uniform(0.8, 1.4)


def set_number(
    random: Random,
    draw: ImageDraw.ImageDraw,
    piece: Piece,
    place: tuple[float, float],
    setting: Setting,
) -> float:
    """Draw a number glyph by glyph from *place* on; where it ends."""
    digit = setting.digit * piece.size
    x, y = place
    y -= setting.digit * random.uniform(0.4, 1.3) if piece.size < 1 else 0
    size = max(4, round(digit * em_for_digit(setting.face, setting.script)))
    wave = random.gauss(0, 0.012) * digit
    for char in piece.text:
        if char.isspace():
            x += digit * setting.gap
            continue
        face = setting.face
        if not face.draws(char):
            face, char = fallback(random, face.split, char)
        font = face.at(max(4, round(size * setting.sizes.get(char, 1.0))))
        draw.text((x, y + random.uniform(-wave, wave)), char, 255, font, "ls")
        x += max(font.getlength(char), 1.0) + setting.tracking * digit
    return x


def fallback(random: Random, split: str, char: str) -> tuple[Face, str]:
    """A face of the same side that has *char*; else the plainest char like it."""
    known = faces(split)
    for _ in range(TRIES):
        face = random.choice(known)
        if face.draws(char):
            return face, char
    plain = {"٫": ",", "٬": ",", "،": ",", "٪": "%"}.get(char, char)
    return next((face for face in known if face.draws(plain)), known[0]), plain


def set_words(
    random: Random,
    draw: ImageDraw.ImageDraw,
    piece: Piece,
    place: tuple[float, float],
    setting: Setting,
) -> float:
    """Draw words as a whole; Arabic ones joined and from the right. Where they end."""
    is_arabic = piece.kind == "arabic"
    face = setting.letters if is_arabic else setting.face
    if not is_arabic and "latin" not in face.scripts:
        face = random.choice(faces(face.split, "latin"))
    script: Script = "arabic" if is_arabic else "western"
    # Arabic-Indic digits are often drawn far smaller than the capitals beside them.
    taller = random.uniform(
        0.8, 1.3 if is_arabic or setting.script == "western" else 1.8
    )
    size = max(4, round(setting.digit * taller * em_for_digit(face, script)))
    font = face.at(size, shaped=is_arabic)
    direction = "rtl" if is_arabic else None
    draw.text(place, piece.text, 255, font, "ls", direction=direction)
    return place[0] + float(font.getlength(piece.text, direction=direction))


def cropped(
    random: Random, ink: NDArray[np.uint8], across: tuple[float, float], digit: int
) -> Floats:
    """The line as regions and detectors cut it: tight, loose, off centre."""
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(rows):
        return np.zeros((digit, digit), np.float32)
    high = max(rows[-1] + 1 - rows[0], round(digit * random.uniform(0.3, 1.0)))
    middle = (rows[0] + rows[-1] + 1) / 2
    room = random.choice((0.05, 0.1, 0.2, 0.3, 0.5, 0.8)) * digit
    top = max(0, round(middle - high / 2 - room * random.uniform(0.5, 1)))
    bottom = min(len(ink), round(middle + high / 2 + room * random.uniform(0.5, 1)))
    sides = [random.choice((0.0, 0.1, 0.3, 0.6, 1.5)) * digit for _ in range(2)]
    left = max(0, round(across[0] - sides[0]))
    right = min(ink.shape[1], round(across[1] + sides[1]))
    part = ink[top:bottom, left : max(left + 2, right)]
    return np.asarray(part, np.float32) / np.float32(255)
