"""A crop made plain: even light, no rules, no neighbours; and what ink is left."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.preprocess import paper_of
from engines.regions.cutting import Cut
from engines.types import Box

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Parts = NDArray[np.int32]  # a row for each: left, top, width, height, area

FAINTEST = 24.0  # levels below the paper; paler than this is no print, but paper
NOISY = 4.0  # times the noise of the paper, so much darker is ink
SHARE = 0.4  # of the darkest ink's darkness, from which a pixel is ink
DARK = 0.6  # of the region's pixels are dark: the print is white
THICK = 0.4  # of the region's height: no stroke is as thick
LONG = 2.2  # heights of the print: no stroke of a letter is as long as a rule
RULE = 0.25  # of the print's height: no rule is as thick
FULL = 0.95  # of the cut's height, that a rule beside the print takes
CHAIN = 0.35  # of the print's height: closer parts belong to one word
SPECK = 2.0  # pixels of the page, both ways


@dataclass(frozen=True, eq=False)
class Clean:
    """``grey`` is what is read: dark print on white; ``boxes`` hold its ink.

    ``print_height`` is the median height of its parts, ``strength`` the darkness of
    the ink (0..255), ``noise`` that of the paper, all in the cut's pixels; ``cut_off``
    says whether print runs on beyond what was cut.
    """

    grey: Grey
    ink: Mask
    boxes: tuple[Box, ...]
    print_height: float
    strength: float
    noise: float
    cut_off: bool

    @property
    def is_blank(self) -> bool:
        return not self.boxes


def clean(cut: Cut) -> Clean:
    """*cut* without rules and what lies around its region."""
    dark, strength, noise = darkness(cut)
    level = max(FAINTEST, NOISY * noise, SHARE * strength)
    ink = dark > level
    print_height = height_of_print(ink, cut)
    rules = rules_in(ink, print_height)
    kept, cut_off = within(ink & ~rules, cut, print_height)
    grey = whitened(dark, strength, ink & ~kept, kept)
    boxes = boxes_of(kept, SPECK * cut.scale)
    if boxes:
        print_height = float(np.median([box.height for box in boxes]))
    else:
        kept = np.zeros_like(kept)
    return Clean(grey, kept, boxes, print_height, strength, noise, cut_off)


def darkness(cut: Cut) -> tuple[NDArray[np.float32], float, float]:
    """How much darker than its paper each pixel is; of the ink, and of the paper."""
    grey = np.asarray(cv2.cvtColor(cut.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    if is_white_on_dark(cut.inner_of(grey)):
        grey = 255 - grey
    dark = np.clip(paper_of(grey).astype(np.float32) - grey, 0, 255)
    smooth = cv2.medianBlur(dark.astype(np.uint8), 3)
    strength = float(np.percentile(smooth, 99.9))
    paper = dark[dark < max(FAINTEST, SHARE * strength)]
    noise = float(paper.std()) if paper.size else 0.0
    return dark, strength, noise


def is_white_on_dark(grey: Grey) -> bool:
    """Whether *grey* is mostly dark and its bright part thin, as print is: a head in
    reverse. A shadow's edge has a bright part too, but no thin one."""
    if np.ptp(grey) < 3 * FAINTEST:
        return False
    _, bright = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if (bright == 0).mean() < DARK:
        return False
    side = max(3, round(THICK * grey.shape[0]))
    square = np.ones((side, side), np.uint8)
    thick = cv2.morphologyEx(np.asarray(bright, np.uint8), cv2.MORPH_OPEN, square)
    return bool(thick.sum() < 0.5 * bright.sum())


def height_of_print(ink: Mask, cut: Cut) -> float:
    """The median height of what may be letters; the region's where there are none."""
    parts = parts_of(ink)[1]
    height = parts[:, cv2.CC_STAT_HEIGHT]
    width = parts[:, cv2.CC_STAT_WIDTH]
    least = max(SPECK * cut.scale, 0.1 * min(cut.inner.height, 200.0))
    letters = height[(height > least) & (width < 4 * height)]
    letters = letters[letters <= cut.inner.height]
    if not len(letters):
        return float(cut.inner.height) / 1.5
    return float(np.median(letters))


def rules_in(ink: Mask, print_height: float) -> Mask:
    """The lines of a form on *ink*: longer than any stroke, thinner than any letter."""
    height, width = ink.shape
    pixels = ink.astype(np.uint8)
    along = max(3, min(round(LONG * print_height), round(0.9 * width)))
    up = max(3, round(FULL * height))
    thick = max(3.0, RULE * print_height)
    level = _runs(pixels, (along, 1), thick, axis=0)
    upright = _runs(pixels, (1, up), thick, axis=1)
    return level | upright


def _runs(pixels: Grey, shape: tuple[int, int], thick: float, axis: int) -> Mask:
    """Where *pixels* run on for *shape* (width, height), and are no thicker."""
    # A rule that leans by a pixel is still one: it is closed up first.
    square = (1, 3) if axis == 0 else (3, 1)
    closed = cv2.dilate(pixels, np.ones(square[::-1], np.uint8))
    kernel = np.ones(shape[::-1], np.uint8)
    found = cv2.morphologyEx(closed, cv2.MORPH_OPEN, kernel)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(found.astype(np.uint8))
    length = stats[:, cv2.CC_STAT_WIDTH if axis == 0 else cv2.CC_STAT_HEIGHT]
    is_thin = stats[:, cv2.CC_STAT_AREA] / np.maximum(length, 1) <= thick + 2
    is_thin[0] = False
    return np.asarray(is_thin[labels] & (pixels > 0), np.bool_)


def within(ink: Mask, cut: Cut, print_height: float) -> tuple[Mask, bool]:
    """The ink of the region, with the rest of words that its edge cuts; and whether
    a word runs on beyond the cut."""
    labels, parts = parts_of(ink)
    if not len(parts):
        return ink, False
    chosen = chained(parts, cut.inner, CHAIN * print_height)
    keep = np.concatenate([[False], chosen])
    right = parts[:, 0] + parts[:, 2]
    at_edge = (parts[:, 0] <= 1) | (right >= ink.shape[1] - 1)
    is_letter = parts[:, 3] > 0.4 * print_height
    return np.asarray(keep[labels], np.bool_), bool(
        (chosen & at_edge & is_letter).any()
    )


def chained(parts: Parts, inner: Box, reach: float) -> Mask:
    """Which of *parts* lie in *inner*, or so close to one that does as one word."""
    left, top = parts[:, 0], parts[:, 1]
    right, bottom = left + parts[:, 2], top + parts[:, 3]
    across, down = (left + right) / 2, (top + bottom) / 2
    in_rows = (down >= inner.top) & (down <= inner.bottom)
    chosen = in_rows & (across >= inner.left) & (across <= inner.right)
    while True:
        mine = np.flatnonzero(chosen)
        near = np.zeros(len(parts), bool)
        for index in np.flatnonzero(in_rows & ~chosen):
            gap = np.maximum(left[mine], left[index]) - np.minimum(
                right[mine], right[index]
            )
            shared = np.minimum(bottom[mine], bottom[index]) - np.maximum(
                top[mine], top[index]
            )
            near[index] = bool(((gap <= reach) & (shared > 0)).any())
        if not near.any():
            return np.asarray(chosen, np.bool_)
        chosen = chosen | near


def whitened(
    dark: NDArray[np.float32], strength: float, away: Mask, kept: Mask
) -> Grey:
    """Black print on white paper, stretched, without what is *away*."""
    grey = 255 - np.clip(dark * (255 / max(strength, 2 * FAINTEST)), 0, 255)
    if away.any():
        # The soft edge of a stroke goes with it, that of the print kept stays.
        edge = _grown(away, 5) & ~_grown(kept, 3)
        grey = np.where(edge, 255, grey)
    return np.asarray(grey, np.uint8)


def _grown(mask: Mask, by: int) -> Mask:
    grown = cv2.dilate(mask.astype(np.uint8), np.ones((by, by), np.uint8))
    return np.asarray(grown > 0, np.bool_)


def boxes_of(ink: Mask, speck: float) -> tuple[Box, ...]:
    """Around each part of *ink* that is more than a speck."""
    found = []
    for left, top, width, height, _ in parts_of(ink)[1].tolist():
        if max(width, height) > speck:
            found.append(Box(left, top, left + width, top + height))
    return tuple(found)


def parts_of(ink: Mask) -> tuple[NDArray[np.int32], Parts]:
    """The labels of the connected parts of *ink*, and a row for each but paper."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8))
    return np.asarray(labels, np.int32), np.asarray(stats[1:], np.int32)
