"""Lines set wider, narrower, slanted, bolder and lighter than their faces are, their
glyphs of other sizes beside each other and bent a little.

There are some forty designs to train on and many more in print: what a network learns
of a shape should not hang on its proportions.
"""

from __future__ import annotations

from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


# Pixels of blur against a digit's height: more would rub the teeth off a small ٣.
MOST_BLUR = 0.045
# Zeros and points are drawn in all sizes beside the same digits.
DOTS = "٠۰.٫٬،,·"
BEND = 0.07  # of a digit's height, at most, that ink is moved by
BEND_WIDTH = 0.6  # of a digit's height between places that are moved apart


def sizes_of(random: Random, chars: str) -> dict[str, float]:
    """How large each of *chars* is against what its face draws, the same all along a
    line: as another design might have it."""
    if random.random() < 0.6:
        return {}
    return {
        char: random.uniform(0.75, 1.35)
        if char in DOTS
        else min(1.18, max(0.82, random.gauss(1, 0.07)))
        for char in chars
    }


def varied(lot: np.random.Generator, ink: Floats, digit: int) -> Floats:
    """*ink* (paper 0, ink 1) as another cut of its design might be; a digit is *digit*
    pixels high."""
    if lot.random() < 0.5:
        ink = stretched(ink, float(lot.uniform(0.7, 1.45)))
    if lot.random() < 0.25:
        ink = slanted(ink, float(lot.uniform(-0.25, 0.3)))
    if lot.random() < 0.35:
        sigma = min(float(lot.uniform(0.3, 1.0)), MOST_BLUR * digit)
        ink = weighted(ink, sigma, float(lot.uniform(0.25, 0.65)))
    if lot.random() < 0.4:
        ink = bent(lot, ink, digit)
    if lot.random() < 0.08:  # a crop that cuts off the tops
        ink = ink[int(len(ink) * lot.uniform(0.02, 0.12)) :]
    return ink


def stretched(ink: Floats, share: float) -> Floats:
    height, width = ink.shape
    size = (max(2, round(width * share)), height)
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.float32)


def slanted(ink: Floats, slope: float) -> Floats:
    """Sheared to the right by *slope* columns a row, on as much more paper."""
    height, width = ink.shape
    more = int(abs(slope) * height) + 1
    shift = slope * height if slope > 0 else 0.0
    matrix = np.array([[1, -slope, shift], [0, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(ink, matrix, (width + more, height)), np.float32)


def weighted(ink: Floats, sigma: float, edge: float) -> Floats:
    """Bolder where *edge* is below a half, lighter above: blurred, and cut there."""
    soft = cv2.GaussianBlur(ink, (0, 0), sigma)
    return np.asarray(np.clip((soft - edge) / 0.3 + 0.5, 0, 1), np.float32)


def bent(lot: np.random.Generator, ink: Floats, digit: int) -> Floats:
    """Elastic distortion (Simard et al. 2003), of waves as long as strokes are."""
    height, width = ink.shape
    step = BEND_WIDTH * digit
    coarse = (2, max(2, round(height / step) + 1), max(2, round(width / step) + 1))
    strength = float(lot.uniform(0.02, BEND)) * digit
    moved = lot.uniform(-strength, strength, coarse).astype(np.float32)
    across, down = (
        cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC)
        for part in moved
    )
    columns, rows = np.meshgrid(
        np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    )
    bent_ink = cv2.remap(ink, columns + across, rows + down, cv2.INTER_LINEAR)
    return np.asarray(bent_ink, np.float32)
