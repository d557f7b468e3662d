"""Captures of a page, as scanners and phones make them, with the true mapping.

    python -m tests.invoices.captures PICTURE OUT [--kind photo] [--number 4]

The same page, seed and kind always give the same capture. ``photo`` is rotation ±7°,
perspective ±8 %, scale 0.6-1.5, shift, blur, uneven light, JPEG 40, curl and a desk;
``scan`` a shift, a small skew, another dpi and the contrast of a second copy; ``poor``
a photo that nobody should have to read: what is read wrong there must be doubted.
"""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from PIL import Image

from engines import Box, Polygon
from tests.invoices import looks
from tests.invoices.sheets import (
    Curl,
    Floats,
    Point,
    View,
    border,
    keystone,
    moved,
    scaled,
    turned,
)

Kind = Literal["scan", "photo", "poor"]
KINDS: tuple[Kind, ...] = get_args(Kind)

ROTATION = 7.0  # degrees
PERSPECTIVE = 0.08  # a far edge is so much shorter, the near one as much longer
CURL = 0.02  # of the page's height: 6 mm of an A4 sheet
SCAN_QUALITY = 60
LEAST_BLUR = 0.7  # of a lens, however few pixels there are


@dataclass(frozen=True)
class Camera:
    """``scales`` of the page, ``blur`` beside an ordinary one, ``noise`` in levels."""

    scales: tuple[float, float]
    quality: int
    blur: float
    noise: float


GOOD = Camera((0.6, 1.5), quality=40, blur=1.0, noise=4.0)
POOR = Camera((0.35, 0.6), quality=25, blur=1.4, noise=10.0)


@dataclass(frozen=True)
class Capture:
    """The picture, and where each point of the page lies on it (pixels of both)."""

    image: Image.Image
    view: View

    def carry(self, point: Point) -> Point:
        return self.view.carry(point)

    def carry_box(self, box: Box) -> Polygon:
        return self.view.carry_box(box)


def capture(page: Image.Image, seed: int, kind: Kind = "photo") -> Capture:
    """Take *page* (RGB, upright) as a picture of this *kind*."""
    random = np.random.default_rng([seed, KINDS.index(kind)])
    if kind == "scan":
        return scan(page, random)
    return photo(page, random, GOOD if kind == "photo" else POOR)


def photo(page: Image.Image, random: np.random.Generator, camera: Camera) -> Capture:
    scale = float(np.exp(random.uniform(*np.log(camera.scales))))
    curl = curled(page.size, random)
    plane = (
        scaled(scale, scale)
        @ turned(random.uniform(-ROTATION, ROTATION))
        @ keystone(page.size, *random.uniform(-PERSPECTIVE, PERSPECTIVE, 2))
    )
    view, size = framed(View(curl, plane), page.size, random.uniform(0.01, 0.12, 4))
    pixels = looks.lying(page, view, size, looks.desk(size, random), scale)
    pixels *= looks.shading(view, size, random)
    pixels *= looks.light(size, random)
    pixels = looks.blurred(pixels, random, max(scale, LEAST_BLUR) * camera.blur)
    pixels += looks.noise(size, random, most=camera.noise)
    return Capture(looks.jpeg(pixels, camera.quality), view)


def scan(page: Image.Image, random: np.random.Generator) -> Capture:
    width, height = page.size
    scale = float(random.choice([0.75, 1.0, 1.25, 1.5]))  # 150 to 300 dpi
    stretch = 1 + random.uniform(-0.004, 0.004, 2)  # rollers slip
    shift = random.uniform(-0.015, 0.015, 2) * page.size
    centre = moved(width / 2, height / 2)
    skewed = centre @ turned(random.uniform(-1.5, 1.5)) @ np.linalg.inv(centre)
    plane = scaled(scale, scale) @ moved(*shift) @ scaled(*stretch) @ skewed
    view = View(Curl(page.size), plane)
    size = (round(width * scale), round(height * scale))
    pixels = looks.lying(page, view, size, looks.lid(size, random), scale)
    pixels = looks.copied(pixels, random)
    pixels += looks.noise(size, random, most=3.0)
    return Capture(looks.jpeg(pixels, SCAN_QUALITY), view)


def curled(size: tuple[int, int], random: np.random.Generator) -> Curl:
    """A sheet that was folded or rolled: mostly bent along its height or its width."""
    angle = random.choice([0, np.pi / 2]) + random.normal(0, 0.2)
    height = random.uniform(0, CURL)
    foot = np.array(size) * random.uniform(0.2, 0.8, 2)
    a, b, c, d = random.uniform(-1, 1, 4) * (1, 0.7, 0.5, 0.3)
    return Curl(size, float(angle), height, (foot[0], foot[1]), (a, b, c, d))


def framed(
    view: View, page: tuple[int, int], margins: Floats
) -> tuple[View, tuple[int, int]]:
    """Move the whole sheet into the picture, with so much of the desk around it."""
    edge = view.carry_all(border(page))
    low, high = edge.min(axis=0), edge.max(axis=0)
    left, top, right, bottom = margins * np.tile(high - low, 2)
    width, height = high - low + (left + right, top + bottom)
    shift = moved(left - low[0], top - low[1])
    return View(view.curl, shift @ view.plane), (round(width), round(height))


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("picture", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--kind", choices=KINDS, default="photo")
    parser.add_argument("--number", type=int, default=4)
    given = parser.parse_args()
    page = Image.open(given.picture).convert("RGB")
    given.out.mkdir(parents=True, exist_ok=True)
    for seed in range(given.number):
        taken = capture(page, seed, given.kind)
        taken.image.save(given.out / f"{given.picture.stem}-{given.kind}-{seed}.png")


if __name__ == "__main__":
    main()
