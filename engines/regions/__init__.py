"""Reading the regions of a layout on a page, with confidence that means something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from engines.registration import ReadWords, Reference, Registration
from engines.roi import FieldReading, Region, Template
from engines.types import Polygon

if TYPE_CHECKING:
    from PIL import Image

# 0..1 by kind: below it a field goes to review. Found on labelled data (see the bench).
THRESHOLDS: Mapping[str, float] = {}


def read_fields(
    image: Image.Image,
    template: Template,
    reference: Reference,
    registration: Registration,
    *,
    regions: tuple[Region, ...],
    read_words: ReadWords | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[FieldReading]:
    """Read *regions* (those of *template* that lie on this page) on *image* (RGB,
    upright, full resolution), one answer each, in their order.

    Where *registration* does not hold nothing is read: each answer has confidence 0,
    cause "unregistered", the registration's reason, and the naive place as polygon.
    """
    raise NotImplementedError


def read_place(
    image: Image.Image, template: Template, region: Region, polygon: Polygon
) -> FieldReading:
    """Read one *region* at *polygon* (pixels of *image*): a box that a person drew."""
    raise NotImplementedError
