"""How well a fit is proved: marks that agree, how many, how much, how far apart."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engines.registration.fitting import Fit
from engines.registration.marks import centres
from engines.registration.reference import Prepared

HEAD = 0.45  # of a page's height: what stands above does not slide with the rows


@dataclass(frozen=True)
class Proof:
    """``count`` marks agree: a ``share`` of the print, and of that in the head of the
    page (``head``), spread over a part of the page (``spread``)."""

    count: int
    share: float
    head: float
    spread: float

    @property
    def score(self) -> float:
        """0..1: the weakest of them decides. A page of the same layout has ..."""
        return min(
            1.0, self.count / 20, self.share / 0.3, self.spread / 0.3, self.head / 0.1
        )

    @property
    def is_plain(self) -> bool:
        """Whether there is no need to look for another plane."""
        return self.count >= 20 and self.head >= 0.25 and self.spread >= 0.15


def proof(found: Fit, prepared: Prepared) -> Proof:
    marks, agreeing = prepared.marks, found.agreeing
    widths = (marks[:, 2] - marks[:, 0]).astype(np.float64)
    height, width = prepared.grey.shape
    places = centres(marks)
    head = places[:, 1] < HEAD * height
    hull = cv2.convexHull(places[agreeing])
    return Proof(
        found.count,
        float(widths[agreeing].sum() / max(widths.sum(), 1.0)),
        float(widths[agreeing & head].sum() / max(widths[head].sum(), 1.0)),
        float(cv2.contourArea(hull)) / (width * height),
    )
