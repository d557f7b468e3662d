"""Features of print (SIFT), and the planes that most of their matches agree on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Plane = NDArray[np.float64]

SIDE = 850  # pixels of the longest side: half the time of 1200, as many true matches
MOST = 1200  # features of a page; a full page of print has more than it needs
RATIO = 0.85  # to the second best (Lowe 2004 says 0.8; what is wrong is voted out)
TURN = 15.0  # degrees that a page given upright may still lean
BIN = 10.0  # degrees within which true matches turn alike, perspective included
OCTAVE = 0.7  # doublings of size within which they grow alike
NEAR = 4.0  # pixels of SIDE that a match may miss its plane by
LEAST = 6  # matches that a plane is worth trying with


@dataclass(frozen=True, eq=False)
class Features:
    """``places`` holds x, y, size and angle of each, in pixels of the given picture;
    ``looks`` the descriptor: 128 numbers, square-rooted and of length 512."""

    places: Floats
    looks: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.places)


def find_features(grey: Pixels) -> Features:
    shrink = min(1.0, SIDE / max(grey.shape))
    if shrink < 1.0:
        grey = np.asarray(
            cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA),
            np.uint8,
        )
    points, looks = cv2.SIFT.create(MOST).detectAndCompute(
        grey, np.full_like(grey, 255)
    )
    if not points:
        return Features(np.zeros((0, 4), np.float32), np.zeros((0, 128), np.uint8))
    places = np.array(
        [(*p.pt, p.size, p.angle) for p in points[:MOST]], dtype=np.float32
    )
    places[:, :3] /= shrink
    return Features(places, _rooted(np.asarray(looks[:MOST], np.float32)))


def _rooted(looks: Floats) -> NDArray[np.uint8]:
    """RootSIFT (Arandjelović 2012): lengths of shares tell print apart better."""
    total = np.maximum(looks.sum(axis=1, keepdims=True), 1.0)
    return np.asarray(np.clip(np.sqrt(looks / total) * 512, 0, 255), np.uint8)


def matched(reference: Features, page: Features) -> NDArray[np.intp]:
    """Pairs of indices that look alike, turn alike and grow alike."""
    if len(reference) < 2 or len(page) < 2:
        return np.zeros((0, 2), np.intp)
    likeness = reference.looks.astype(np.float32) @ page.looks.astype(np.float32).T
    rows = np.arange(len(reference))
    best = likeness.argmax(axis=1)
    first = likeness[rows, best].copy()
    likeness[rows, best] = -1
    second = likeness.max(axis=1)
    length = 512.0**2
    near, next_near = (
        np.sqrt(np.maximum(2 * (length - x), 0)) for x in (first, second)
    )
    good = near < RATIO * next_near
    pairs = np.stack([rows[good], best[good]], axis=1)
    agreeing = _agreeing(reference.places[pairs[:, 0]], page.places[pairs[:, 1]])
    return np.asarray(pairs[agreeing], np.intp)


def _agreeing(ours: Floats, theirs: Floats) -> NDArray[np.bool_]:
    """Which matches are of the commonest turn and growth (Hough, as Lowe 2004)."""
    turn = (theirs[:, 3] - ours[:, 3] + 180) % 360 - 180
    grown = np.log2(theirs[:, 2] / ours[:, 2])
    upright = np.abs(turn) <= TURN
    if not upright.any():
        return np.asarray(upright, np.bool_)
    alike = (np.abs(turn[:, None] - turn[None]) <= BIN / 2) & (
        np.abs(grown[:, None] - grown[None]) <= OCTAVE / 2
    )
    votes = np.where(upright, (alike & upright[None]).sum(axis=1), 0)
    centre = int(votes.argmax())
    near_turn = np.abs(turn - turn[centre]) <= BIN
    return np.asarray(
        upright & near_turn & (np.abs(grown - grown[centre]) <= OCTAVE), np.bool_
    )


def planes(ours: Floats, theirs: Floats, middle: float) -> Iterator[Plane]:
    """Planes that carry many of *ours* to *theirs* (N x 2 each), the likeliest first.

    A block that slid down with the rows above it has a plane of its own, and may hold
    more print than the head of the page: so the head, above *middle*, is asked, too.
    """
    left = np.ones(len(ours), np.bool_)
    for part in (left, ours[:, 1] < middle, left):
        chosen = np.flatnonzero(left & part)
        plane, inside = _plane(ours[chosen], theirs[chosen])
        if plane is not None:
            yield plane
            left[chosen[inside]] = False
            yield from _flat(ours[chosen[inside]], theirs[chosen[inside]])


def _plane(ours: Floats, theirs: Floats) -> tuple[Plane | None, NDArray[np.bool_]]:
    if len(ours) < LEAST:
        return None, np.zeros(len(ours), np.bool_)
    plane, inside = cv2.findHomography(ours, theirs, cv2.USAC_MAGSAC, NEAR)
    if plane is None or inside.sum() < LEAST:
        return None, np.zeros(len(ours), np.bool_)
    return np.asarray(plane, np.float64), np.asarray(inside, np.bool_).ravel()


def _flat(ours: Floats, theirs: Floats) -> Iterator[Plane]:
    """A similarity, where the print says too little for a perspective."""
    flat, _ = cv2.estimateAffinePartial2D(ours, theirs, ransacReprojThreshold=3 * NEAR)
    if flat is not None:
        yield np.vstack([np.asarray(flat, np.float64), [0, 0, 1]])


def likely(reference: Features, page: Features) -> int:
    """How many matches agree: what sorts many layouts before the best are tried."""
    return len(matched(reference, page))
