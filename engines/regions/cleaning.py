"""A crop made plain: even light, no rules, no neighbours; and what ink is left."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from engines.regions.cutting import Cut
from engines.regions.parts import belonging, is_frame, is_halved, parts_of
from engines.types import Box

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]

FAINTEST = 24.0  # levels below the paper; paler than this is no print, but paper
NOISY = 4.0  # times the noise of the paper, so much darker is ink
SHARE = 0.4  # of the darkest ink's darkness, from which a pixel is ink
DARK = 0.6  # of the region's pixels are dark: the print is white
BORDER = 0.15  # of the region's height: what reaches no further in is a neighbour
PAPER = 31  # pixels of a copy of half the size, that no stroke is as thick as
THICK = 0.4  # of the region's height: no stroke is as thick
LONG = 6.0  # heights of the print: letters never touch each other for as long
SHORT = 2.5  # heights are enough for a rule that crosses most of a small region
MOST = 0.8
SIDE = 0.6  # of the region's height, and more than a letter's, is a frame's side
TALLER = 1.3
SHALLOW = 1.6  # times as high as its region print may be, drawn too tightly
RULE = 0.25  # of the print's height: no rule is as thick
FLAT = 15.0  # times as wide as high: no word whose letters touch
FULL = 0.95  # of the cut's height, that a rule beside the print takes
SPECK = 2.0  # pixels of the page, both ways


@dataclass(frozen=True, eq=False)
class Clean:
    """``grey`` is the crop, dark on light, without what is not the region's; ``bright``
    the same with even light, black on white; ``boxes`` hold its ink.

    ``print_height`` is the median height of its parts, ``strength`` the darkness of
    the ink (0..255), ``noise`` that of the paper, all in the cut's pixels; ``cut_off``
    says whether print runs on beyond what was cut, ``is_bare`` that the middle of the
    region held no ink at all, not even what was taken for rules.
    """

    grey: Grey
    bright: Grey
    ink: Mask
    boxes: tuple[Box, ...]
    print_height: float
    strength: float
    noise: float
    cut_off: bool
    is_bare: bool

    @property
    def is_blank(self) -> bool:
        return not self.boxes


def clean(cut: Cut, dots_count: bool = False) -> Clean:
    """*cut* without rules, lone specks (unless *dots_count*) and what lies around."""
    grey = np.asarray(cv2.cvtColor(cut.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    if is_white_on_dark(cut.inner_of(grey)):
        grey = 255 - grey
    paper = paper_below(grey)
    dark = np.clip(paper.astype(np.float32) - grey, 0, 255)
    strength, noise = strengths(dark)
    ink = dark > max(FAINTEST, NOISY * noise, SHARE * strength)
    print_height = height_of_print(ink, cut)
    rules = rules_in(ink, cut, print_height)
    labels, parts = parts_of(ink & ~rules)
    mine = belonging(parts, cut, print_height, dots_count)
    kept = np.isin(labels, [part.label for part in mine.parts])
    away = edge_of(ink & ~kept, kept)
    speck = SPECK * cut.scale
    boxes = tuple(
        part.box for part in mine.parts if max(part.box.width, part.box.height) > speck
    )
    if boxes:
        print_height = float(np.median([box.height for box in boxes]))
    return Clean(
        grey=np.where(away, paper, grey),
        bright=np.where(away, 255, stretched(dark, strength)),
        ink=kept,
        boxes=boxes,
        print_height=print_height,
        strength=strength,
        noise=noise,
        cut_off=mine.are_cut_off,
        is_bare=not middle_of(ink, cut).any(),
    )


def middle_of(ink: Mask, cut: Cut) -> Mask:
    """*ink* within the region, off its border."""
    off = round(BORDER * cut.inner.height)
    inside = cut.inner_of(ink)
    return inside[off : len(inside) - off, off : max(off + 1, inside.shape[1] - off)]


def paper_below(grey: Grey) -> Grey:
    """*grey* without its print. Shaded cells keep their edges, which are no ink."""
    height, width = grey.shape
    small = cv2.resize(grey, (max(1, width // 2), max(1, height // 2)))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((PAPER, PAPER), np.uint8))
    smooth = cv2.medianBlur(closed, 5)
    return np.asarray(cv2.resize(smooth, (width, height)), np.uint8)


def strengths(dark: Floats) -> tuple[float, float]:
    """How dark the ink is, and how uneven the paper, in levels of grey."""
    smooth = cv2.medianBlur(dark.astype(np.uint8), 3)
    strength = float(np.percentile(smooth, 99.9))
    paper = dark[dark < max(FAINTEST, SHARE * strength)]
    return strength, float(paper.std()) if paper.size else 0.0


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
    """The height of most of what may be letters; a guess where there are none."""
    whole = cut.pixels.shape[0]
    may_be = [
        part
        for part in parts_of(ink)[1]
        if SPECK * cut.scale < part.box.height <= SHALLOW * cut.inner.height
        and part.box.width < FLAT * part.box.height
        and not is_halved(part.box, whole)
        and not is_frame(part, cut)
    ]
    # By their ink: specks are many, and weigh nothing.
    half = sum(part.area for part in may_be) / 2
    for part in sorted(may_be, key=lambda part: part.box.height):
        half -= part.area
        if half <= 0:
            return part.box.height
    return cut.inner.height / 1.5


def rules_in(ink: Mask, cut: Cut, print_height: float) -> Mask:
    """The lines of a form on *ink*: longer than any stroke, thinner than any letter."""
    height, width = ink.shape
    pixels = ink.astype(np.uint8)
    crossing = max(SHORT * print_height, MOST * cut.inner.width)
    along = max(3, round(min(LONG * print_height, crossing, FULL * width)))
    up = max(3, round(FULL * height))
    thick = max(3.0, RULE * print_height)
    level = _runs(pixels, (along, 1), thick, axis=0)
    upright = _runs(pixels, (1, up), thick, axis=1)
    # A frame's sides are short, but hang together with its top.
    labels = parts_of(ink)[0]
    framed = np.isin(labels, labels[level]) & ink
    side = max(3, round(max(SIDE * cut.inner.height, TALLER * print_height)))
    return level | upright | _runs(framed.astype(np.uint8), (1, side), thick, axis=1)


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


def stretched(dark: Floats, strength: float) -> Grey:
    """Black print on white paper."""
    grey = 255 - np.clip(dark * (255 / max(strength, 2 * FAINTEST)), 0, 255)
    return np.asarray(grey, np.uint8)


def edge_of(away: Mask, kept: Mask) -> Mask:
    """*away* with the soft edge of its strokes, but not that of the print kept."""
    return _grown(away, 7) & ~_grown(kept, 3)


def _grown(mask: Mask, by: int) -> Mask:
    grown = cv2.dilate(mask.astype(np.uint8), np.ones((by, by), np.uint8))
    return np.asarray(grown > 0, np.bool_)
