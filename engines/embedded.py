"""The text that a PDF page carries itself, taken at its word only when plausible."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING, Any

from engines.errors import EngineError
from engines.protocol import LineFinder, LineReader
from engines.registry import get_engine
from engines.types import Availability, Box, Line, Options, Page

if TYPE_CHECKING:
    from PIL import Image

    from engines.images import PageImage

CHECKER = "ppocr"
MIN_LETTERS = 20
MOST_RUBBISH = 0.05  # of the letters: controls, private use, replacement marks
MOST_MISPLACED = 0.1  # of the words: off the page, or on each other
MOST_MISSED = 0.4  # of the print that is seen, by length
CHECKED_LINES = 5
CHECKED_LETTERS = 6  # that a line must have, and be mostly made of
MARGIN = 0.1  # of a line's height, around its crop
LEAST_LIKENESS = 0.6  # the median of the checked lines
PLAIN_LETTERS = frozenset(string.ascii_lowercase + string.digits)


class Embedded:
    """The engine; see ``engines.protocol.PageReader``."""

    name = "embedded"
    label = "Text inside the PDF"
    version = "layer 1"
    options_schema: Mapping[str, Any] = {"type": "object", "properties": {}}

    def languages(self) -> tuple[str, ...]:
        return ()

    def availability(self) -> Availability:
        return Availability(True)

    def warm_up(self) -> None:
        """Nothing to load."""

    def read(self, image: Image.Image, options: Options) -> Page:
        raise EngineError(
            "A picture carries no text of its own. Choose another engine."
        )

    def read_page(self, page: PageImage, options: Options) -> Page:
        if page.text_layer is None:
            raise EngineError("This page carries no text. Choose another engine.")
        return page.text_layer


def doubt_about(page: PageImage, layer: Page) -> str | None:
    """Why *layer*, the text that *page* carries, is not to be trusted, if it is not."""
    return (
        _doubt_about_letters(layer)
        or _doubt_about_places(layer)
        or _doubt_at_sight(page.image, layer)
    )


def _doubt_about_letters(layer: Page) -> str | None:
    letters = "".join("".join(line.text.split()) for line in layer.lines)
    if len(letters) < MIN_LETTERS:
        return "there is too little of it"
    rubbish = sum(_is_rubbish(letter) for letter in letters)
    return "it is garbled" if rubbish > MOST_RUBBISH * len(letters) else None


def _is_rubbish(letter: str) -> bool:
    return letter == "\ufffd" or unicodedata.category(letter) in {"Cc", "Cn", "Co"}


def _doubt_about_places(layer: Page) -> str | None:
    import numpy as np

    boxes = [word.box for line in layer.lines for word in line.words]
    x, y = np.array([box.centre for box in boxes]).T[:, :, None]
    sides = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    left, top, right, bottom = np.array(sides).T[:, None, :]
    outside = (x < 0) | (y < 0) | (x > layer.width) | (y > layer.height)
    if outside.mean() > MOST_MISPLACED:
        return "it lies beside the page"
    holding = ((left < x) & (x < right) & (top < y) & (y < bottom)).sum(axis=1)
    # Each box holds its own middle.
    if (holding > 1).mean() > MOST_MISPLACED:
        return "its words lie on each other"
    return None


def _doubt_at_sight(image: Image.Image, layer: Page) -> str | None:
    """Look at the picture: is there more print, and does it say the same?"""
    checker = get_engine(CHECKER)
    if not checker.availability().ok:
        return None
    if isinstance(checker, LineFinder):
        seen = [Box.around(list(line)) for line in checker.find_lines(image)]
        if share_missed(seen, layer.lines) > MOST_MISSED:
            return "much of the print on the page is not in it"
    if isinstance(checker, LineReader):
        likenesses = [
            likeness(checker.read_line(_crop(image, box), Options()).text, text)
            for text, box in checkable(layer.lines)
        ]
        if likenesses and median(likenesses) < LEAST_LIKENESS:
            return "it does not say what the page shows"
    return None


def share_missed(seen: Sequence[Box], lines: Sequence[Line]) -> float:
    """How much of the print *seen*, by its length, no line of the layer lies on."""
    boxes = [line.box for line in lines if line.box is not None]
    missed = [box.width for box in seen if not any(_touch(box, own) for own in boxes)]
    return sum(missed) / max(1.0, sum(box.width for box in seen))


def _touch(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0 and down > 0.3 * min(one.height, other.height)


def checkable(lines: Sequence[Line]) -> list[tuple[str, Box]]:
    """A few lines from all over the page that any reader of Latin print can read."""
    found = [(line.text, line.box) for line in lines if _is_plain(line.text)]
    placed = [(text, box) for text, box in found if box is not None]
    step = max(1, len(placed) // CHECKED_LINES)
    return placed[step // 2 :: step][:CHECKED_LINES]


def _is_plain(text: str) -> bool:
    plain, letters = len(plain_letters(text)), len("".join(text.split()))
    return plain >= CHECKED_LETTERS and plain >= 0.7 * letters


def plain_letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter in PLAIN_LETTERS)


def likeness(one: str, other: str) -> float:
    """0..1: how alike two readings are in their plain letters and digits."""
    from rapidfuzz.distance import Levenshtein

    ratio = Levenshtein.normalized_similarity(plain_letters(one), plain_letters(other))
    return float(ratio)


def _crop(image: Image.Image, box: Box) -> Image.Image:
    margin = MARGIN * box.height
    left, top = round(box.left - margin), round(box.top - margin)
    return image.crop(
        (left, top, round(box.right + margin), round(box.bottom + margin))
    )
