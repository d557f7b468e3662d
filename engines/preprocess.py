"""A page made easier to read: pure steps, each of which says when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import cos, radians, sin, sqrt
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.errors import EngineError
from engines.geometry import IDENTITY, Affine, scaling
from engines.ink import Pixels, ink_of, letters_of, skew_of, small_grey

AUTO, NONE = "auto", "none"
WHITE = (255, 255, 255)
SIDE = 1000  # pixels of the longest side on which skew is measured
LEAST_SKEW = 1.5  # degrees; readers cope with less, and turning blurs
SMALL_PRINT = 18.0  # pixels of the median letter below which enlarging pays
GOOD_PRINT = 24.0
MOST_PIXELS = 24_000_000  # to which a page is enlarged
PAPER = 15  # pixels, on a quarter-size copy, that no stroke is as thick as
SPECK = 3  # pixels of a speck at most
OUTSTANDING = 40  # levels of grey by which a speck differs from those around it
MANY_SPECKS = 0.004  # of the pixels away from print; clean scans have 0.001
AWAY = 9  # pixels of the square that a stroke keeps from being called away
LEAST_AWAY = 0.05  # of the page
GREY_PAPER = 235
PALE_INK = 110
MIN_INK = 100  # pixels; less is no print


@dataclass(frozen=True, eq=False)
class Prepared:
    """A picture, RGB, the map from its pixels back to the page's, and what was done."""

    image: Image.Image
    back: Affine = IDENTITY
    done: tuple[str, ...] = ()


class Step(NamedTuple):
    """``needed`` is asked under "auto" only; ``run`` does the step in any case."""

    run: Callable[[Prepared], Prepared]
    needed: Callable[[Image.Image], bool]


def prepare(image: Image.Image, wish: str, automatic: tuple[str, ...] = ()) -> Prepared:
    """*image* (RGB) after the steps of *wish*: "auto", "none", or names with commas.

    "auto" does those of the *automatic* steps that this page needs.

    Raises:
        EngineError: a name is none of ``STEPS``.
    """
    prepared = Prepared(image)
    for name in automatic if wish == AUTO else steps_in(wish):
        if wish != AUTO or STEPS[name].needed(prepared.image):
            prepared = STEPS[name].run(prepared)
            prepared = replace(prepared, done=(*prepared.done, name))
    return prepared


def steps_in(wish: str) -> tuple[str, ...]:
    """The steps that *wish* names, in the order in which they are done."""
    names = {name.strip() for name in wish.split(",")} - {"", NONE}
    for name in sorted(names - STEPS.keys()):
        known = ", ".join([AUTO, NONE, *STEPS])
        raise EngineError(f"There is no preprocessing “{name}”. Choose from: {known}.")
    return tuple(name for name in STEPS if name in names)


def deskew(prepared: Prepared) -> Prepared:
    """Level the lines of print."""
    return rotated(prepared, skew_angle(prepared.image))


def skew_angle(image: Image.Image) -> float:
    """How many degrees the lines fall to the right; 0 where there is no telling."""
    letters, _ = letters_of(ink_of(small_grey(image, SIDE)[0]))
    return skew_of(letters)


def rotated(prepared: Prepared, angle: float) -> Prepared:
    """The picture turned against the clock; it grows so that no corner is lost."""
    width, height = prepared.image.size
    across, down = cos(radians(angle)), sin(radians(angle))
    new_width = round(width * across + height * abs(down))
    new_height = round(height * across + width * abs(down))
    back = Affine(
        across,
        -down,
        (width - across * new_width + down * new_height) / 2,
        down,
        across,
        (height - down * new_width - across * new_height) / 2,
    )
    image = prepared.image.transform(
        (new_width, new_height),
        Image.Transform.AFFINE,
        tuple(back),
        Image.Resampling.BICUBIC,
        fillcolor=WHITE,
    )
    return replace(prepared, image=image, back=back.then(prepared.back))


def upscale(prepared: Prepared) -> Prepared:
    """Enlarge, twice at most, until the print is of a good size."""
    width, height = prepared.image.size
    size = letter_size(prepared.image) or GOOD_PRINT / 2
    room = max(1.0, sqrt(MOST_PIXELS / (width * height)))
    factor = min(max(GOOD_PRINT / size, 1.0), 2.0, room)
    image = prepared.image.resize(
        (round(width * factor), round(height * factor)), Image.Resampling.BICUBIC
    )
    back = scaling(width / image.width).then(prepared.back)
    return replace(prepared, image=image, back=back)


def letter_size(image: Image.Image) -> float:
    """The median size of its letters in pixels; 0.0 where there are too few to say."""
    return letters_of(ink_of(np.asarray(image.convert("L"))))[1]


def denoise(prepared: Prepared) -> Prepared:
    """Take out lone specks, dark and bright; strokes lose a pixel at most."""
    grey = _grey(prepared)
    specks, around = _specks(grey)
    return _with_grey(prepared, np.where(specks, around, grey))


def _specks(grey: Pixels) -> tuple[NDArray[np.bool_], Pixels]:
    """Where *grey* has specks, and what it would be without them."""
    around = np.asarray(cv2.medianBlur(grey, 3), np.uint8)
    differs = (cv2.absdiff(grey, around) > OUTSTANDING).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(differs)
    is_speck = stats[:, cv2.CC_STAT_AREA] <= SPECK
    is_speck[0] = False
    return is_speck[labels], around


def contrast(prepared: Prepared) -> Prepared:
    """Even out the light: paper is white everywhere, the darkest ink black."""
    return _with_grey(prepared, evened(_grey(prepared)))


def threshold(prepared: Prepared) -> Prepared:
    """Black on white: the evened page, parted by Otsu's method."""
    even = evened(_grey(prepared))
    _, black = cv2.threshold(even, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return _with_grey(prepared, black)


def evened(grey: Pixels) -> Pixels:
    """*grey* less its own paper, stretched to the full range."""
    ink = np.clip(_paper(grey).astype(np.float32) - grey, 0, 255)
    darkest = max(float(np.percentile(ink, 99.5)), 32.0)
    return np.asarray(255 - (ink * (255 / darkest)).clip(0, 255), np.uint8)


def _paper(grey: Pixels) -> Pixels:
    """The page without its print: the brightest close by, smoothed."""
    height, width = grey.shape
    small = cv2.resize(grey, (max(1, width // 4), max(1, height // 4)))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((PAPER, PAPER), np.uint8))
    smooth = cv2.medianBlur(closed, PAPER)
    return np.asarray(cv2.resize(smooth, (width, height)), np.uint8)


def _grey(prepared: Prepared) -> Pixels:
    return np.asarray(prepared.image.convert("L"))


def _with_grey(prepared: Prepared, grey: object) -> Prepared:
    pixels = np.asarray(grey, np.uint8)
    return replace(prepared, image=Image.fromarray(pixels).convert("RGB"))


def _is_skewed(image: Image.Image) -> bool:
    return abs(skew_angle(image)) >= LEAST_SKEW


def _is_small(image: Image.Image) -> bool:
    return 0 < letter_size(image) < SMALL_PRINT


def _is_specked(image: Image.Image) -> bool:
    grey = np.asarray(image.convert("L"))
    specks, around = _specks(grey)
    ink = ink_of(np.where(specks, around, grey))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    is_stroke = stats[:, cv2.CC_STAT_AREA] > 2 * SPECK
    is_stroke[0] = False
    strokes = is_stroke[labels].astype(np.uint8)
    away = cv2.dilate(strokes, np.ones((AWAY, AWAY), np.uint8)) == 0
    # The corners of letters look like specks, and dithered print is made of them.
    return bool(away.mean() > LEAST_AWAY and specks[away].mean() > MANY_SPECKS)


def _is_dim(image: Image.Image) -> bool:
    grey = small_grey(image, SIDE)[0]
    ink = grey[ink_of(grey) > 0]
    if len(ink) < MIN_INK:
        return False
    return (
        float(np.median(grey)) < GREY_PAPER or float(np.percentile(ink, 10)) > PALE_INK
    )


def _never(image: Image.Image) -> bool:
    """Readers do better on greys than on what a threshold leaves of them."""
    return False


STEPS: dict[str, Step] = {  # in the order in which they are done
    "denoise": Step(denoise, _is_specked),
    "deskew": Step(deskew, _is_skewed),
    "upscale": Step(upscale, _is_small),
    "contrast": Step(contrast, _is_dim),
    "threshold": Step(threshold, _never),
}
