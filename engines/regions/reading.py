"""The regions of a page, one after the other, and the answers for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from engines.regions.cutting import Rgb, area_of, cut, is_readable
from engines.regions.place import ANYWHERE, Place
from engines.regions.sight import Sight, see
from engines.regions.verdict import reviewed, verdict
from engines.registration import (
    Placement,
    ReadWords,
    Reference,
    Registration,
    place_region,
)
from engines.registration.places import in_pixels
from engines.roi import FieldReading, Kind, Region, Template
from engines.types import Box, Polygon
from engines.values import Habits, date_order_of, decimal_of


@dataclass(frozen=True, eq=False)
class Seen:
    """What was seen of a region, or the answer for one that could not be looked at."""

    sight: Sight | None
    place: Place = ANYWHERE
    answer: FieldReading | None = None


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
    page = pixels_of(image)
    if not registration.holds:
        reason = registration.reason or "The page could not be laid over its layout."
        return [unregistered(page, region, reason) for region in regions]
    seen = []
    for number, region in enumerate(regions, start=1):
        placed = place_region(image, reference, registration, region, read_words)
        drawn = registration.carry_box(in_pixels(region.box, reference))
        grown = area_of(placed.polygon) / max(1.0, area_of(drawn))
        place = Place(registration.score, placed.score, grown)
        seen.append(seen_at(page, template, region, placed, place))
        if progress:
            progress(number, len(regions))
    return list(answers(seen, template))


def read_place(
    image: Image.Image, template: Template, region: Region, polygon: Polygon
) -> FieldReading:
    placed = Placement(polygon, 1.0, "registration")
    seen = seen_at(pixels_of(image), template, region, placed, ANYWHERE)
    return next(answers([seen], template))


def seen_at(
    page: Rgb, template: Template, region: Region, placed: Placement, place: Place
) -> Seen:
    polygon = placed.polygon
    if placed.how == "lost":
        reason = placed.reason or "The label that this region moves with was not found."
        return Seen(None, answer=without_reading(page, region, polygon, reason))
    if not is_readable(polygon):
        reason = "The region has no room for print on this page."
        return Seen(None, answer=without_reading(page, region, polygon, reason))
    languages = region.languages or template.languages
    return Seen(see(page, region, polygon, languages), place)


def answers(seen: list[Seen], template: Template) -> Iterator[FieldReading]:
    """The answers; what a date or an amount means is decided by all of its kind."""
    sights = [one.sight for one in seen if one.sight]
    habits = Habits(
        template.date_order or date_order_of(lines(sights, "date"), template.languages),
        template.decimal or decimal_of(lines(sights, "amount")),
        template.languages,
    )
    for one in seen:
        if one.answer is not None:
            yield one.answer
        elif one.sight is not None:
            yield verdict(one.sight, one.place, habits)


def lines(sights: list[Sight], kind: Kind) -> list[str]:
    """What was read in all regions of *kind*."""
    return [
        line
        for sight in sights
        if sight.region.kind == kind
        for line in sight.first.lines
    ]


def unregistered(page: Rgb, region: Region, reason: str) -> FieldReading:
    height, width = page.shape[:2]
    box = region.box
    naive = Box(
        box.left * width, box.top * height, box.right * width, box.bottom * height
    )
    return without_reading(page, region, naive.polygon, reason)


def without_reading(
    page: Rgb, region: Region, polygon: Polygon, reason: str
) -> FieldReading:
    """An answer that says only where it would have been looked for."""
    crop = Image.fromarray(cut(page, polygon).shown) if is_readable(polygon) else None
    nothing = FieldReading(
        region.name, region.kind, region.page, polygon=polygon, crop=crop
    )
    return reviewed(nothing, "unregistered", reason)


def pixels_of(image: Image.Image) -> Rgb:
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"), np.uint8)
