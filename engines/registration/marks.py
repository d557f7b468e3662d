"""Marks: words and corners of rules, by whose looks a plane is proved and refined."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Plane = NDArray[np.float64]

PAPER = 25  # pixels (of 100 dpi) of the square whose median is what print stands on
OUTSTANDING = 28  # levels by which print differs from it, darker or brighter
JOINED = 7  # pixels (of 100 dpi) between two letters of one mark
HEIGHTS = (5, 90)
WIDTHS = (16, 110)  # what is wider is cut into pieces, each a mark
MOST_WORDS, MOST_ENDS = 220, 60  # of a page, the widest and the longest first
RULE = 50  # pixels from which an edge belongs to a rule or a field, not to a letter
THICK = 6  # pixels of such an edge at most
EDGE = 60  # by how much an edge stands out (Sobel)
END = 11  # pixels around the end of a rule that are compared with it
MARGIN = 3  # pixels around a mark that are compared with it
ALIKE = 0.72  # correlation from which two marks look the same


def find_marks(grey: Pixels) -> NDArray[np.int16]:
    """Boxes (left, top, right, bottom) of words and around ends of rules on *grey*."""
    return np.concatenate([_words(grey), _ends(grey)])


def find_print(grey: Pixels, size: int) -> Pixels:
    """1 where *grey* differs from what is commonest within *size* pixels, darker or
    brighter: print on a coloured field, too."""
    paper = cv2.medianBlur(grey, min(size, 101) | 1)
    return (cv2.absdiff(grey, paper) > OUTSTANDING).astype(np.uint8)


def _words(grey: Pixels) -> NDArray[np.int16]:
    joined = cv2.dilate(find_print(grey, PAPER), np.ones((1, JOINED), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    boxes: list[tuple[int, int, int, int]] = []
    for left, top, width, height, area in stats[1:]:
        if HEIGHTS[0] <= height <= HEIGHTS[1] and area >= 0.2 * width * height:
            boxes += _pieces(int(left), int(top), int(width), int(height))
    boxes.sort(key=lambda box: box[0] - box[2])
    return np.array(boxes[:MOST_WORDS], np.int16).reshape(-1, 4)


def _ends(grey: Pixels) -> NDArray[np.int16]:
    """Squares around the ends of rules and of the edges of coloured fields."""
    height, width = grey.shape
    level = _runs(cv2.Sobel(grey, cv2.CV_32F, 0, 1), (1, RULE))
    upright = _runs(cv2.Sobel(grey, cv2.CV_32F, 1, 0), (RULE, 1))
    points = [(x, y + h // 2) for left, y, w, h in level for x in (left, left + w)]
    points += [(x + w // 2, y) for x, top, w, h in upright for y in (top, top + h)]
    chosen: list[tuple[int, int]] = []
    for x, y in points:
        whole = END <= x < width - END and END <= y < height - END
        if whole and all(abs(x - a) + abs(y - b) > END for a, b in chosen):
            chosen.append((x, y))
    boxes = [(x - END, y - END, x + END, y + END) for x, y in chosen[:MOST_ENDS]]
    return np.array(boxes, np.int16).reshape(-1, 4)


def _runs(slope: NDArray[np.generic], size: tuple[int, int]) -> list[list[int]]:
    """Boxes (left, top, width, height) of long straight edges, the longest first."""
    edges = (np.abs(np.asarray(slope, np.float32)) > EDGE).astype(np.uint8)
    runs = cv2.morphologyEx(edges, cv2.MORPH_OPEN, np.ones(size, np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(runs)
    thin = [box[:4].tolist() for box in stats[1:] if min(box[2:4]) <= THICK]
    return sorted(thin, key=lambda box: -max(box[2:]))


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
