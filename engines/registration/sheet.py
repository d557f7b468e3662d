"""A page as registration sees it: a small grey copy, its scale, corners, features."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.registration.features import Features, find_features
from engines.registration.outline import sheet_corners

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]

SIDE = 1200  # pixels of the longest side on which places are compared: 100 dpi of A4
MOST = 2400  # of the picture, where the sheet is a small part of it


@dataclass(frozen=True, eq=False)
class Sheet:
    """``grey`` is the picture, ``scale`` times as large as it was given; ``corners``
    are those of the paper on it, clockwise, where it lies on something darker."""

    grey: Pixels
    scale: float
    corners: Floats | None = None

    @cached_property
    def features(self) -> Features:
        return find_features(self.grey)


def sheet_of(image: Image.Image) -> Sheet:
    """The page on *image* (upright, any resolution), its paper of a known size."""
    corners = sheet_corners(image)
    longest, side = max(image.size), float(SIDE)
    if corners is not None:
        sides = (np.roll(corners, -1, axis=0) - corners) * image.size
        paper = float(np.hypot(sides[:, 0], sides[:, 1]).max())
        side = min(MOST, SIDE * longest / max(paper, 1.0))
    grey, scale = shrunk(np.asarray(image.convert("L")), side)
    return Sheet(grey, scale, None if corners is None else corners * grey.shape[::-1])


def shrunk(grey: Pixels, side: float) -> tuple[Pixels, float]:
    """*grey* with a longest side of *side* at most, and its scale."""
    scale = min(1.0, side / max(grey.shape))
    if scale < 1.0:
        height, width = grey.shape
        size = max(1, round(width * scale)), max(1, round(height * scale))
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA))
    return np.asarray(grey, np.uint8), scale
