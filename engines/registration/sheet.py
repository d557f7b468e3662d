"""A page as registration sees it: a small grey copy, its scale, its features."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.registration.features import Features, find_features

Pixels = NDArray[np.uint8]
Plane = NDArray[np.float64]  # 3 x 3, homogeneous

SIDE = 1200  # pixels of the longest side on which places are compared: 100 dpi of A4


@dataclass(frozen=True, eq=False)
class Sheet:
    """``grey`` is the picture, ``scale`` times as large as it was given."""

    grey: Pixels
    scale: float

    @cached_property
    def features(self) -> Features:
        return find_features(self.grey)


def sheet_of(image: Image.Image, side: int = SIDE) -> Sheet:
    grey = np.asarray(image.convert("L"))
    scale = min(1.0, side / max(grey.shape))
    if scale < 1.0:
        height, width = grey.shape
        size = max(1, round(width * scale)), max(1, round(height * scale))
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA))
    return Sheet(np.asarray(grey, np.uint8), scale)
