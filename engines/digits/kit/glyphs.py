"""What a face draws: its digits as rasters, and whether they are there at all."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image, ImageFont

from engines.digits.alphabet import ARABIC, PERSIAN, WESTERN

Raster = NDArray[np.bool_]  # (SIDE, SIDE), the glyph alone, filling it

SIDE = 32
EM = 80  # pixels at which glyphs are looked at
CHARACTERS = {
    "arabic": ARABIC,
    "persian": PERSIAN,
    "western": WESTERN,
    "letters": "ابتجدرسصطعفقكلمنهوي",
    "latin": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
}
THIN = (
    0.25  # a glyph narrower than this share of its height is not stretched to a square
)


@cache
def codes(path: Path, index: int) -> frozenset[int]:
    """The characters for which the face has a glyph of its own."""
    with TTFont(path, fontNumber=index, lazy=True) as face:
        return frozenset(face.getBestCmap() or ())


@lru_cache(maxsize=4_096)
def font(path: Path, index: int, size: int, shaped: bool) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(path), size, index, layout_engine=layout)


@cache
def draws(path: Path, index: int, char: str) -> bool:
    """Whether there is ink on the glyph: some faces have blank ones, U+066B for one."""
    if ord(char) not in codes(path, index):
        return False
    return font(path, index, EM, False).getmask(char).getbbox() is not None


def scripts_of(path: Path, index: int) -> frozenset[str]:
    """The CHARACTERS that the face draws, all of each."""
    return frozenset(
        script
        for script, chars in CHARACTERS.items()
        if all(draws(path, index, char) for char in chars)
    )


def rasters(path: Path, index: int, chars: str) -> tuple[Raster, ...]:
    """The glyphs of *chars*, each fitted to a square; thin ones are not stretched."""
    return tuple(raster(path, index, char) for char in chars)


def raster(path: Path, index: int, char: str) -> Raster:
    mask = font(path, index, EM, False).getmask(char, mode="L")
    tones = Image.frombytes("L", mask.size, bytes(mask)).crop(mask.getbbox())
    fitted = Image.new("L", (SIDE, SIDE))
    thin = tones.width < THIN * tones.height
    width = max(1, round(SIDE * tones.width / tones.height)) if thin else SIDE
    fitted.paste(tones.resize((width, SIDE)), ((SIDE - width) // 2, 0))
    return np.asarray(fitted) > 127


def likeness(some: tuple[Raster, ...], others: tuple[Raster, ...]) -> float:
    """Intersection over union, 0..1, averaged over glyphs of the same characters."""
    pairs = zip(some, others, strict=True)
    return float(np.mean([(a & b).sum() / max(1, (a | b).sum()) for a, b in pairs]))
