"""The four corners of a sheet of paper that lies on something darker."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]

SIDE = 400  # pixels of the longest side on which corners are looked for
LEAST, MOST = 0.15, 0.97  # of the picture that a sheet fills which is worth finding
STRAIGHT = 0.02  # of the outline's length, by which its sides may bow
FULL = 0.9  # of the area within its corners that must be paper


def sheet_corners(image: Image.Image) -> Floats | None:
    """The corners, clockwise from the top left, as fractions of the picture's sides;
    None where no sheet stands out with all four."""
    small = image.convert("L") if max(image.size) <= SIDE else _small(image)
    grey = cv2.GaussianBlur(np.asarray(small, np.uint8), (5, 5), 0)
    _, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # Print and coloured fields are no holes in the paper.
    whole = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    contours, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return None
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    corners = cv2.approxPolyDP(hull, STRAIGHT * cv2.arcLength(hull, True), True)
    if len(corners) != 4:
        return None
    area = cv2.contourArea(corners)
    filled = np.zeros_like(whole)
    cv2.fillConvexPoly(filled, np.asarray(corners, np.int32), (1,))
    part = area / whole.size
    if not LEAST <= part <= MOST or whole[filled > 0].mean() < FULL * 255:
        return None
    height, width = whole.shape
    return _clockwise(corners.reshape(4, 2).astype(np.float32) / (width, height))


def _small(image: Image.Image) -> Image.Image:
    scale = SIDE / max(image.size)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.convert("L").resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)


def _clockwise(corners: Floats) -> Floats:
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]  # y runs down: this is clockwise
    start = int(ordered.sum(axis=1).argmin())
    return np.asarray(np.roll(ordered, -start, axis=0), np.float32)
