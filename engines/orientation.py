"""Which way is up, told without reading a word: for a few hundredths of a second.

The axis comes from tiles of the page: across the lines of print the ink comes and
goes, along them it does not. Up or down comes from PP-OCR's small classifier of lines
that stand on their heads, asked about the longest lines.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.errors import EngineUnavailable
from engines.images.raster import turn
from engines.ink import Pixels, ink_of, letters_of, skew_of, small_grey

SIDE = 1000  # pixels of the longest side on which the page is looked at
TILE = 96
INKED = (0.01, 0.5)  # the share of ink in a tile that holds print
SURE_OF_AXIS = 0.1  # mean logarithm of the two variances' ratio
MIN_LINES = 3
MOST_LINES = 12
SURE_OF_UP = 0.15  # how far the classifier's mean must be from one half
LINE_LENGTH = 6  # heights of a line that the classifier is shown

CLASSIFIER = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
CLASSIFIER_SIZE = (192, 48)


class Found(NamedTuple):
    """A line on the small copy, in pixels."""

    left: int
    top: int
    width: int
    height: int


def quarter_turns_needed(image: Image.Image) -> int:
    """Quarter turns clockwise that set *image* (RGB) upright; 0 when in doubt."""
    grey, _ = small_grey(image, SIDE)
    letters, size = letters_of(ink_of(grey))
    lead = lead_of_rows(letters)
    if not size or abs(lead) < SURE_OF_AXIS:
        return 0
    sideways = int(lead < 0)
    lying = turn(image, sideways)
    down = share_upside_down(lying)
    if abs(down - 0.5) < SURE_OF_UP:
        down = share_upside_down(_levelled(lying))
    if abs(down - 0.5) < SURE_OF_UP:
        return 0
    return sideways + 2 * int(down > 0.5)


def lead_of_rows(letters: Pixels) -> float:
    """Above 0 where print runs across the picture, below where it runs down."""
    height, width = (side - side % TILE for side in letters.shape)
    if not height or not width:
        return 0.0
    ink = (letters[:height, :width] > 0).astype(np.float32)
    tiles = ink.reshape(height // TILE, TILE, width // TILE, TILE)
    across, down = tiles.sum(axis=3).var(axis=1), tiles.sum(axis=1).var(axis=2)
    share = tiles.mean(axis=(1, 3))
    inked = (share > INKED[0]) & (share < INKED[1])
    if not inked.any():
        return 0.0
    return float(np.log((across[inked] + 1) / (down[inked] + 1)).mean())


def _levelled(image: Image.Image) -> Image.Image:
    letters, _ = letters_of(ink_of(small_grey(image, SIDE)[0]))
    return image.rotate(skew_of(letters), Image.Resampling.BILINEAR, fillcolor="white")


def share_upside_down(image: Image.Image) -> float:
    """The share of print across *image* that stands on its head; 0.5: unsure."""
    grey, scale = small_grey(image, SIDE)
    lines = longest_lines(grey)
    if len(lines) < MIN_LINES:
        return 0.5
    return float(upside_down([_crop(image, line, 1 / scale) for line in lines]).mean())


def longest_lines(grey: Pixels) -> list[Found]:
    """Lines made by smearing the letters along the rows (Wong 1982)."""
    letters, size = letters_of(ink_of(grey))
    if not size:
        return []
    brush = np.ones((1, max(2, round(1.6 * size))), np.uint8)
    smeared = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, brush)
    _, _, stats, _ = cv2.connectedComponentsWithStats(smeared)
    found = [
        Found(int(left), int(top), int(width), int(height))
        for left, top, width, height, area in stats[1:]
        if 0.6 * size <= height <= 2.2 * size
        and width >= 2.5 * height
        and area >= 0.3 * width * height
    ]
    return sorted(found, key=lambda line: -line.width)[:MOST_LINES]


def _crop(image: Image.Image, line: Found, scale: float) -> Image.Image:
    margin = 0.1 * line.height
    length = min(line.width, LINE_LENGTH * line.height)
    left, top = line.left - margin, line.top - margin
    right, bottom = line.left + length + margin, line.top + line.height + margin
    return image.crop(
        (
            round(left * scale),
            round(top * scale),
            round(right * scale),
            round(bottom * scale),
        )
    )


def upside_down(crops: list[Image.Image]) -> NDArray[np.float32]:
    """For each crop of a line, how likely it stands on its head."""
    batch = np.stack([_classifier_input(crop) for crop in crops])
    (scores,) = _classifier().run(None, {"x": batch})
    return np.asarray(scores, dtype=np.float32)[:, 1]


def _classifier_input(crop: Image.Image) -> NDArray[np.float32]:
    """3x48x192 of -1..1, BGR, the crop at the left and grey beside it."""
    width, height = CLASSIFIER_SIZE
    wide = min(width, max(1, round(crop.width * height / crop.height)))
    pixels = np.asarray(crop.resize((wide, height)), np.float32)
    out = np.zeros((3, height, width), np.float32)
    out[:, :, :wide] = (pixels[:, :, ::-1] / 127.5 - 1).transpose(2, 0, 1)
    return out


def warm_up() -> None:
    """Load the classifier, so that the first page costs what others do."""
    _classifier()


@lru_cache(maxsize=1)
def _classifier() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    spec = find_spec("rapidocr")  # found, not imported: that is slow, and it logs
    if spec is None or spec.origin is None:
        raise EngineUnavailable("The package rapidocr is not installed.")
    path = Path(spec.origin).parent / "models" / CLASSIFIER
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"]
    )
