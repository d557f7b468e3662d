"""Regions as pairs of clicks in pixels: the form of ``coordinates_data.json``."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from documents.services import shapes
from engines import TemplateError

MOST_CLICKS = 1000
FIELD = "field "  # before the number of one that has no other name
Clicks = list[list[int]]


def from_coordinates(data: dict[str, Any], width: int, height: int) -> dict[str, Any]:
    """A definition from ``coordinates_data.json``: {"1": [[x, y], [x, y]], …}, pixel
    pairs of two clicks on a picture of *width* by *height*, any corner order; an odd
    last click is dropped.

    A numbered pair becomes “field 1”; another key is the region's name.

    Raises:
        TemplateError: it has another form, or no pair of clicks.
    """
    found = shapes.mapping(data, _("The file of coordinates"))
    regions = [
        region(key, place, pair, (width, height))
        for key, clicks in found.items()
        for place, pair in enumerate(pairs(clicks, key), start=1)
    ]
    if not regions:
        raise TemplateError(_("The file holds no pair of clicks."))
    return {"regions": regions}


def to_coordinates(
    definition: dict[str, Any], width: int, height: int
) -> dict[str, Clicks]:
    """The same form, written: the top left corner, then the bottom right."""
    return {
        key_of(region["name"]): clicks_of(region["box"], width, height)
        for region in definition["regions"]
    }


def pairs(clicks: Any, key: str) -> list[tuple[Any, Any]]:
    points = shapes.listed(clicks, f"“{key[:40]}”", MOST_CLICKS)
    return list(zip(points[::2], points[1::2], strict=False))


def region(
    key: str, place: int, pair: tuple[Any, Any], size: tuple[int, int]
) -> dict[str, Any]:
    first, second = (fractions(point, f"“{key[:40]}”", size) for point in pair)
    name = f"{FIELD}{key}" if key.isascii() and key.isdigit() else key
    return {
        "name": name if place == 1 else f"{name}.{place}",
        "kind": "text",
        "box": dict(zip(shapes.EDGES, (*first, *second), strict=True)),
    }


def fractions(point: Any, what: str, size: tuple[int, int]) -> tuple[float, float]:
    if not isinstance(point, list) or len(point) != 2:
        raise TemplateError(_("%(what)s: a click is a pair [x, y].") % {"what": what})
    x, y = (shapes.number(part, what) for part in point)
    return x / size[0], y / size[1]


def key_of(name: str) -> str:
    number = name.removeprefix(FIELD)
    return number if number.isascii() and number.isdigit() else name


def clicks_of(box: dict[str, float], width: int, height: int) -> Clicks:
    left, right = round(box["left"] * width), round(box["right"] * width)
    top, bottom = round(box["top"] * height), round(box["bottom"] * height)
    return [[left, top], [right, bottom]]
