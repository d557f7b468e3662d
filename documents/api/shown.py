"""Places on a page, as the API shows them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

POINTS = {
    "type": "array",
    "items": {"type": "array", "items": {"type": "number"}},
    "nullable": True,
    "description": "Four corners in pixels of the upright page, clockwise.",
}


@extend_schema_field(POINTS)
class PointsField(serializers.JSONField):
    """A polygon as it is kept; null where nobody knows."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, **options)


def box_around(polygon: list[list[float]] | None) -> dict[str, float] | None:
    if not polygon:
        return None
    xs, ys = [x for x, _y in polygon], [y for _x, y in polygon]
    return {"left": min(xs), "top": min(ys), "right": max(xs), "bottom": max(ys)}
