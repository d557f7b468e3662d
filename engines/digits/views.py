"""A doubtful crop looked at in several ways, and what they agree on.

Each view reads the crop as other print would be: wider, bolder, a column further on
(test-time augmentation). Of all that they read the text is kept that is likeliest in
all of them together (a product of experts, Hinton 2002), by CTC's forward algorithm
(Graves et al. 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.digits.alphabet import BLANK, CLASS_OF
from engines.digits.crops import Crop
from engines.digits.decoding import Scores, Symbol
from engines.digits.network import FRAME

Likelihoods = NDArray[np.float64]
LEAST = 1e-200  # of what is not impossible


@dataclass(frozen=True, slots=True)
class View:
    """How many times as wide, the power of the ink (below 1 bolder), columns of paper
    put before it."""

    width: float = 1.0
    power: float = 1.0
    shift: int = 0

    def of(self, crop: Crop) -> Crop:
        """The pixels of *crop*, seen so; its place stays that of *crop*."""
        height, width = crop.pixels.shape
        pixels = crop.pixels
        if self.width != 1.0:
            wide = max(FRAME, round(width * self.width / FRAME) * FRAME)
            pixels = np.asarray(Image.fromarray(pixels).resize((wide, height)))
        if self.shift:
            pixels = np.pad(pixels, ((0, 0), (self.shift, FRAME - self.shift)))
        seen = np.clip(pixels, 0.0, 1.0) ** np.float32(self.power)
        return replace(crop, pixels=np.ascontiguousarray(seen, np.float32))

    def back(self, symbols: Sequence[Symbol]) -> list[Symbol]:
        """*symbols* read in this view, in the frames of the crop itself."""
        places = [
            (int(symbol.start / self.width), round(symbol.end / self.width))
            for symbol in symbols
        ]
        return [
            replace(symbol, start=start, end=max(start + 1, end))
            for symbol, (start, end) in zip(symbols, places, strict=True)
        ]


VIEWS = (
    View(shift=1),
    View(width=0.9, power=0.7, shift=1),
    View(width=1.15, power=0.7),
    View(power=1.4, shift=1),
)


def agreed(readings: Sequence[tuple[Scores, Sequence[Symbol]]]) -> Sequence[Symbol]:
    """Of what was read in several views the likeliest in all, as the surest has it."""
    texts = [text_of(symbols) for _, symbols in readings]
    candidates = sorted(set(texts))
    together = sum(likelihoods(scores, candidates) for scores, _ in readings)
    best = candidates[int(np.argmax(together))]
    same = [
        symbols
        for text, (_, symbols) in zip(texts, readings, strict=True)
        if text == best
    ]
    return max(same, key=weakest)


def text_of(symbols: Sequence[Symbol]) -> str:
    return "".join(symbol.symbol for symbol in symbols)


def weakest(symbols: Sequence[Symbol]) -> float:
    """The confidence of the least sure one; of none 0."""
    return min((symbol.confidence for symbol in symbols), default=0.0)


def likelihoods(scores: Scores, texts: Sequence[str]) -> Likelihoods:
    """(len(texts),): the logarithm of how likely each of *texts* is in *scores*, all
    ways to lay it over the frames together."""
    longest = 2 * max(map(len, texts), default=0) + 1
    labels = np.full((len(texts), longest), BLANK)
    for row, text in zip(labels, texts, strict=True):
        row[1 : 2 * len(text) : 2] = [CLASS_OF[symbol] for symbol in text]
    # Past a blank, onto another symbol than the last.
    jumps = np.zeros(labels.shape)
    jumps[:, 2:] = (labels[:, 2:] != BLANK) & (labels[:, 2:] != labels[:, :-2])
    paths = np.zeros(labels.shape)
    paths[:, 0] = 1.0
    total = np.zeros(len(texts))
    for frame in np.exp(scores.astype(np.float64))[:, labels]:
        ahead = paths.copy()
        ahead[:, 1:] += paths[:, :-1]
        ahead[:, 2:] += paths[:, :-2] * jumps[:, 2:]
        paths = ahead * frame
        scale = np.maximum(paths.sum(axis=1), LEAST)  # else long lines underflow
        paths /= scale[:, None]
        total += np.log(scale)
    rows, ends = np.arange(len(texts)), 2 * np.array([*map(len, texts)], np.intp)
    done = paths[rows, ends] + paths[rows, ends - 1] * (ends > 0)
    return np.asarray(total + np.log(np.maximum(done, LEAST)))
