"""The crop of a line as the network wants it: level in tone, trimmed, 32 pixels high.

Training and reading share it, so that the network meets what it was trained on. It
needs Pillow and NumPy alone: a fresh process must not wait for more to answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]
Spans = tuple[int, int]

HEIGHT = 32
WIDEST = 8_192  # columns; a longer line is made narrower
LEAST_RANGE = 16.0  # grey levels between paper and ink; less is paper alone
PAPER = 0.8  # the quantile of the tones that is taken for paper
FEW = 3  # pixels that are darker than what is taken for ink
SPOT = 1.2  # ink of two by two pixels that is print
MAYBE = 0.25  # ink of one that may be
MARGIN = 0.12  # of the ink's height, above and below
SIDE_MARGIN = 0.5  # of the height, left and right
LEAST_PART = 0.5  # of the crop's height that stays: a zero alone must not fill it
SIDE = 4  # columns of paper left and right
TALLEST = 256  # rows; more is made smaller before anything else


@dataclass(frozen=True, slots=True)
class Crop:
    """Ink 1, paper 0, (32, W); its column x is ``left + x * scale`` in the picture."""

    pixels: Floats
    left: float
    top: float
    scale: float


def normalised(image: Image.Image) -> Crop | None:
    """*image* (any mode, any size) made ready; None where there is only paper."""
    grey = in_grey(image)
    shrunk = max(1.0, grey.height / TALLEST)
    if shrunk > 1.0:
        grey = grey.resize((max(1, round(grey.width / shrunk)), TALLEST))
    ink = inked(np.asarray(grey, np.float32))
    if ink is None:
        return None
    (left, right), (top, bottom) = extent(ink)
    scale = max((bottom - top) / HEIGHT, (right - left) / WIDEST)
    width = max(2, round((right - left) / scale))
    tones = Image.fromarray(ink[top:bottom, left:right])
    fitted = np.asarray(tones.resize((width, HEIGHT), Image.Resampling.BILINEAR))
    pixels = np.zeros((HEIGHT, width + width % 2 + 2 * SIDE), np.float32)
    pixels[:, SIDE : SIDE + width] = fitted
    step = scale * shrunk
    return Crop(pixels, left * shrunk - SIDE * step, top * shrunk, step)


def in_grey(image: Image.Image) -> Image.Image:
    """*image* as "L", on white where it is transparent."""
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        tones = np.asarray(image, np.float32)
        low, high = float(tones.min()), float(tones.max())
        share = (tones - low) / max(high - low, 1.0) * 255
        return Image.fromarray(share.astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("L")
    return image.convert("L")


def inked(tones: Floats) -> Floats | None:
    """*tones* (0 black .. 255) as paper 0 .. ink 1; print may be light on dark."""
    ranked = np.sort(tones, axis=None)
    # Not the very darkest: a lone zero has a handful of pixels, dirt has fewer.
    few = min(FEW, ranked.size // 500)
    middle = quantile(ranked, 0.5)
    if float(ranked[-1 - few]) - middle > 1.5 * (middle - float(ranked[few])):
        tones, ranked = 255.0 - tones, 255.0 - ranked[::-1]
    low, paper = float(ranked[few]), quantile(ranked, PAPER)
    if paper - low < LEAST_RANGE:
        return None
    ink = np.clip((paper - tones) / (paper - low), 0.0, 1.0)
    return np.asarray(ink, np.float32)


def quantile(ranked: Floats, share: float) -> float:
    """Of tones that are sorted already: they are asked for several."""
    place = share * (len(ranked) - 1)
    below = int(place)
    low, high = ranked[[below, min(below + 1, len(ranked) - 1)]].tolist()
    return float(low + (high - low) * (place - below))


def extent(ink: Floats) -> tuple[Spans, Spans]:
    """Columns and rows of *ink* that are worth reading, with a margin around.

    Rows go by what is surely ink, columns by what may be: a zero of 9-pixel print is
    one grey pixel, and the last one of an amount is worth a factor of ten.
    """
    height, width = ink.shape
    rows = np.flatnonzero(surely(ink).any(axis=1))
    if not len(rows):
        return (0, width), (0, height)
    above, below = float(rows[0]), float(min(height, rows[-1] + 2))
    high = below - above
    kept = min(float(height), max(high * (1 + 2 * MARGIN), height * LEAST_PART))
    top = (above + below - kept) / 2
    top = min(max(top, 0.0), height - kept)
    first, last = int(top), max(int(top) + 1, round(top + kept))
    columns = np.flatnonzero((ink[first:last] > MAYBE).any(axis=0))
    side = round(kept * SIDE_MARGIN)
    left, right = int(columns[0]) - side, int(columns[-1]) + 1 + side
    return (max(0, left), min(width, right)), (first, last)


def surely(ink: Floats) -> NDArray[np.bool_]:
    """Where a pixel, those right of it and below make a spot: noise stands alone."""
    wide = np.zeros((ink.shape[0] + 1, ink.shape[1] + 1), np.float32)
    wide[:-1, :-1] = ink
    rows = wide[:-1] + wide[1:]
    return np.asarray(rows[:, :-1] + rows[:, 1:] > SPOT)
