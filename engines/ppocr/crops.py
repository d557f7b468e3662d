"""Lines cut out of the page: level, one height, ready for the recognition network."""

from __future__ import annotations

import cv2
import numpy as np

from engines.ppocr.detection import Quad, Rgb, quad_size

HEIGHT = 48  # the recognition network's
STEP = 8  # pixels of width per step of the lattice
NARROWEST, WIDEST = 2 * STEP, 1024 * STEP
MIN_CONTRAST = 40  # of a row with print, in grey levels
AIR = 0.2  # of the print's height, above and below it
TALL = 1.5  # height by width from which a crop may hold turned print


def directions(quad: Quad) -> list[Quad]:
    """*quad* from every corner where its text may begin.

    A tall one holds a narrow character, or print that runs down or up the page.
    """
    width, height = quad_size(quad)
    if height < TALL * width:
        return [quad]
    return [quad, np.roll(quad, -1, axis=0), np.roll(quad, 1, axis=0)]


def cut(image: Rgb, quad: Quad) -> Rgb:
    """The part of *image* within *quad*, made a level rectangle."""
    width, height = (max(1, round(side)) for side in quad_size(quad))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    level = cv2.warpPerspective(
        image,
        cv2.getPerspectiveTransform(quad, corners),
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(level, np.uint8)


def trimmed(crop: Rgb) -> Rgb:
    """*crop* without the rows above and below its print, but for a little air.

    A line drawn by hand has margins; at the network's height they leave no print.
    """
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
    spread = np.asarray(grey.max(axis=1) - grey.min(axis=1), np.int32)
    rows = np.flatnonzero(spread > max(MIN_CONTRAST, int(spread.max()) // 2))
    if not len(rows):
        return crop
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    air = AIR * (bottom - top)
    return crop[max(0, round(top - air)) : round(bottom + air)]


def fitted(crop: Rgb) -> Rgb:
    """*crop* at the network's height, its width one of few: see ``width_near``."""
    height, width = crop.shape[:2]
    size = width_near(HEIGHT * width / height), HEIGHT
    way = cv2.INTER_AREA if height > 2 * HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(crop, size, interpolation=way), np.uint8)


def width_near(ideal: float) -> int:
    """A width within a sixteenth of *ideal* (from 128 on), whole in steps.

    A runtime keeps memory and prepares code for each width it meets: some 70 widths
    are kept cheaply, a thousand are not. So little stretching costs no accuracy.
    """
    step = max(STEP, 2 ** (int(max(ideal, 1)).bit_length() - 4))
    return int(min(max(round(ideal / step) * step, NARROWEST), WIDEST))
