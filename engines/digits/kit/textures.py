"""Crops with no print on them: paper, stains, rules, shadows, cloth, dust."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def blank_crop(lot: np.random.Generator) -> Pixels:
    """Grey, 12..60 rows high, with nothing on it that anyone would read."""
    height = int(lot.integers(12, 60))
    width = int(height * lot.uniform(0.8, 9))
    paper = float(lot.uniform(120, 255))
    tones = np.full((height, width), paper, np.float32)
    grain = lot.standard_normal((height, width)).astype(np.float32)
    soft = float(lot.choice((0.0, 0.6, 1.2, 2.5)))
    if soft:
        grain = np.asarray(cv2.GaussianBlur(grain, (0, 0), soft)) * (1 + soft * 2)
    tones += grain * float(lot.uniform(0, 14))
    for paint in (shadow, stain, rule, rule, weave, specks):
        if lot.random() < 0.3:
            tones = paint(lot, tones)
    pixels = np.clip(tones, 0, 255).astype(np.uint8)
    if lot.random() < 0.5:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(lot.integers(20, 90))]
        packed = cv2.imencode(".jpg", pixels, quality)[1]
        pixels = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    return pixels


def shadow(lot: np.random.Generator, tones: NDArray[np.float32]) -> NDArray[np.float32]:
    """From one end to the other, or a hand's edge."""
    height, width = tones.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    turn = lot.uniform(0, 2 * np.pi)
    along = (x / width - 0.5) * np.cos(turn) + (y / height - 0.5) * np.sin(turn)
    if lot.random() < 0.5:
        along = np.tanh(along * lot.uniform(4, 30)) / 2
    return np.asarray(tones + along * lot.uniform(10, 120), np.float32)


def stain(lot: np.random.Generator, tones: NDArray[np.float32]) -> NDArray[np.float32]:
    """Blots with soft edges, and the ring of a cup."""
    height, width = tones.shape
    spot = np.zeros_like(tones)
    centre = (int(lot.integers(0, width)), int(lot.integers(0, height)))
    radius = int(lot.integers(max(2, height // 2), height * 2))
    thick = -1 if lot.random() < 0.6 else int(lot.integers(1, 4))
    cv2.circle(spot, centre, radius, (1.0,), thick, cv2.LINE_AA)
    spot = np.asarray(cv2.GaussianBlur(spot, (0, 0), float(lot.uniform(1.5, 6))))
    return np.asarray(tones - spot * lot.uniform(10, 90), np.float32)


def rule(lot: np.random.Generator, tones: NDArray[np.float32]) -> NDArray[np.float32]:
    """A rule or the side of a box, right across, whole, dashed or dotted."""
    height, width = tones.shape
    drawn = np.zeros_like(tones)
    thick = int(lot.integers(1, 4))
    if lot.random() < 0.7:
        y = int(lot.integers(0, height))
        ends = (0, y), (width, y + int(lot.normal(0, 1.5)))
    else:
        x = int(lot.choice((1, 2, width - 3, width - 2)))
        ends = (x, 0), (x, height)
    cv2.line(drawn, *ends, (1.0,), thick, cv2.LINE_AA)
    if lot.random() < 0.3 and ends[0][0] == 0:
        step = int(lot.integers(3, 14))
        drawn[:, np.arange(width) % step < step // 2] = 0
    return np.asarray(tones - drawn * lot.uniform(30, 220), np.float32)


def weave(lot: np.random.Generator, tones: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cloth, screens and the raster of a printed tint."""
    height, width = tones.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    step = lot.uniform(2, 7)
    wave = np.sin(x * 2 * np.pi / step) + np.sin(
        y * 2 * np.pi / (step * lot.uniform(0.7, 1.4))
    )
    return np.asarray(tones + wave * lot.uniform(2, 18), np.float32)


def specks(lot: np.random.Generator, tones: NDArray[np.float32]) -> NDArray[np.float32]:
    """Dust and toner: single pixels, now and then four, anywhere."""
    spots = (lot.random(tones.shape) < 10 ** lot.uniform(-3.3, -1.6)).astype(np.float32)
    if lot.random() < 0.2:
        spots = np.asarray(cv2.dilate(spots, np.ones((2, 2), np.uint8)), np.float32)
    return np.asarray(tones - spots * lot.uniform(40, 220), np.float32)
