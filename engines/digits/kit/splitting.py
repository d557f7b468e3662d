"""A number cut into its digits: connected components, and projection where they touch.

What is cut is as high as the line, so that dots and zeros keep their proportion. It is
how numbers were read before the line reader, kept to be measured beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engines.digits.crops import HEIGHT, Floats, normalised

INK = 0.42  # of full ink: what belongs to a glyph
LEAST_AREA = 6  # pixels of a glyph; less is a speck
RULE = 32  # columns in a row; what is as long is a rule, no stroke
WIDEST = 0.9  # of the line: a wider glyph is two or more that touch
NARROWEST = 0.45  # of the line: digits that touch are wider, on the whole
WANDER = 0.3  # of a glyph: how far from even division a cut may lie
OVERLAP = 0.3  # of the narrower: parts of one glyph stand above each other
ENLARGED = 3  # times, in the picture of a split
RIM = np.ones((3, 3), np.uint8)
PAPER, FRAME = "white", "#c00000"


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """A glyph: its box in the crop of 32 rows, and the square (32, 32) around it."""

    left: int
    top: int
    right: int
    bottom: int
    pixels: Floats

    @property
    def width(self) -> int:
        return self.right - self.left


@dataclass(frozen=True, eq=False, slots=True)
class Split:
    """A number as a crop of 32 rows, ink 1, and its glyphs from left to right."""

    crop: Floats
    parts: tuple[Part, ...]


def split(image: Image.Image) -> Split:
    """Cut the number in *image* (any mode, any size) apart; paper has no parts."""
    crop = normalised(image)
    if crop is None:
        return Split(np.zeros((HEIGHT, HEIGHT), np.float32), ())
    ink = crop.pixels
    parts = [one for part in merged(components(ink)) for one in apart(part)]
    return Split(ink, tuple(replace(p, pixels=in_square(p)) for p in parts))


def components(ink: Floats) -> list[Part]:
    """What hangs together, eight ways, specks left out; each on its own paper."""
    dark = (ink > INK).astype(np.uint8)
    ruled = rules(dark).astype(bool)
    ink = np.where(ruled, np.float32(0), ink)
    dark[ruled] = 0
    count, names, boxes, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    parts = []
    for name in range(1, count):
        left, top, wide, high, area = (int(value) for value in boxes[name])
        if area < LEAST_AREA:
            continue
        mine = names == name
        others = ((names > 0) & ~mine).astype(np.uint8)
        near = cv2.dilate(others, RIM).astype(bool)  # with their grey rims
        own = np.where(near & ~mine, np.float32(0), ink)
        parts.append(Part(left, top, left + wide, top + high, own))
    return sorted(parts, key=lambda part: part.left)


def rules(dark: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What runs level for longer than a digit does, and the row on either side."""
    level = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, RULE), np.uint8))
    return np.asarray(cv2.dilate(level, np.ones((3, 1), np.uint8)), np.uint8)


def merged(parts: list[Part]) -> list[Part]:
    """Broken strokes joined again: parts that stand above each other are one glyph."""
    whole: list[Part] = []
    for part in parts:
        last = whole[-1] if whole else None
        shared = last.right - part.left if last else 0
        if last and shared > OVERLAP * min(part.width, last.width):
            whole[-1] = Part(
                min(last.left, part.left),
                min(last.top, part.top),
                max(last.right, part.right),
                max(last.bottom, part.bottom),
                np.maximum(last.pixels, part.pixels),
            )
        else:
            whole.append(part)
    return whole


def apart(part: Part) -> list[Part]:
    """*part* as it is, or cut where its columns hold least ink if it is too wide."""
    if part.width <= WIDEST * HEIGHT:
        return [part]
    columns = part.pixels[:, part.left : part.right].sum(axis=0)
    cuts = [0, *valleys(columns), part.width]
    pieces = []
    for first, last in pairwise(cuts):
        own = np.zeros_like(part.pixels)
        left, right = part.left + first, part.left + last
        own[:, left:right] = part.pixels[:, left:right]
        rows = np.flatnonzero((own > INK).any(axis=1))
        if len(rows):
            pieces.append(Part(left, int(rows[0]), right, int(rows[-1]) + 1, own))
    return pieces


def valleys(columns: NDArray[np.float32]) -> list[int]:
    """Where to cut: near even division into as many as leave least ink at the cuts.

    >>> valleys(np.array([9.0] * 20 + [1.0] + [9.0] * 19, np.float32))
    [20]
    """
    width = len(columns)
    fewest = max(2, round(width / (WIDEST * HEIGHT)))
    most = max(fewest, round(width / (NARROWEST * HEIGHT)))
    divided = [near_even(columns, count) for count in range(fewest, most + 1)]
    return min(divided, key=lambda cuts: float(columns[cuts].mean()))


def near_even(columns: NDArray[np.float32], count: int) -> list[int]:
    """The cuts into *count*, each where least ink is near even division."""
    width = len(columns)
    each = width / count
    reach = max(1, round(each * WANDER))
    cuts = []
    for number in range(1, count):
        even = round(number * each)
        near = np.arange(max(1, even - reach), min(width - 1, even + reach) + 1)
        # A touch of cost for the way: of equal columns the one in the middle is best.
        cost = columns[near] + 0.05 * np.abs(near - even)
        cuts.append(int(near[np.argmin(cost)]))
    return sorted(set(cuts))


def in_square(part: Part) -> Floats:
    """(32, 32) of the line around *part*'s middle; what is wider is made smaller."""
    side = max(HEIGHT, part.width)
    room = side
    padded = np.pad(part.pixels, ((room, room), (room, room)))
    left = round((part.left + part.right - side) / 2) + room
    top = round((HEIGHT - side) / 2) + room
    square = padded[top : top + side, left : left + side]
    if side > HEIGHT:
        size = (HEIGHT, HEIGHT)
        return np.asarray(cv2.resize(square, size, interpolation=cv2.INTER_AREA))
    return np.asarray(square, np.float32)


def picture(found: Split) -> Image.Image:
    """To look at: the line with the boxes of its glyphs, below it their squares."""
    gap = 4
    squares = [part.pixels for part in found.parts]
    wide = max(found.crop.shape[1], len(squares) * (HEIGHT + gap)) * ENLARGED
    high = (HEIGHT + gap) * ENLARGED
    page = Image.new("RGB", (wide, 2 * high), PAPER)
    page.paste(enlarged(found.crop), (0, 0))
    draw = ImageDraw.Draw(page)
    for number, part in enumerate(found.parts):
        box = (part.left, part.top, part.right, part.bottom)
        draw.rectangle([edge * ENLARGED for edge in box], outline=FRAME)
        place = (number * (HEIGHT + gap) * ENLARGED, high)
        page.paste(enlarged(squares[number]), place)
        far = (place[0] + HEIGHT * ENLARGED - 1, high + HEIGHT * ENLARGED - 1)
        draw.rectangle((*place, *far), outline=FRAME)
    return page


def enlarged(ink: Floats) -> Image.Image:
    grey = Image.fromarray((255 - np.clip(ink, 0, 1) * 255).astype(np.uint8))
    size = (grey.width * ENLARGED, grey.height * ENLARGED)
    return grey.resize(size, Image.Resampling.NEAREST)
