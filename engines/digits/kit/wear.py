"""What scanners, cameras and cheap printers do to print, by lot, at several levels."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Level:
    """How bad it gets; chances are 0..1, sizes in pixels, tones in grey levels."""

    digit: tuple[int, int]  # height of a digit
    blur: Range  # sigma of a Gaussian
    noise: Range  # sigma, grey levels
    jpeg: tuple[int, int]  # quality
    jpeg_chance: float
    turn: float  # degrees either way
    contrast: Range  # of ink against paper
    light: float  # grey levels from one end to the other
    rules: float  # chance of lines across, under or beside
    coarse: float  # chance of dot print, thermal streaks, fewer pixels, specks
    stroke: float  # chance of thicker or thinner strokes
    is_legible: bool = True  # to people: LEGIBLE bounds what would make it unreadable


SEEN = 0.6  # of the darkest ink: what a glyph is seen by
# Bounds found by looking at crops, not at what a reader made of them: a share of a
# digit's height for blur, pixels of it that stay when scanned coarsely, grey levels
# between ink and paper, and a share of those for noise.
MOST_BLUR, LEAST_DIGIT, LEAST_DEPTH, MOST_NOISE = 0.075, 8, 45.0, 0.25
BRIGHTEST = 250.0  # paper under the lamp: brighter, and faint ink is gone with it
LEVELS = {
    "clean": Level(
        (20, 40), (0.0, 0.5), (0, 3), (80, 97), 0.5, 0.5, (0.85, 1), 8, 0.03, 0.0, 0.05
    ),
    "medium": Level(
        (13, 30),
        (0.0, 0.9),
        (0, 10),
        (40, 90),
        0.7,
        1.5,
        (0.6, 1),
        25,
        0.15,
        0.06,
        0.15,
    ),
    "small": Level(  # screenshots and sharp scans of fine print
        (7, 12), (0.0, 0.6), (0, 6), (60, 95), 0.7, 0.5, (0.6, 1), 10, 0.1, 0.0, 0.1
    ),
    "hard": Level(
        (10, 20),
        (0.4, 1.2),
        (2, 16),
        (25, 75),
        0.8,
        2.5,
        (0.35, 0.9),
        45,
        0.3,
        0.2,
        0.2,
    ),
    "extreme": Level(
        (8, 18),
        (0.5, 1.6),
        (4, 24),
        (15, 60),
        0.85,
        4.0,
        (0.25, 0.8),
        60,
        0.4,
        0.35,
        0.25,
        is_legible=False,
    ),
}


def worn(lot: np.random.Generator, ink: Floats, level: Level, digit: int) -> Pixels:
    """*ink* (paper 0, ink 1) printed, scanned or photographed: grey, 0 black."""
    ink = strokes(lot, ink, level, digit)
    ink = turned(lot, ink, level)
    if lot.random() < level.rules:
        ink = ruled(lot, ink, digit)
    if lot.random() < level.coarse:
        ink = coarse(lot, ink, digit, LEAST_DIGIT if level.is_legible else 0)
    sigma = float(lot.uniform(*level.blur))
    if level.is_legible:
        sigma = min(sigma, MOST_BLUR * digit)
    if sigma > 0.15:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), sigma), np.float32)
    paper, depth = tones_of(lot, ink, level)
    tones = lit(lot, paper - depth * ink, level)
    return pictured(lot, tones, level, depth * strength(ink))


def strokes(lot: np.random.Generator, ink: Floats, level: Level, digit: int) -> Floats:
    if lot.random() >= level.stroke:
        return ink
    kernel = np.ones((2, 2), np.uint8)
    if digit >= 18 and lot.random() < 0.4:
        return np.asarray(cv2.erode(ink, kernel), np.float32)
    thick = np.asarray(cv2.dilate(ink, kernel), np.float32)
    share = np.float32(lot.uniform(0.3, 1.0))
    return ink + (thick - ink) * share


def turned(lot: np.random.Generator, ink: Floats, level: Level) -> Floats:
    """Turned, slanted and bent a little, as sheets lie."""
    turn = np.radians(lot.uniform(-level.turn, level.turn))
    slant = lot.normal(0, 0.03 * level.turn)
    across = lot.uniform(-0.01, 0.01) * level.turn
    height, width = ink.shape
    # A long line turned by much would leave its crop: crops are cut along the line.
    rows = float(np.clip(np.tan(turn), -0.35 * height / width, 0.35 * height / width))
    more = int(abs(rows) * width / 2)
    ink = np.pad(ink, ((more, more), (0, 0)))
    height += 2 * more
    matrix = np.array(
        [
            [1 + across, slant, -slant * height / 2],
            [rows, 1.0, -rows * width / 2],
        ],
        np.float32,
    )
    return np.asarray(
        cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR), np.float32
    )


def ruled(lot: np.random.Generator, ink: Floats, digit: int) -> Floats:
    """Rules and the lines of boxes: under, above, beside, dotted, or right across."""
    ink = ink.copy()
    height, width = ink.shape
    thick = max(1, round(digit * lot.uniform(0.02, 0.12)))
    tone = float(lot.uniform(0.35, 1.0))
    for _ in range(int(lot.integers(1, 4))):
        where = lot.random()
        if where < 0.7:
            near_edge = lot.random() < 0.75
            y = lot.choice((0.04, 0.12, 0.88, 0.95)) if near_edge else lot.random()
            fall = lot.normal(0, 0.02) * height
            ends = (0, round(y * height)), (width, round(y * height + fall))
        else:
            x = round(lot.choice((0.01, 0.03, 0.97, 0.99)) * width)
            ends = (x, 0), (x, height)
        drawn = np.zeros_like(ink)
        cv2.line(drawn, *ends, (tone,), thick, cv2.LINE_AA)
        if lot.random() < 0.2:  # dotted
            drawn[:, :: max(2, thick * 2)] = 0
        ink = np.maximum(ink, drawn)
    return ink


def coarse(lot: np.random.Generator, ink: Floats, digit: int, least: int) -> Floats:
    """The marks of dot matrix, thermal paper, fax and dirt; scanned too coarsely, a
    digit keeps *least* pixels of its height."""
    height, width = ink.shape
    way = lot.random()
    if way < 0.25:  # needles: round dots, seven to nine a digit
        step = digit / lot.uniform(7, 10)
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        off = np.square((y / step) % 1 - 0.5) + np.square((x / step) % 1 - 0.5)
        dots = np.clip(1.25 - 3.2 * off, 0, 1)
        return np.asarray(ink * dots, np.float32)
    if way < 0.5:  # a thermal head with weak elements
        fade = np.asarray(lot.uniform(0.3, 1.0, (height, 1)), np.float32)
        soft = cv2.GaussianBlur(fade, (1, 0), 0, sigmaY=0.8)
        return np.asarray(ink * np.reshape(soft, (-1, 1)), np.float32)
    if way < 0.75:  # scanned with too few dots
        share = min(1.0, max(float(lot.uniform(0.45, 0.85)), least / digit))
        small = (max(4, round(width * share)), max(4, round(height * share)))
        few = cv2.resize(ink, small, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.resize(few, (width, height)), np.float32)
    specks = lot.random(ink.shape) < lot.uniform(0.002, 0.02)
    holes = lot.random(ink.shape) < lot.uniform(0.0, 0.06)
    return np.where(holes, 0, np.maximum(ink, specks)).astype(np.float32)


def tones_of(lot: np.random.Generator, ink: Floats, level: Level) -> Range:
    """The grey level of paper, and how much darker full ink is."""
    paper = float(lot.uniform(190, 255))
    depth = paper * float(lot.uniform(*level.contrast)) * float(lot.uniform(0.85, 1.0))
    if level.is_legible:
        depth = max(depth, LEAST_DEPTH / max(strength(ink), 0.2))
    return paper, min(depth, paper)


def strength(ink: Floats) -> float:
    """How dark glyphs are on *ink*, 0..1: thin and blurred ones are faint."""
    seen = ink[ink > SEEN * ink.max()]
    return float(np.median(seen)) if len(seen) else 0.0


def lit(lot: np.random.Generator, tones: Floats, level: Level) -> Floats:
    """*tones* under a lamp that stands nearer to one end, or behind a shadow."""
    height, width = tones.shape
    if lot.random() < 0.6:
        fall = lot.uniform(-level.light, level.light)
        tones += np.linspace(-fall / 2, fall / 2, width, dtype=np.float32)[None, :]
    if lot.random() < 0.3:
        few = lot.normal(0, level.light / 3, (2, max(2, width // height + 1)))
        tones += cv2.resize(np.asarray(few, np.float32), (width, height))
    if level.is_legible:
        tones -= max(0.0, float(tones.max()) - BRIGHTEST)
    return np.asarray(tones, np.float32)


def pictured(
    lot: np.random.Generator, tones: Floats, level: Level, depth: float
) -> Pixels:
    """The sensor's noise, and what the file format keeps.

    *depth* is how much darker ink is than paper, in grey levels.
    """
    sigma = float(lot.uniform(*level.noise))
    if level.is_legible:
        sigma = min(sigma, MOST_NOISE * depth)
    tones = tones + lot.standard_normal(tones.shape, np.float32) * np.float32(sigma)
    pixels = np.clip(tones, 0, 255).astype(np.uint8)
    if lot.random() < level.jpeg_chance:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(lot.integers(*level.jpeg))]
        packed = cv2.imencode(".jpg", pixels, quality)[1]
        pixels = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    if lot.random() < level.coarse / 3:  # a fax, or a scan in black and white
        paper = cv2.blur(pixels.astype(np.float32), (2 * len(pixels) + 1,) * 2)
        edge = paper - depth * float(lot.uniform(0.2, 0.4))
        pixels = np.where(pixels > edge, 255, 0).astype(np.uint8)
    return 255 - pixels if lot.random() < 0.02 else pixels
