"""Labels: their words compared as an engine may misread them, and found on a page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rapidfuzz import fuzz

from engines.errors import EngineError
from engines.protocol import LineReader
from engines.registration.reference import Prepared
from engines.registration.types import Registration
from engines.registration.windows import density_at, window
from engines.registry import get_engine
from engines.types import Box, Line, Options, Page

Pixels = NDArray[np.uint8]

# Letters that engines take for each other, all written as one of them.
CONFUSED = str.maketrans("015826zi|!", "olsbzbslll")
SLACK = 0.03  # of the page's width, that a label may stand beside its column
LIKELY = 0.5  # correlation from which a place is looked at
PLAIN = (0.9, 0.15)  # correlation that needs no reading, so far above the next best
TRIED = 3  # places that are read
READ_HEIGHT = 48  # pixels of the crop that is read
PAD = 0.2  # of the label's height, around it


def plainly(text: str) -> str:
    """*text* without accents, case, marks and the differences that engines miss."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in bare if c.isalnum()).translate(CONFUSED)


def likeness(one: str, other: str) -> float:
    """0..1: how far two words may be the same print, misread."""
    first, second = plainly(one), plainly(other)
    if not first or not second:
        return float(one.strip() == other.strip())
    return fuzz.ratio(first, second) / 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a label may be: its shift from its own place (pixels of the
    reference), and how much it looks like it."""

    across: float
    down: float
    alike: float


def candidates(
    image: Image.Image, registration: Registration, prepared: Prepared, label: Box
) -> list[Candidate]:
    """Places down the column of *label* that look like it, the likeliest first."""
    grey, scale = prepared.grey, prepared.scale
    column = _column(prepared, label)
    strip = window(image, registration, column, scale)
    return _peaks(strip, _picture(grey, label, scale), label, column, scale)


def own_places(prepared: Prepared, label: Box) -> list[Candidate]:
    """Places on the reference itself that look like *label*: mostly it alone."""
    grey, scale = prepared.grey, prepared.scale
    column = _column(prepared, label)
    strip = _picture(grey, column, scale)
    found = _peaks(strip, _picture(grey, label, scale), label, column, scale)
    return [place for place in found if place.alike >= PLAIN[0]]


def _column(prepared: Prepared, label: Box) -> Box:
    slack = SLACK * prepared.width
    left, right = max(0.0, label.left - slack), min(prepared.width, label.right + slack)
    return Box(left, 0.0, right, float(prepared.height))


def _picture(grey: Pixels, box: Box, scale: float) -> Pixels:
    left, top = round(box.left * scale), round(box.top * scale)
    right, bottom = round(box.right * scale), round(box.bottom * scale)
    return grey[top : max(bottom, top + 3), left : max(right, left + 3)]


def _peaks(
    strip: Pixels, picture: Pixels, label: Box, column: Box, scale: float
) -> list[Candidate]:
    if strip.shape[0] < picture.shape[0] or strip.shape[1] < picture.shape[1]:
        return []
    scores = np.asarray(cv2.matchTemplate(strip, picture, cv2.TM_CCOEFF_NORMED))
    scores = np.nan_to_num(scores, posinf=0.0, neginf=0.0)
    found: list[Candidate] = []
    high = picture.shape[0]
    while len(found) < 2 * TRIED:
        _, best, _, (x, y) = cv2.minMaxLoc(scores)
        if best < LIKELY:
            break
        across, down = column.left + x / scale - label.left, y / scale - label.top
        found.append(Candidate(across, down, float(best)))
        scores[max(0, y - high // 2) : y + high // 2 + 1] = -1
    return found


def read_at(
    image: Image.Image, registration: Registration, label: Box, place: Candidate
) -> str:
    """What stands at *place*, read without detection; "" where nothing can read."""
    pad = PAD * label.height
    box = Box(
        label.left + place.across - 2 * pad,
        label.top + place.down - pad,
        label.right + place.across + 2 * pad,
        label.bottom + place.down + pad,
    )
    scale = max(density_at(registration, box), READ_HEIGHT / box.height)
    crop = Image.fromarray(window(image, registration, box, scale)).convert("RGB")
    reader = get_engine("ppocr")
    if not isinstance(reader, LineReader):
        return ""
    try:
        return reader.read_line(crop, Options()).text
    except EngineError:
        return ""


def said(text: str, page: Page) -> Iterator[tuple[float, Box]]:
    """Where *page* says *text* or something like it, and how like."""
    for line in page.lines:
        yield from _within(text, line)


def _within(text: str, line: Line) -> Iterator[tuple[float, Box]]:
    if line.box and not line.words:
        yield likeness(text, line.text), line.box
    count = len(text.split())
    for size in {max(1, count - 1), count, count + 1}:
        for start in range(len(line.words) - size + 1):
            group = line.words[start : start + size]
            corners = [corner for word in group for corner in word.box.polygon]
            words = " ".join(word.text for word in group)
            yield likeness(text, words), Box.around(corners)
