"""How well a fit is proved: marks that agree, how many, how much, how far apart."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from engines.registration.fitting import Fit
from engines.registration.marks import centres
from engines.registration.reference import Prepared

HEAD = 0.45  # of a page's height: what stands above does not slide with the rows
HOLDS, PLAIN = 0.5, 0.85  # of the score
ENOUGH_MARKS, ENOUGH_SHARE = 40, 0.2
BLOCK = 0.03  # of the page: an address; twice as much is no accident


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
        """0..1, the weakest of them decides; from ``HOLDS`` on it is no chance.

        Found on 9 layouts, captures of all pages against all of them: of the same
        layout 20 marks and a sixth of the print agree at least; of others 12 at most,
        and those in one block, an address that stands in the same place.
        """
        marks = self.count * (1 + 2 * self.share)  # a page of few words has few marks
        return min(
            1.0,
            marks / ENOUGH_MARKS,
            self.share / ENOUGH_SHARE,
            self.head / ENOUGH_SHARE,
            max(0.0, self.spread / BLOCK - 1),
        )

    @property
    def is_plain(self) -> bool:
        """Whether there is no need to look for another plane."""
        return self.score >= PLAIN


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


NOTHING = Proof(0, 0.0, 0.0, 0.0)
