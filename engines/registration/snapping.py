"""A region laid exactly: by the marks close by, then grown to the letters it cuts."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.registration.marks import find_print, look_for
from engines.registration.reference import Prepared
from engines.registration.types import Placement, Registration
from engines.registration.windows import density_at, window
from engines.types import Box

Pixels = NDArray[np.uint8]
Marks = NDArray[np.int16]

ROUND = (0.12, 0.04)  # of the page's sides: how far away marks still speak
REACH = 5  # pixels (of 100 dpi) that the page's own registration may be off by
ALIKE = 0.85  # correlation of marks that may move a region
AGREE = 1.0  # pixels within which two marks say the same
WITNESSES = 2

LINE = 40  # pixels of a line of print in the window that letters are looked for in
ROOM = 0.4  # of a region's height, or of a line's, that it may grow up and down
REST = 0.2  # of a line's height: letters so close to each other are one word
OWN = 0.3  # of a letter's width that lies in the region, lest it be the neighbour's
CUT = 1.0  # pixels by which a letter must stand out to be cut, not touched
MOST_GROWN = 2.0  # lines' heights, to each side


def snapped(
    image: Image.Image,
    prepared: Prepared,
    registration: Registration,
    box: Box,
    *,
    alone: bool = False,
) -> Placement:
    """*box* (pixels of the reference) on the page; *alone*: the marks around it have
    not moved with it."""
    shift = None if alone else _shift_of_marks(image, prepared, registration, box)
    across, down = shift or (0.0, 0.0)
    moved = Box(
        box.left + across, box.top + down, box.right + across, box.bottom + down
    )
    grown = _grown(image, registration, moved)
    polygon, score = registration.carry_box(grown), registration.score
    return Placement(polygon, score, "registration" if grown == box else "snapped")


def _shift_of_marks(
    image: Image.Image, prepared: Prepared, registration: Registration, box: Box
) -> tuple[float, float] | None:
    """By how much the marks around *box* are off their places, where they agree."""
    scale = prepared.scale
    near = _near(prepared, box)
    if len(near) < WITNESSES:
        return None
    room = REACH + 4
    left, top = near[:, :2].min(axis=0).astype(int) - room
    right, bottom = near[:, 2:].max(axis=0).astype(int) + room
    height, width = prepared.grey.shape
    left, top, right, bottom = (
        max(0, left),
        max(0, top),
        min(width, right),
        min(height, bottom),
    )
    around = Box(left / scale, top / scale, right / scale, bottom / scale)
    seen = window(image, registration, around, scale)
    ours = prepared.grey[top : top + seen.shape[0], left : left + seen.shape[1]]
    here = (near - np.array([left, top, left, top])).astype(np.int16)
    found = look_for(here, np.ascontiguousarray(ours), seen, REACH)
    good = found.shifts[found.alike >= ALIKE]
    if len(good) < WITNESSES:
        return None
    middle = np.median(good, axis=0)
    agreeing = good[np.abs(good - middle).max(axis=1) <= AGREE]
    if len(agreeing) < max(WITNESSES, len(good) / 2):
        return None
    across, down = agreeing.mean(axis=0) / scale
    return float(across), float(down)


def _near(prepared: Prepared, box: Box) -> Marks:
    """The marks around *box*, those within it left out: they are what changes."""
    scale, marks = prepared.scale, prepared.marks
    wide, high = ROUND[0] * prepared.width * scale, ROUND[1] * prepared.height * scale
    left, top = box.left * scale, box.top * scale
    right, bottom = box.right * scale, box.bottom * scale
    close = (
        (marks[:, 2] > left - wide)
        & (marks[:, 0] < right + wide)
        & (marks[:, 3] > top - high)
        & (marks[:, 1] < bottom + high)
    )
    within = (
        (marks[:, 2] > left)
        & (marks[:, 0] < right)
        & (marks[:, 3] > top)
        & (marks[:, 1] < bottom)
    )
    return np.asarray(marks[close & ~within], np.int16)


def _grown(image: Image.Image, registration: Registration, box: Box) -> Box:
    """*box* grown to whole letters and words where it cuts some."""
    side = MOST_GROWN * box.height
    around = Box(
        box.left - side,
        box.top - ROOM * box.height,
        box.right + side,
        box.bottom + ROOM * box.height,
    )
    scale = min(density_at(registration, box), LINE / box.height)
    letters = _letters(window(image, registration, around, scale))
    inner = [
        (box.left - around.left) * scale,
        (box.top - around.top) * scale,
        (box.right - around.left) * scale,
        (box.bottom - around.top) * scale,
    ]
    left, top, right, bottom = _around_letters(inner, letters)
    return Box(
        around.left + left / scale if left < inner[0] else box.left,
        around.top + top / scale if top < inner[1] else box.top,
        around.left + right / scale if right > inner[2] else box.right,
        around.top + bottom / scale if bottom > inner[3] else box.bottom,
    )


def _letters(grey: Pixels) -> NDArray[np.float64]:
    """Boxes of what may be letters on *grey*: no rules, no specks."""
    height, width = grey.shape
    _, _, stats, _ = cv2.connectedComponentsWithStats(find_print(grey, height))
    boxes = stats[1:, :4].astype(np.float64)
    boxes[:, 2:] += boxes[:, :2]
    sides = boxes[:, 2:] - boxes[:, :2]
    high = (sides[:, 1] >= 0.12 * height) & (sides[:, 1] <= 0.75 * height)
    narrow = sides[:, 0] <= max(2.5 * height, 0.2 * width)
    whole = (boxes[:, 1] > 0) & (boxes[:, 3] < height)
    return np.asarray(boxes[high & narrow & whole], np.float64)


def _around_letters(
    inner: list[float], letters: NDArray[np.float64]
) -> tuple[float, float, float, float]:
    left, top, right, bottom = inner
    middle = (letters[:, 1] + letters[:, 3]) / 2
    own = letters[(middle > top) & (middle < bottom)]
    within = own[(own[:, 2] > left) & (own[:, 0] < right)]
    if not len(within):
        return left, top, right, bottom
    line = float(np.median(within[:, 3] - within[:, 1]))
    top, bottom = min(top, within[:, 1].min()), max(bottom, within[:, 3].max())
    across = within[_belongs(within, left, right, REST * line)]
    cut_left, cut_right = across[:, 0] < left - CUT, across[:, 2] > right + CUT
    if cut_left.any():
        left = _end_of_word(own, float(across[cut_left, 0].min()), line)
    if cut_right.any():
        flipped = -own[:, [2, 1, 0, 3]]
        right = -_end_of_word(flipped, -float(across[cut_right, 2].max()), line)
    return left, float(top), right, float(bottom)


def _belongs(
    within: NDArray[np.float64], left: float, right: float, rest: float
) -> NDArray[np.bool_]:
    """Which letters are the region's, not a neighbour's that reaches into it: enough
    of them lies within, or they stand close to one that does."""
    inner = np.minimum(within[:, 2], right) - np.maximum(within[:, 0], left)
    own = inner >= OWN * (within[:, 2] - within[:, 0])
    for _ in range(2):
        starts, ends = within[own, 0][None], within[own, 2][None]
        gaps = np.maximum(starts - within[:, 2:3], within[:, 0:1] - ends)
        own |= (gaps <= rest).any(axis=1)
    return np.asarray(own, np.bool_)


def _end_of_word(letters: NDArray[np.float64], start: float, line: float) -> float:
    """How far to the left the word runs on from *start*, letter by letter."""
    rest = REST * line
    while True:
        near = letters[(letters[:, 0] < start) & (letters[:, 2] > start - rest)]
        if not len(near):
            return start
        start = float(near[:, 0].min())
