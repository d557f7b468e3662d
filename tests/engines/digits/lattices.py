"""Scores made by hand: what a network would say, frame by frame."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engines.digits.alphabet import BLANK, CLASS_OF, CLASSES
from engines.digits.decoding import Scores

Frame = str | Mapping[str, float]  # the symbol that is seen, or the chance of each
LEFT = 1e-6  # of each class that is not spoken of


def scores_of(frames: str | list[Frame]) -> Scores:
    """A row for each of *frames*; "_" is the blank."""
    chances = np.full((len(frames), CLASSES), LEFT, np.float64)
    for row, frame in zip(chances, frames, strict=True):
        said = {frame: 1.0} if isinstance(frame, str) else frame
        for symbol, chance in said.items():
            row[BLANK if symbol == "_" else CLASS_OF[symbol]] = chance
    chances /= chances.sum(axis=1, keepdims=True)
    return np.log(chances).astype(np.float32)
