"""The ink of a line in connected parts: taken out, or left standing alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.digits.crops import PAPER, Floats, in_grey, inked
from engines.types import Box

INKED = 0.5  # of full ink
WITHIN = 0.7  # of a blot's width, that lies between two columns if it belongs there
MARGIN = 3  # pixels of paper around blots that stand alone
SMALLEST = 6  # pixels of a bracket's height
NARROW = 1.6  # times as high as wide
MOST = 500  # blots that are looked at: where there are more, it is a texture
BOW = 0.12  # of its width, by which a bracket's middle stands out
UNEVEN = 0.3  # of their height, by which two brackets may differ
NEAR, FAR = 0.15, 4.0  # of their height: what may stand between two brackets
FEW = 0.01  # of a line's ink: rows with less, apart from the others, are of other lines

Chosen = NDArray[np.intp]  # numbers of blots
Columns = NDArray[np.intp]
RIM = np.ones((3, 3), np.uint8)  # the grey pixels around a blot are its own


@dataclass(frozen=True, eq=False)
class Blots:
    """The connected parts of *ink* (paper 0 .. ink 1): *labels* says to which a pixel
    belongs, 0 to none; *sides* are left, top, right and bottom of each."""

    ink: Floats
    labels: NDArray[np.int32]
    sides: NDArray[np.int32]

    def between(self, left: float, right: float) -> Chosen:
        """The blots that lie between two columns, or nearly so."""
        starts, ends = self.sides[:, 0], self.sides[:, 2]
        shared = np.minimum(ends, right) - np.maximum(starts, left)
        inside = shared >= WITHIN * (ends - starts)
        inside[0] = False
        return np.flatnonzero(inside)

    def box(self, chosen: Chosen) -> Box:
        sides = self.sides[chosen]
        left, top = (float(side) for side in sides[:, :2].min(axis=0))
        right, bottom = (float(side) for side in sides[:, 2:].max(axis=0))
        return Box(left, top, right, bottom)

    def where(self, chosen: Chosen) -> NDArray[np.bool_]:
        """The pixels of *chosen*, their rims with them."""
        flags = np.isin(self.labels, chosen).astype(np.uint8)
        return np.asarray(cv2.dilate(flags, RIM), np.bool_)

    def rows(self) -> tuple[int, int]:
        """Top and bottom of the line, without bits of those above and below it."""
        dark = (self.ink > INKED).sum(axis=1)
        edges = np.flatnonzero(np.diff(np.pad(dark > 0, 1).astype(np.int8)))
        bands = [
            (int(top), int(bottom))
            for top, bottom in edges.reshape(-1, 2)
            if dark[top:bottom].sum() >= FEW * dark.sum()
        ]
        return (bands[0][0], bands[-1][1]) if bands else (0, len(dark))

    def bracketed(self) -> Iterator[tuple[int, int, Chosen]]:
        """Each opening bracket with the next closing one that may be its mate, and what
        stands between them."""
        closing = sorted(self.bowed(+1), key=lambda label: int(self.sides[label, 0]))
        for left in self.bowed(-1):
            for right in closing:
                if are_mates(self.sides[left], self.sides[right]):
                    yield left, right, self.inside(left, right)
                    break

    def inside(self, left: int, right: int) -> Chosen:
        """What stands between two brackets, on their level."""
        chosen = self.between(float(self.sides[left, 2]), float(self.sides[right, 0]))
        middles = self.sides[chosen][:, [1, 3]].mean(axis=1)
        top, bottom = self.sides[left, 1], self.sides[left, 3]
        return np.asarray(chosen[(middles > top) & (middles < bottom)])

    def bowed(self, way: int) -> list[int]:
        """Narrow blots that are bowed to the left (-1) or to the right (+1)."""
        widths, heights = (self.sides[:, 2:] - self.sides[:, :2]).T
        narrow = (heights >= SMALLEST) & (heights >= NARROW * widths)
        narrow[0] = False
        labels = np.flatnonzero(narrow)[:MOST]
        return [int(label) for label in labels if self.bow(int(label)) * way >= BOW]

    def bow(self, label: int) -> float:
        """How far the middle of a blot is to the right of its ends, by its width."""
        left, top, right, bottom = self.sides[label]
        part = self.labels[top:bottom, left:right] == label
        columns = np.arange(right - left)
        middles = part @ columns / np.maximum(part.sum(axis=1), 1)
        third = max(1, (bottom - top) // 4)
        ends = np.concatenate([middles[:third], middles[-third:]]).mean()
        return float(middles[third:-third].mean() - ends) / float(right - left)

    def gaps(self, chosen: Chosen) -> tuple[float, float]:
        """Columns of paper left and right of *chosen*, up to the ink of others."""
        box = self.box(chosen)
        middles = self.sides[:, [0, 2]].mean(axis=1)
        others = np.ones(len(self.sides), np.bool_)
        others[0] = others[chosen] = False
        left = self.sides[others & (middles < box.centre[0]), 2].max(initial=0)
        width = self.ink.shape[1]
        right = self.sides[others & (middles > box.centre[0]), 0].min(initial=width)
        return box.left - float(left), float(right) - box.right

    def alone(self, chosen: Chosen) -> Image.Image:
        """*chosen*, black on white, with a little paper around."""
        box = self.box(chosen)
        rows = slice(int(box.top), int(box.bottom))
        columns = slice(int(box.left), int(box.right))
        ink = np.where(self.where(chosen), self.ink, 0.0)[rows, columns]
        return Image.fromarray(np.uint8(255 - 255 * np.pad(ink, MARGIN)))


def are_mates(left: NDArray[np.int32], right: NDArray[np.int32]) -> bool:
    """Whether two brackets are as high as each other, and as far apart as around a
    number of a few digits."""
    height = max(left[3] - left[1], right[3] - right[1])
    is_level = max(abs(left[1] - right[1]), abs(left[3] - right[3])) <= UNEVEN * height
    return bool(is_level and NEAR * height <= right[0] - left[2] <= FAR * height)


def blots_of(image: Image.Image) -> Blots | None:
    """None: there is only paper."""
    ink = inked(np.asarray(in_grey(image), np.float32))
    if ink is None:
        return None
    dark = (ink > INKED).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    left, top, width, height = stats[:, :4].T
    sides = np.stack([left, top, left + width, top + height], axis=1)
    return Blots(ink, np.asarray(labels, np.int32), np.asarray(sides, np.int32))


def without(
    image: Image.Image, blots: Blots, chosen: Chosen, blank: float
) -> tuple[Image.Image, Columns]:
    """*image* (RGB) without *chosen*, and the columns of it that are left: where they
    stood, a gap of *blank* pixels stays, as between words."""
    pixels = np.array(image.convert("RGB"))
    gone = blots.where(chosen)
    pixels[gone] = np.quantile(pixels.reshape(-1, 3), PAPER, axis=0)
    inked = np.flatnonzero(((blots.labels > 0) & ~gone).any(axis=0))
    width = pixels.shape[1]
    kept = np.ones(width, np.bool_)
    for left, _, right, _ in blots.sides[chosen]:
        start, end = gap_around(inked, int(left + right) // 2, width)
        kept[start + round(blank) : end] = False
    columns = np.flatnonzero(kept)
    return Image.fromarray(pixels[:, columns]), columns


def gap_around(inked: Columns, column: int, width: int) -> tuple[int, int]:
    """The columns without ink around *column*, of *width*; none where there is some."""
    place = int(np.searchsorted(inked, column))
    if place < len(inked) and inked[place] == column:
        return column, column
    start = int(inked[place - 1]) + 1 if place else 0
    return start, int(inked[place]) if place < len(inked) else width
