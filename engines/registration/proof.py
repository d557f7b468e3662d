"""How well a fit is proved: marks that agree, how many, how much, how far apart."""

from __future__ import annotations

import cv2
import numpy as np

from engines.registration.fitting import Fit
from engines.registration.reference import Prepared


def measures(found: Fit, prepared: Prepared) -> tuple[int, float, float]:
    """How many marks agree, their share of the print, their share of the page."""
    widths = (prepared.marks[:, 2] - prepared.marks[:, 0]).astype(np.float64)
    share = float(widths[found.agreeing].sum() / max(widths.sum(), 1.0))
    height, width = prepared.grey.shape
    hull = cv2.convexHull(found.ours.astype(np.float32))
    return found.count, share, float(cv2.contourArea(hull)) / (width * height)


def proof(found: Fit, prepared: Prepared) -> float:
    count, share, spread = measures(found, prepared)
    return min(1.0, count / 20, share / 0.3, spread / 0.3)
