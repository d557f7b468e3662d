"""Single glyphs, drawn and worn as lines are, cut out at the height of their line.

A dot stays a dot: what is cut is as high as the whole line, whatever stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engines.digits.alphabet import ARABIC, OWN_PERSIAN, WESTERN, Script
from engines.digits.crops import HEIGHT, MARGIN, inked
from engines.digits.kit.drawing import em_for_digit
from engines.digits.kit.fonts import Face, faces
from engines.digits.kit.samples import one_of_a_design
from engines.digits.kit.strings import DIGITS
from engines.digits.kit.variety import bent, slanted, stretched, weighted
from engines.digits.kit.wear import LEVELS, worn

CLASSES = ARABIC
WIDE_CLASSES = ARABIC + WESTERN + "/"  # of class folders and sheets
# A Western zero by hand looks like ٥ and like nothing else of the ten: a big ring. As
# examples of ٥ they teach that a ring, however crooked, is five and no dot.
HAND = "٥"
HAND_SHARE = 0.15  # of the training examples of HAND
LEAST_LINE = 0.6  # of a digit's height: the least that a line's height is taken for
SLANT = 0.4  # columns a row: there are more slopes in print than in our faces
SOFTEST = 0.02  # of a digit's height: sigma of what makes strokes bolder
SMOOTH = 4  # times that handwriting is drawn larger, for smooth edges

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, eq=False, slots=True)
class Glyph:
    """Ink 0..255 in (32, 32); no face where it is drawn by hand."""

    pixels: NDArray[np.uint8]
    char: str
    face: Face | None


def make_glyph(
    seed: int,
    char: str,
    split: str = "train",
    level: str = "medium",
    only: tuple[Face, ...] = (),
) -> Glyph:
    """The glyph of *seed*: the same one each time; *only* narrows the faces.

    Raises:
        FontsMissing: too few fonts are installed.
    """
    random = Random(f"{seed} {char} {split} {level} glyph")
    digit = random.randint(*LEVELS[level].digit)
    if char == HAND and split == "train" and random.random() < HAND_SHARE:
        face, ink, box = None, *written_zero(random, digit)
    else:
        script = script_of(char)
        known = only or drawing(split, script, char)
        face = one_of_a_design(random, known)
        ink, box = printed(random, face, script, char, digit)
    lot = np.random.default_rng(random.getrandbits(64))
    if split == "train":
        ink, box = reshaped(random, lot, ink, box, digit)
    tones = worn(lot, ink, LEVELS[level], digit)
    return Glyph(cut(random, tones, box), char, face)


def script_of(char: str) -> Script:
    if char in OWN_PERSIAN:
        return "persian"
    return "arabic" if char in ARABIC else "western"


@cache
def drawing(split: str, script: Script, char: str) -> tuple[Face, ...]:
    return tuple(face for face in faces(split, script) if face.draws(char))


def printed(
    random: Random, face: Face, script: Script, char: str, digit: int
) -> tuple[NDArray[np.float32], Box]:
    """The ink of *char* with room around it; its box is as high as its line.

    A line is as high as what stands in it: a few other digits are asked, not drawn.
    """
    font = face.at(max(4, round(digit * em_for_digit(face, script))))
    others = random.choices(DIGITS[script], k=random.randint(1, 5))
    boxes = [font.getbbox(one, anchor="ls") for one in (char, *others)]
    left, _, right, _ = boxes[0]
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    more = max(0.0, digit * LEAST_LINE - (bottom - top)) / 2
    wide, high = round(right - left) + 4 * digit, round(bottom - top) + 4 * digit
    canvas = Image.new("L", (wide, high), 0)
    x, y = 2 * digit - left, 2 * digit - top
    ImageDraw.Draw(canvas).text((x, y), char, 255, font, "ls")
    ink = np.asarray(canvas, np.float32) / np.float32(255)
    return ink, (x + left, y + top - more, x + right, y + bottom + more)


def reshaped(
    random: Random,
    lot: np.random.Generator,
    ink: NDArray[np.float32],
    box: Box,
    digit: int,
) -> tuple[NDArray[np.float32], Box]:
    """*ink* as another cut of the design might be; the line stays as high as it is."""
    if random.random() < 0.4:
        ink = stretched(ink, random.uniform(0.75, 1.35))
    if random.random() < 0.3:
        ink = slanted(ink, random.uniform(-SLANT, SLANT))
    if random.random() < 0.3:
        # In small print more of a blur takes the teeth of ٣, and leaves a ٢.
        soft = SOFTEST * digit * random.uniform(0.3, 1.0)
        ink = weighted(ink, soft, random.uniform(0.25, 0.6))
    if random.random() < 0.5:
        ink = bent(lot, ink, digit)
    columns = np.flatnonzero((ink > 0.2).any(axis=0))
    if len(columns):
        box = (float(columns[0]), box[1], float(columns[-1]) + 1, box[3])
    return ink, box


def written_zero(random: Random, digit: int) -> tuple[NDArray[np.float32], Box]:
    """A zero in one stroke of a pen: an ellipse, neither even nor quite closed."""
    high = digit * random.uniform(0.55, 1.0)
    wide = high * random.uniform(0.5, 1.05)
    tilt, start = random.uniform(-0.35, 0.35), random.uniform(0, 2 * pi)
    turn = 2 * pi * random.uniform(0.93, 1.1)  # short of closing, or past it
    waves = [(n, random.gauss(0, 0.03), random.uniform(0, 2 * pi)) for n in (1, 2, 3)]
    side = 5 * digit
    points = []
    for step in range(65):
        angle = start + turn * step / 64
        far = 1 + sum(size * sin(n * angle + phase) for n, size, phase in waves)
        far += 0.05 * random.gauss(0, 0.2) + 0.06 * step / 64 * (turn > 2 * pi)
        x, y = far * wide / 2 * cos(angle), far * high / 2 * sin(angle)
        points.append((side / 2 + x + tilt * y, side / 2 + y))
    canvas = Image.new("L", (side * SMOOTH, side * SMOOTH), 0)
    pen = max(SMOOTH, round(digit * random.uniform(0.06, 0.16) * SMOOTH))
    scaled = [(x * SMOOTH, y * SMOOTH) for x, y in points]
    ImageDraw.Draw(canvas).line(scaled, 255, pen, "curve")
    ink = np.asarray(canvas.resize((side, side), Image.Resampling.BOX), np.float32)
    line = max(high, digit * random.uniform(0.8, 1.1))
    middle = side / 2 + random.uniform(-0.5, 0.5) * (line - high)
    across = [x for x, _ in points]
    box = (min(across), middle - line / 2, max(across), middle + line / 2)
    return ink / np.float32(255), box


def cut(random: Random, tones: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    """The square around *box* with the margins of a crop, a little beside the mark."""
    ink = inked(np.asarray(tones, np.float32))
    if ink is None:
        return np.zeros((HEIGHT, HEIGHT), np.uint8)
    left, top, right, bottom = box
    high = bottom - top
    top -= high * (MARGIN + random.uniform(-0.06, 0.06))
    bottom += high * (MARGIN + random.uniform(-0.06, 0.06))
    half = max(bottom - top, right - left) / 2
    x = (left + right) / 2 + random.uniform(-0.04, 0.04) * high
    y = (top + bottom) / 2
    room = round(half * 2)  # of paper around: the square may lie outside
    x, y = x + room, y + room
    square = (x - half, y - half, x + half, y + half)
    sheet = Image.fromarray(np.pad(ink, room))
    small = sheet.resize((HEIGHT, HEIGHT), Image.Resampling.BILINEAR, box=square)
    return np.asarray(np.asarray(small) * 255, np.uint8)
