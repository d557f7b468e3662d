"""From a rough plane to a proved and fine fit, by the marks that it brings together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.registration.bending import (
    CURLED,
    PRICE,
    bent,
    carried,
    field_of,
    laid_over,
    unbent,
)
from engines.registration.marks import ALIKE, centres, look_for
from engines.registration.reference import Prepared
from engines.registration.types import Bend

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Plane = NDArray[np.float64]

REACH = 18  # pixels (of 100 dpi) that marks are looked for around their place
NEARER, FINE = 10, 5  # the same, once the sheet's bend is known, roughly and well
PLENTY = 20  # marks that agree on a flat sheet: no need to look again
NEAR = 2.0  # pixels by which a mark may miss the field of the others
LEAST = 6  # marks that agree, to try further with
LEAN = 0.35  # of a side, how far it may lean: 20 degrees
MOST_GROWTH = 1.5  # of a side to the one opposite: a camera held at a slant
LEAST_PART, MOST_PART = 0.15, 4.0  # of the page's picture that the layout may fill


@dataclass(frozen=True, eq=False)
class Fit:
    """A plane from the reference's grey to the page's, a bend before it, and the marks
    that prove them."""

    plane: Plane
    bend: Bend | None
    agreeing: NDArray[np.bool_]  # of the reference's marks
    alike: Floats

    @property
    def count(self) -> int:
        return int(self.agreeing.sum())


def fit(prepared: Prepared, page: Pixels, plane: Plane) -> Fit | None:
    """*plane* refined on the marks that it brings together; None where none are."""
    shape = prepared.grey.shape
    if not is_sane(plane, shape, page.shape):
        return None
    places = centres(prepared.marks)
    laid = laid_over(page, plane, None, shape)
    marks = look_for(prepared.marks, prepared.grey, laid, REACH)
    good = np.flatnonzero(marks.alike >= ALIKE)
    ours = places[good]
    better, inside = plane_of(ours, carried(plane, ours + marks.shifts[good]))
    if better is None or not is_sane(better, shape, page.shape):
        return None
    theirs = carried(np.linalg.inv(better) @ plane, ours + marks.shifts[good])
    sure = surety(marks.alike[good])
    bend = field_of(ours[inside], (theirs - ours)[inside], sure[inside], shape)
    found = _closer(prepared, page, *unbent(better, bend), NEARER)
    if found is None or (found.bend is None and found.count >= PLENTY):
        return found
    return _closer(prepared, page, found.plane, found.bend, FINE)


def _closer(
    prepared: Prepared, page: Pixels, plane: Plane, bend: Bend | None, reach: int
) -> Fit | None:
    """Look once more, within *reach*, at where the marks are by *plane* and *bend*."""
    shape = prepared.grey.shape
    places = centres(prepared.marks)
    laid = laid_over(page, plane, bend, shape)
    marks = look_for(prepared.marks, prepared.grey, laid, reach)
    good = marks.alike >= ALIKE
    if good.sum() < LEAST:
        return None
    shifts = bent(bend, places + marks.shifts) - places
    finer = field_of(places[good], shifts[good], surety(marks.alike[good]), shape)
    missed = np.linalg.norm(bent(finer, places) - places - shifts, axis=1)
    return Fit(*unbent(plane, finer), good & (missed <= NEAR), marks.alike)


def surety(alike: Floats) -> Floats:
    """How much a mark says: print that is the same is more alike than what is not."""
    return np.asarray(((alike - ALIKE) / (1 - ALIKE) + 0.2) ** 2, np.float32)


def plane_of(ours: Floats, theirs: Floats) -> tuple[Plane | None, NDArray[np.bool_]]:
    """The plane that most agree on, and who does.

    A simpler kind of map wins unless the marks pay for each number more: a perspective
    seen in the head of a page alone leads astray at its foot.
    """
    best, most, inside = None, -np.inf, np.zeros(len(ours), np.bool_)
    if len(ours) < LEAST:
        return best, inside
    for numbers, plane in _kinds(ours, theirs):
        missed = np.linalg.norm(carried(plane, ours) - theirs, axis=1)
        won = np.maximum(1 - (missed / CURLED) ** 2, 0).sum() - PRICE * numbers
        if won > most:
            best, most, inside = plane, won, missed <= CURLED
    return (best, inside) if inside.sum() >= LEAST else (None, inside)


def _kinds(ours: Floats, theirs: Floats) -> Iterator[tuple[int, Plane]]:
    similar, _ = cv2.estimateAffinePartial2D(
        ours, theirs, ransacReprojThreshold=CURLED / 2
    )
    if similar is not None:
        yield 4, np.vstack([np.asarray(similar, np.float64), [0, 0, 1]])
    affine, _ = cv2.estimateAffine2D(ours, theirs, ransacReprojThreshold=CURLED / 2)
    if affine is not None:
        yield 6, np.vstack([np.asarray(affine, np.float64), [0, 0, 1]])
    plane, _ = cv2.findHomography(ours, theirs, cv2.USAC_MAGSAC, CURLED / 2)
    if plane is not None:
        yield 8, np.asarray(plane, np.float64)


def is_sane(plane: Plane, ours: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    """Whether a camera could see the sheet so: convex, upright, of a likely size."""
    height, width = ours[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    depth = np.hstack([corners, np.ones((4, 1), np.float32)]) @ plane[2]
    if not np.isfinite(plane).all() or (depth * plane[2, 2] <= 1e-6).any():
        return False
    seen = carried(plane, corners)
    sides = np.roll(seen, -1, axis=0) - seen
    nexts = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * nexts[:, 1] - sides[:, 1] * nexts[:, 0]
    lengths = np.maximum(np.hypot(sides[:, 0], sides[:, 1]), 1e-6)
    expected = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]])
    lean = np.abs(sides / lengths[:, None] - expected).max()
    opposite = max(lengths[:2] / lengths[2:], key=lambda x: abs(np.log(x)))
    part = lengths[0] * lengths[1] / (theirs[0] * theirs[1])
    return bool(
        (turns > 0).all()
        and lean <= LEAN
        and 1 / MOST_GROWTH <= opposite <= MOST_GROWTH
        and LEAST_PART <= part <= MOST_PART
    )
