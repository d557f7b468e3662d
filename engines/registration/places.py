"""Where one region lies on a page: with its label, or by the page's registration."""

from __future__ import annotations

from PIL import Image

from engines.registration.types import Placement, ReadWords, Reference, Registration
from engines.roi import Region
from engines.types import Box


def place_region(
    image: Image.Image,
    reference: Reference,
    registration: Registration,
    region: Region,
    read_words: ReadWords | None = None,
) -> Placement:
    box = in_pixels(region.box, reference)
    polygon = registration.carry_box(box)
    return Placement(polygon, registration.score, "registration")


def in_pixels(box: Box, reference: Reference) -> Box:
    """A box given as fractions, in pixels of the reference."""
    width, height = reference.width, reference.height
    return Box(
        box.left * width, box.top * height, box.right * width, box.bottom * height
    )
