"""A small set to learn in a minute: short Arabic-Indic numbers in one typeface."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

from PIL import Image, ImageDraw, ImageFont

from engines import SHIPPED_FONT
from engines.digits.alphabet import ARABIC
from engines.digits.kit.evaluation.types import Labelled
from engines.digits.kit.line.batches import Example, example_of

FONT = SHIPPED_FONT  # so that this needs no font of the system
ADVANCE = 18  # pixels from a digit to the next


def number(seed: int, least: int = 2, most: int = 5) -> Labelled:
    """A number of *least* to *most* digits, drawn."""
    random = Random(seed)
    text = "".join(random.choices(ARABIC, k=random.randint(least, most)))
    image = Image.new("L", (ADVANCE * len(text) + 24, 40), "white")
    font = ImageFont.truetype(FONT, 28, layout_engine=ImageFont.Layout.BASIC)
    pen = ImageDraw.Draw(image)
    pen.text((12 + random.uniform(-4, 4), 3), text, "black", font)
    return Labelled(image, text)


def small_set() -> Iterator[Example]:
    for seed in count():
        one = number(seed)
        if example := example_of(one.image, one.text):
            yield example
