"""Marks: words and corners of rules, by whose looks a plane is proved and refined."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.ink import ink_of

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Plane = NDArray[np.float64]

JOINED = 7  # pixels (of 100 dpi) between two letters of one mark
HEIGHTS = (5, 90)
WIDTHS = (16, 110)  # what is wider is cut into pieces, each a mark
MOST = 240  # marks of a page, the widest first
MARGIN = 3  # pixels around a mark that are compared with it
ALIKE = 0.72  # correlation from which two marks look the same
NEAR = 2.5  # pixels by which a mark may miss the plane of the others


def find_marks(grey: Pixels) -> NDArray[np.int16]:
    """Boxes (left, top, right, bottom) of pieces of print on *grey*."""
    ink = ink_of(grey)
    joined = cv2.dilate(ink, np.ones((1, JOINED), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    boxes: list[tuple[int, int, int, int]] = []
    for left, top, width, height, area in stats[1:]:
        if HEIGHTS[0] <= height <= HEIGHTS[1] and area >= 0.2 * width * height:
            boxes += _pieces(int(left), int(top), int(width), int(height))
    boxes.sort(key=lambda box: box[0] - box[2])
    return np.array(boxes[:MOST], np.int16).reshape(-1, 4)


def _pieces(
    left: int, top: int, width: int, height: int
) -> list[tuple[int, int, int, int]]:
    if width < WIDTHS[0] or width < height:
        return []
    count = -(-width // WIDTHS[1])
    edges = [left + width * n // count for n in range(count + 1)]
    return [(a, top, b, top + height) for a, b in pairwise(edges)]


@dataclass(frozen=True, eq=False)
class Found:
    """Marks on a page laid over the reference: how alike, and by how much shifted."""

    alike: Floats
    shifts: Floats  # N x 2


def look_for(
    marks: NDArray[np.int16], reference: Pixels, page: Pixels, reach: int
) -> Found:
    """Each of *marks* on *page*, which has the reference's frame, within *reach*."""
    alike = np.zeros(len(marks), np.float32)
    shifts = np.zeros((len(marks), 2), np.float32)
    for number, (left, top, right, bottom) in enumerate(marks.astype(int)):
        x0, y0 = max(0, left - MARGIN), max(0, top - MARGIN)
        patch = reference[y0 : bottom + MARGIN, x0 : right + MARGIN]
        wx, wy = max(0, x0 - reach), max(0, y0 - reach)
        window = page[
            wy : y0 + patch.shape[0] + reach, wx : x0 + patch.shape[1] + reach
        ]
        if window.shape[0] < patch.shape[0] or window.shape[1] < patch.shape[1]:
            continue
        scores = np.asarray(
            cv2.matchTemplate(window, patch, cv2.TM_CCOEFF_NORMED), np.float32
        )
        _, best, _, (x, y) = cv2.minMaxLoc(scores)
        alike[number] = best if np.isfinite(best) else 0.0
        shifts[number] = x + _between(scores[y], x), y + _between(scores[:, x], y)
        shifts[number] -= x0 - wx, y0 - wy
    return Found(alike, shifts)


def _between(scores: Floats, peak: int) -> float:
    """Where between the pixels the peak is: the top of a parabola."""
    if not 0 < peak < len(scores) - 1:
        return 0.0
    before, top, after = (float(x) for x in scores[peak - 1 : peak + 2])
    bow = before - 2 * top + after
    return 0.0 if bow >= -1e-6 else max(-0.5, min(0.5, (before - after) / (2 * bow)))


def centres(marks: NDArray[np.int16]) -> Floats:
    boxes = marks.astype(np.float32)
    return np.asarray((boxes[:, :2] + boxes[:, 2:]) / 2, np.float32)
