"""Where the print is: the detection network's map, and the outlines drawn from it.

The network (DB, Liao et al. 2020) marks the core of each line; the outline is that core
grown back to the line's full height.
"""

from __future__ import annotations

from math import sqrt

import cv2
import numpy as np
import numpy.typing as npt

from engines.ppocr.networks import Floats, Networks

Rgb = npt.NDArray[np.uint8]  # height x width x 3
Quad = Floats  # 4 corners x (x, y), clockwise from the top left

STRIDE = 32  # the network wants sides that are multiples of it
GLANCE_AREA = 300_000  # pixels of the first, cheap pass
MAX_AREA = 1_800_000  # pixels of the second: its memory grows with them
LINE_HEIGHT = 30  # what the second pass makes of the median line, in pixels
LIKELY = 0.3  # a pixel of the map is text
CERTAIN = 0.5  # a core is text: the mean of its pixels
GROWTH = 1.4  # of area by perimeter; a little less than the trained 1.5 cuts off dirt
SMALLEST_CORE = 3
SMALLEST_LINE = 4


def find_quads(networks: Networks, image: Rgb, max_side: int | None) -> list[Quad]:
    """Outlines of the lines on *image*, in its pixels, in no order.

    A glance at a small copy tells how high the print is; the size that is then looked
    at in earnest follows from it.
    """
    height, width = image.shape[:2]
    glance = min(1.0, sqrt(GLANCE_AREA / (width * height)))
    seen = quads_at(networks, image, glance)
    scale = earnest_scale(seen, width, height, max_side)
    return seen if scale == glance else quads_at(networks, image, scale)


def earnest_scale(
    seen: list[Quad], width: int, height: int, max_side: int | None
) -> float:
    """By how much to scale the page, so that its median line gets LINE_HEIGHT pixels.

    *max_side* caps the longest side; None leaves the cap to MAX_AREA, 0 lifts it.
    """
    largest = sqrt(MAX_AREA / (width * height)) if max_side != 0 else 2.0
    if max_side:
        largest = min(largest, max_side / max(width, height))
    if not seen:
        return min(largest, 1.0)
    print_height = float(np.median([quad_size(quad)[1] for quad in seen]))
    return min(largest, 2.0, LINE_HEIGHT / print_height)


def quads_at(networks: Networks, image: Rgb, scale: float) -> list[Quad]:
    """Outlines found on *image* scaled by *scale*, in the pixels of *image*."""
    height, width = image.shape[:2]
    size = rounded(width * scale), rounded(height * scale)
    way = cv2.INTER_AREA if size[0] < width else cv2.INTER_LINEAR
    resized = np.asarray(cv2.resize(image, size, interpolation=way), np.uint8)
    text = networks.text_map(as_input(resized))
    stretch = np.array([width / size[0], height / size[1]], np.float32)
    return [
        quad
        for core in cores(text)
        if min(quad_size(quad := clipped(core * stretch, width, height)))
        >= SMALLEST_LINE
    ]


def rounded(side: float) -> int:
    return max(STRIDE, round(side / STRIDE) * STRIDE)


def as_input(image: Rgb) -> Floats:
    """*image* as 1x3xHxW in -1..1, blue first, as both networks were trained."""
    planes = image[:, :, ::-1].transpose(2, 0, 1)[None]
    return np.ascontiguousarray(planes, np.float32) / np.float32(127.5) - 1


def cores(text: Floats) -> list[Quad]:
    """The grown outlines of all certain cores of the map, in its pixels."""
    mask = cv2.dilate((text > LIKELY).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        rectangle = cv2.minAreaRect(contour)
        if min(rectangle[1]) < SMALLEST_CORE:
            continue
        if certainty(text, corners_of(rectangle)) >= CERTAIN:
            found.append(ordered(corners_of(grown(rectangle))))
    return found


def certainty(text: Floats, corners: Floats) -> float:
    """The mean of the map within *corners*."""
    left, top, width, height = cv2.boundingRect(corners.astype(np.int32))
    right, bottom = left + width, top + height
    left, top = max(left, 0), max(top, 0)
    part = text[top:bottom, left:right]
    mask = np.zeros_like(part, dtype=np.uint8)
    cv2.fillPoly(mask, [(corners - (left, top)).astype(np.int32)], (1,))
    return float(cv2.mean(part, mask)[0])


def corners_of(rectangle: cv2.typing.RotatedRect) -> Floats:
    return cv2.boxPoints(rectangle).astype(np.float32, copy=False)


def grown(rectangle: cv2.typing.RotatedRect) -> cv2.typing.RotatedRect:
    centre, (width, height), angle = rectangle
    margin = width * height * GROWTH / (width + height)
    return centre, (width + margin, height + margin), angle


def ordered(corners: Floats) -> Quad:
    """*corners* clockwise from the top left."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left, right = by_x[:2], by_x[2:]
    top_left, bottom_left = left[np.argsort(left[:, 1])]
    top_right, bottom_right = right[np.argsort(right[:, 1])]
    return np.array([top_left, top_right, bottom_right, bottom_left], np.float32)


def clipped(quad: Quad, width: int, height: int) -> Quad:
    return np.clip(quad, 0, np.array([width, height], np.float32))


def quad_size(quad: Quad) -> tuple[float, float]:
    """The longer of the two widths and of the two heights."""
    top, right, bottom, left = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    return float(max(top, bottom)), float(max(left, right))
