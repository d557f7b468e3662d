"""Crops on which no digit is printed: paper, its grain, shadows, stains and rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from engines.digits.kit.evaluation.types import Labelled, Reader

Tones = NDArray[np.float64]  # 0 black .. 255 white

COUNT = 1_000
FIRST_SEED = 90_000_000
HEIGHTS, WIDTHS = (16, 72), (16, 420)


def blank(seed: int) -> Labelled:
    """The blank crop of *seed*; ``family`` names what is on it."""
    lot = np.random.default_rng(FIRST_SEED + seed)
    height, width = int(lot.integers(*HEIGHTS)), int(lot.integers(*WIDTHS))
    kinds = list(MAKERS)
    kind = kinds[seed % len(kinds)]
    paper = np.full((height, width), float(lot.integers(150, 256)))
    tones = MAKERS[kind](lot, paper)
    if kind != "plain" and lot.random() < 0.5:
        tones = grain(lot, tones)
    image = Image.fromarray(np.clip(tones, 0, 255).astype(np.uint8))
    return Labelled(image, "", kind)


def plain(lot: np.random.Generator, tones: Tones) -> Tones:
    return tones


def grain(lot: np.random.Generator, tones: Tones) -> Tones:
    """The noise of a sensor, or the coarser one of paper."""
    noise = lot.normal(0, lot.uniform(1, 14), tones.shape)
    if lot.random() < 0.5:
        noise = 2.5 * smoothed(noise, lot.uniform(0.6, 2.0))
    return tones + noise


def shadow(lot: np.random.Generator, tones: Tones) -> Tones:
    """Light that falls off to a side, or the edge of a shadow."""
    height, width = tones.shape
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    angle, reach = lot.uniform(0, 2 * np.pi), lot.uniform(20, 110)
    ramp = across * np.cos(angle) + down * np.sin(angle)
    if lot.random() < 0.4:
        ramp = np.tanh((ramp - lot.uniform(-0.7, 0.7)) * lot.uniform(2, 9))
    return np.asarray(tones + reach * ramp / 2 - reach / 2)


def stain(lot: np.random.Generator, tones: Tones) -> Tones:
    """Soft blotches, as of coffee, or show-through of the other side."""
    height, width = tones.shape
    rows, columns = np.mgrid[0:height, 0:width]
    for _ in range(int(lot.integers(1, 4))):
        y, x = lot.uniform(0, height), lot.uniform(0, width)
        high, wide = lot.uniform(0.3, 1.5) * height, lot.uniform(0.4, 2.5) * height
        far = np.hypot((rows - y) / high, (columns - x) / wide)
        tones = tones - lot.uniform(10, 70) * np.exp(-(far**2))
    return tones


def rules(lot: np.random.Generator, tones: Tones) -> Tones:
    """Lines of a form: along the crop, or the side of a cell at its very edge."""
    height, width = tones.shape
    image = Image.fromarray(np.clip(tones, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    ink, thick = int(lot.integers(0, 120)), int(lot.integers(1, 4))
    slope = lot.uniform(-0.02, 0.02) * width
    for _ in range(int(lot.integers(1, 3))):
        y = lot.uniform(0, height)
        draw.line((0, y, width, y + slope), ink, thick)
    if lot.random() < 0.4:
        side = 1 if lot.random() < 0.5 else width - 2
        draw.line((side, 0, side, height), ink, thick)
    if lot.random() < 0.5:
        image = image.filter(ImageFilter.GaussianBlur(lot.uniform(0.3, 1.0)))
    return np.asarray(image, np.float64)


def specks(lot: np.random.Generator, tones: Tones) -> Tones:
    """Dust, and the dots of a poor copier."""
    spots = lot.random(tones.shape) < lot.uniform(0.001, 0.02)
    return np.where(spots, lot.uniform(0, 120), tones)


def texture(lot: np.random.Generator, tones: Tones) -> Tones:
    """Woven or recycled paper, a tinted ground with waves."""
    height, width = tones.shape
    rows, columns = np.mgrid[0:height, 0:width]
    angle, pitch = lot.uniform(0, np.pi), lot.uniform(2, 14)
    phase = 2 * np.pi * (rows * np.sin(angle) + columns * np.cos(angle)) / pitch
    cloud = smoothed(lot.normal(0, 1, tones.shape), lot.uniform(1, 6))
    cloud *= lot.uniform(3, 18) / max(1e-6, float(cloud.std()))
    return np.asarray(tones - 20 + lot.uniform(0, 14) * np.sin(phase) + cloud)


def smoothed(noise: Tones, radius: float) -> Tones:
    return np.asarray(cv2.GaussianBlur(noise, (0, 0), radius), np.float64)


MAKERS: dict[str, Callable[[np.random.Generator, Tones], Tones]] = {
    "plain": plain,
    "grain": grain,
    "shadow": shadow,
    "stain": stain,
    "rules": rules,
    "specks": specks,
    "texture": texture,
}


@dataclass(frozen=True, slots=True)
class Invented:
    """On how many blanks of a kind a digit was read, of how many that were shown."""

    read: int
    shown: int


def invented(reader: Reader, count: int = COUNT) -> dict[str, Invented]:
    """By kind. A crop counts once, however many digits were read on it."""
    read, shown = Counter[str](), Counter[str]()
    for seed in range(count):
        one = blank(seed)
        shown[one.family] += 1
        read[one.family] += any(char.isdigit() for char in reader(one.image).text)
    return {kind: Invented(read[kind], shown[kind]) for kind in shown}
