"""Reading the regions of a layout on a page, with confidence that means something."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from engines.regions.thresholds import THRESHOLDS
from engines.registration import ReadWords, Reference, Registration
from engines.roi import FieldReading, Region, Template
from engines.types import Polygon

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["THRESHOLDS", "read_fields", "read_place"]

# Each function imports its module when it is called: naming them loads nothing heavy.


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

    Raises:
        EngineUnavailable: no engine can run on this machine.
    """
    from engines.regions import reading

    return reading.read_fields(
        image,
        template,
        reference,
        registration,
        regions=regions,
        read_words=read_words,
        progress=progress,
    )


def read_place(
    image: Image.Image, template: Template, region: Region, polygon: Polygon
) -> FieldReading:
    """Read one *region* at *polygon* (pixels of *image*): a box that a person drew.

    Raises:
        EngineUnavailable: no engine can run on this machine.
    """
    from engines.regions import reading

    return reading.read_place(image, template, region, polygon)
