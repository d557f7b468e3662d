"""Laying a page over the layout it was printed from: which one, where, how surely.

``register_page`` climbs a ladder: outline of the sheet, skew, features, the words that
a layout keeps; ``place_region`` then lets a single region follow its label, or snap to
the print it cuts. Everything is pure: pixels and values in, values out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engines.registration.types import (
    Key,
    Match,
    Matrix,
    Placement,
    ReadWords,
    Reference,
    Registration,
    Rung,
)
from engines.roi import Region
from engines.types import Page

if TYPE_CHECKING:
    from PIL import Image

__all__ = [
    "Key",
    "Match",
    "Matrix",
    "Placement",
    "ReadWords",
    "Reference",
    "Registration",
    "Rung",
    "choose_reference",
    "make_reference",
    "place_region",
    "register_page",
]

# Each function imports its module when it is called: naming them loads nothing heavy.


def make_reference(image: Image.Image, page: Page) -> Reference:
    """Prepare a layout's page: *image* upright (RGB), *page* what was read on it."""
    from engines.registration import reference

    return reference.make_reference(image, page)


def register_page(
    image: Image.Image, reference: Reference, read_words: ReadWords | None = None
) -> Registration:
    """Find how *reference* lies on *image* (RGB, upright, any resolution)."""
    from engines.registration import ladder

    return ladder.register_page(image, reference, read_words)


def place_region(
    image: Image.Image,
    reference: Reference,
    registration: Registration,
    region: Region,
    read_words: ReadWords | None = None,
) -> Placement:
    """Where *region* lies on *image*: with its label, or by the page's registration."""
    from engines.registration import places

    return places.place_region(image, reference, registration, region, read_words)


def choose_reference(
    image: Image.Image,
    candidates: Mapping[Key, Reference],
    read_words: ReadWords | None = None,
) -> list[Match]:
    """The candidates that *image* may have been printed from, the best first.

    Empty when none fits. A cheap descriptor sorts them; only the best are registered.
    """
    from engines.registration import choice

    return choice.choose_reference(image, candidates, read_words)
