"""Pictures of lines as OpenOCR's recogniser sees them, and worn ones to learn from."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

Pixels = NDArray[np.uint8]  # (48, W, 3), blue first

HEIGHT = 48
NARROWEST = 320  # columns: what is narrower is filled up to it with middle grey
WIDEST = 1_600
STEP = 8  # columns of a picture to one of the answer
# What a copy to learn from may differ by: a scanner's and a photographer's accidents.
TURN, SLANT, STRETCH, SHIFT = 1.5, 0.08, 0.08, 0.04  # degrees, shares
CONTRAST, LIGHT, NOISE, BLUR = 0.45, 30.0, 8.0, 0.9  # share, grey levels, pixels
QUALITY = (35, 90)  # of JPEG
COARSE = 0.55  # of the pixels that are left of a line scanned too coarsely


def scaled(image: Image.Image) -> Pixels:
    """*image* at a height of 48 pixels."""
    pixels = np.asarray(image.convert("RGB"), np.uint8)[..., ::-1]
    exact = HEIGHT * image.width / image.height
    # OpenOCR rounds so, too.
    width = math.ceil(exact) if exact < NARROWEST else int(exact)
    return np.asarray(cv2.resize(pixels, (width, HEIGHT)), np.uint8)


def as_input(lines: Sequence[Pixels], least: int = NARROWEST) -> Tensor:
    """(N, 3, 48, W) -1..1: as wide as the widest of *lines* and *least*."""
    width = max(least, *(line.shape[1] for line in lines))
    batch = np.zeros((len(lines), 3, HEIGHT, width), np.float32)
    for row, line in enumerate(lines):
        values = line.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
        batch[row, :, :, : line.shape[1]] = values
    return torch.from_numpy(batch)


def varied(lot: np.random.Generator, line: Pixels) -> Pixels:
    """A copy of *line*, as wide, that another scanner could have made."""
    line = placed(lot, line)
    if lot.random() < 0.3:
        line = coarser(lot, line)
    if lot.random() < 0.4:
        line = np.asarray(cv2.GaussianBlur(line, (0, 0), lot.uniform(0.2, BLUR)))
    tones = toned(lot, line.astype(np.float32))
    if lot.random() < 0.4:
        tones += lot.normal(0, lot.uniform(1, NOISE), (*line.shape[:2], 1))
    line = np.clip(tones, 0, 255).astype(np.uint8)
    if lot.random() < 0.3:
        wish = [cv2.IMWRITE_JPEG_QUALITY, int(lot.integers(*QUALITY))]
        packed = cv2.imencode(".jpg", line, wish)[1]
        line = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)
    return line


def placed(lot: np.random.Generator, line: Pixels) -> Pixels:
    """Turned, slanted, stretched and shifted a little, within its own edges."""
    height, width = line.shape[:2]
    # A long line that is turned by much would leave its crop.
    fall = np.tan(np.radians(lot.uniform(-TURN, TURN)))
    fall = float(np.clip(fall, -0.1 * height / width, 0.1 * height / width))
    slant = lot.uniform(-SLANT, SLANT)
    across, along = 1 + lot.uniform(-STRETCH, 0), 1 + lot.uniform(-STRETCH, STRETCH)
    right, down = lot.uniform(0, SHIFT, 2) * height
    matrix = np.array(
        [
            [across, slant, right - slant * height / 2],
            [fall, along, down + (1 - along) * height / 2 - fall * width / 2],
        ]
    )
    return np.asarray(
        cv2.warpAffine(line, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )


def coarser(lot: np.random.Generator, line: Pixels) -> Pixels:
    height, width = line.shape[:2]
    share = lot.uniform(COARSE, 0.9)
    small = (max(4, round(width * share)), max(4, round(height * share)))
    few = cv2.resize(line, small, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(few, (width, height)), np.uint8)


def toned(lot: np.random.Generator, tones: NDArray[np.float32]) -> NDArray[np.float32]:
    """Paler or darker, under a lamp at one end; a negative now and then."""
    middle = float(tones.mean())
    tones = (tones - middle) * lot.uniform(1 - CONTRAST, 1.1) + middle
    tones += lot.uniform(-LIGHT, LIGHT)
    lamp = np.linspace(-1, 1, tones.shape[1], dtype=np.float32)[None, :, None]
    tones += lamp * lot.uniform(-LIGHT, LIGHT) / 2
    return np.asarray(255 - tones if lot.random() < 0.02 else tones, np.float32)
