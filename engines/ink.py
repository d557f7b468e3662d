"""The ink of a page and its letters, found without reading: cheap, on a small copy."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

NEIGHBOURHOOD = 25  # pixels that a pixel is compared with, and by how much it is ink
DARKER = 15
LETTER = (5, 70)  # pixels of the longer side of what may be one
SHARPER = 1.1  # how much the rows must gain by levelling, else they were level
FEW = 20  # letters that say nothing about their page


def small_grey(image: Image.Image, side: int) -> tuple[Pixels, float]:
    """*image* in grey with a longest side of *side* at most, and its scale."""
    scale = min(1.0, side / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    grey = image.convert("L")
    if scale < 1.0:
        grey = grey.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    return np.asarray(grey), scale


def ink_of(grey: Pixels) -> Pixels:
    """255 where *grey* is darker than its neighbourhood, else 0."""
    ink = cv2.adaptiveThreshold(
        grey,
        255,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        NEIGHBOURHOOD,
        DARKER,
    )
    return np.asarray(ink, np.uint8)


def letters_of(ink: Pixels) -> tuple[Pixels, float]:
    """*ink* without what is too large for letters (rules, edges, pictures), and the
    median size of those left in pixels, 0.0 where there are too few to say."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    sizes = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    longest, shortest = sizes.max(axis=1), sizes.min(axis=1)
    may_be = (longest < LETTER[1]) & (longest >= LETTER[0] - 1)
    may_be[0] = False
    letters = longest[may_be & (longest >= LETTER[0]) & (longest <= 4 * shortest)]
    size = float(np.median(letters)) if len(letters) >= FEW else 0.0
    return np.where(may_be[labels], np.uint8(255), np.uint8(0)), size


def skew_of(letters: Pixels, most: float = 15.0) -> float:
    """How many degrees the lines of print fall to the right, within *most*; 0: none.

    The angle at which the rows of ink are sharpest (Postl 1986): coarse, then fine.
    """
    y, x = np.nonzero(letters)
    if not len(y):
        return 0.0
    centre = letters.shape[1] / 2
    points = (y.astype(np.float32), (x - centre).astype(np.float32))
    best = 0.0
    for reach, step in ((most, 1.0), (1.0, 0.2), (0.2, 0.05)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(points, float(angle))))
    clearly = _sharpness(points, best) > SHARPER * _sharpness(points, 0.0)
    return round(best, 2) if clearly else 0.0


def _sharpness(points: tuple[Floats, Floats], angle: float) -> float:
    y, x = points
    levels = (y - x * np.float32(np.tan(np.radians(angle)))).astype(np.int32)
    rows = np.bincount(levels - levels.min())
    return float(np.square(np.diff(rows)).sum())
