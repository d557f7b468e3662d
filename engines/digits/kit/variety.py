"""Lines set wider, narrower, slanted, bolder and lighter than their faces are.

There are some forty designs to train on and many more in print: what a network learns
of a shape should not hang on its proportions.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


# Pixels of blur against a digit's height: more would rub the teeth off a small ٣.
MOST_BLUR = 0.045


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
