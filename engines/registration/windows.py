"""A part of a page as the reference's frame sees it, cut from the full picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.registration.bending import bent, carried
from engines.registration.types import Registration
from engines.types import Box, Point

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Plane = NDArray[np.float64]

NODES = 24  # along each side, between which the sheet is as good as flat
MOST = 4000  # pixels of a window's side


def plane_of(registration: Registration) -> Plane:
    return np.array(registration.matrix, np.float64).reshape(3, 3)


def carried_all(registration: Registration, points: Floats) -> Floats:
    """Points of the reference (N x 2), in its pixels, to the page."""
    return carried(plane_of(registration), bent(registration.bend, points))


def brought_back(registration: Registration, point: Point) -> Point:
    """A point of the page to the reference; the bend is undone step by step."""
    undone = np.asarray(np.linalg.inv(plane_of(registration)), np.float64)
    back = carried(undone, np.array([point], np.float32))
    place = back
    for _ in range(4 if registration.bend else 0):
        place = np.asarray(back - (bent(registration.bend, place) - place), np.float32)
    return float(place[0, 0]), float(place[0, 1])


def window(
    image: Image.Image, registration: Registration, box: Box, scale: float
) -> Pixels:
    """What *image* shows where *box* of the reference lies: upright, grey.

    ``scale`` is how many pixels of the answer one of the reference gets.
    """
    width = int(min(MOST, max(1, round(box.width * scale))))
    height = int(min(MOST, max(1, round(box.height * scale))))
    places = carried_all(registration, _nodes(box)).reshape(NODES, NODES, 2)
    low = np.floor(places.reshape(-1, 2).min(axis=0)).astype(int) - 2
    high = np.ceil(places.reshape(-1, 2).max(axis=0)).astype(int) + 3
    low = np.clip(low, 0, [image.width - 1, image.height - 1])
    high = np.clip(high, low + 1, [image.width, image.height])
    part = image.crop((int(low[0]), int(low[1]), int(high[0]), int(high[1])))
    shrink = max(1, int(_density(places, width, height)))
    grey = np.asarray(part.convert("L").reduce(shrink), np.uint8)
    places = (places - low - (shrink - 1) / 2) / shrink
    x = np.linspace(0, NODES - 1, width, dtype=np.float32)
    y = np.linspace(0, NODES - 1, height, dtype=np.float32)
    across, down = (
        np.asarray(cv2.remap(side, *_grid(x, y), cv2.INTER_LINEAR), np.float32)
        for side in np.moveaxis(places.astype(np.float32), -1, 0)
    )
    seen = cv2.remap(
        grey, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(seen, np.uint8)


def _nodes(box: Box) -> Floats:
    x = np.linspace(box.left, box.right, NODES)
    y = np.linspace(box.top, box.bottom, NODES)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2).astype(np.float32)


def _grid(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    across, down = np.meshgrid(x, y)
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _density(places: Floats, width: int, height: int) -> float:
    """How many pixels of the page one of the answer stands for."""
    across = np.linalg.norm(places[0, -1] - places[0, 0]) / width
    down = np.linalg.norm(places[-1, 0] - places[0, 0]) / height
    return float(min(across, down))


def density_at(registration: Registration, box: Box) -> float:
    """How many pixels of the page one of the reference gets about *box*."""
    first, second, third, _ = registration.carry_box(box)
    across = np.hypot(second[0] - first[0], second[1] - first[1]) / box.width
    down = np.hypot(third[0] - second[0], third[1] - second[1]) / box.height
    return float(max(across, down))
