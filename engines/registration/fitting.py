"""From a rough plane to a proved and fine one, by the marks that it brings together."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.registration.marks import ALIKE, NEAR, centres, look_for
from engines.registration.reference import Prepared

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Plane = NDArray[np.float64]

REACHES = (16, 7)  # pixels (of 100 dpi) that marks are looked for around their place
LEAST = 6  # marks that agree, to try further with
MOST_GROWTH = 4.0  # between two corners of a sheet seen from the side
LEAN = 0.35  # of a side, how far it may lean: 20 degrees


@dataclass(frozen=True, eq=False)
class Fit:
    """A plane from the reference's grey to the page's, and the marks that prove it."""

    plane: Plane
    agreeing: NDArray[np.bool_]  # of the reference's marks
    alike: Floats
    ours: Floats  # where the agreeing marks lie on the reference,
    theirs: Floats  # and on the page

    @property
    def count(self) -> int:
        return int(self.agreeing.sum())


def fit(prepared: Prepared, page: Pixels, plane: Plane) -> Fit | None:
    """*plane* refined on the marks that it brings together; None where none are."""
    found: Fit | None = None
    for reach in REACHES:
        if not is_sane(plane, prepared.grey.shape, page.shape):
            return None
        found = _round(prepared, page, plane, reach)
        if found is None:
            return None
        plane = found.plane
    return found if is_sane(plane, prepared.grey.shape, page.shape) else None


def _round(prepared: Prepared, page: Pixels, plane: Plane, reach: int) -> Fit | None:
    laid = laid_over(page, plane, prepared.grey.shape)
    marks = look_for(prepared.marks, prepared.grey, laid, reach)
    good = np.flatnonzero(marks.alike >= ALIKE)
    if len(good) < LEAST:
        return None
    ours = centres(prepared.marks[good])
    theirs = carried(plane, ours + marks.shifts[good])
    better, agreeing = _plane_of(ours, theirs)
    if better is None or agreeing.sum() < LEAST:
        return None
    mask = np.zeros(len(prepared.marks), np.bool_)
    mask[good[agreeing]] = True
    return Fit(better, mask, marks.alike, ours[agreeing], theirs[agreeing])


def _plane_of(ours: Floats, theirs: Floats) -> tuple[Plane | None, NDArray[np.bool_]]:
    plane, inside = cv2.findHomography(ours, theirs, cv2.USAC_MAGSAC, NEAR)
    if plane is None:
        return None, np.zeros(len(ours), np.bool_)
    return np.asarray(plane, np.float64), np.asarray(inside, np.bool_).ravel()


def laid_over(page: Pixels, plane: Plane, shape: tuple[int, ...]) -> Pixels:
    """*page* as the reference's frame sees it."""
    laid = cv2.warpPerspective(
        page,
        plane,
        (shape[1], shape[0]),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(laid, np.uint8)


def carried(plane: Plane, points: Floats) -> Floats:
    moved = cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), plane)
    return np.asarray(moved, np.float32).reshape(-1, 2)


def is_sane(plane: Plane, ours: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    """Whether a camera could see the sheet so: convex, upright, of a likely size."""
    height, width = ours[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    homogeneous = np.hstack([corners, np.ones((4, 1), np.float32)]) @ plane[2]
    if not np.isfinite(plane).all() or (homogeneous * plane[2, 2] <= 1e-6).any():
        return False
    seen = carried(plane, corners)
    sides = np.roll(seen, -1, axis=0) - seen
    turns = sides[:, 0] * np.roll(sides[:, 1], -1) - sides[:, 1] * np.roll(
        sides[:, 0], -1
    )
    lengths = np.hypot(sides[:, 0], sides[:, 1])
    top, right, bottom, left = sides / np.maximum(lengths[:, None], 1e-6)
    level = max(abs(top[1]), abs(bottom[1]), abs(left[0]), abs(right[0])) <= LEAN
    forward = top[0] > 0 and bottom[0] < 0 and right[1] > 0 and left[1] < 0
    alike = max(lengths[0], lengths[2]) <= 1.5 * min(lengths[0], lengths[2]) and max(
        lengths[1], lengths[3]
    ) <= 1.5 * min(lengths[1], lengths[3])
    whole = lengths[0] * lengths[1] / (theirs[0] * theirs[1])
    return bool((turns > 0).all() and level and forward and alike and 0.15 < whole < 4)
