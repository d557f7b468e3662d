"""What is drawn on a layout: as JSON (the API's shape), and as the library's Template.

    {"languages": ["eng"], "date_order": "", "decimal": "", "rules": [],
     "constants": {"supplier": "ACME"},
     "regions": [{"name", "kind", "box": {"left","top","right","bottom"}, "page": 1,
                  "anchor": null | {"text", "box"}, "engine": "", "languages": [],
                  "required": false, "pattern": "", "check": "", "list": null | id,
                  "field": "" (the shared field it fills, empty: the one of its name),
                  "order": 0}]}

Boxes are fractions 0..1 of the upright reference page.
"""

from __future__ import annotations

from typing import Any

import engines
from documents.models import Workspace


def validated(data: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    """*data* whole and normalised: defaults filled in, regions in their order, corners
    in any order put right.

    Raises:
        TemplateError: a sentence on the first thing that cannot be.
    """
    raise NotImplementedError


def as_template(definition: dict[str, Any], workspace: Workspace) -> engines.Template:
    """The library's Template of a validated *definition*; code lists are looked up."""
    raise NotImplementedError


def from_coordinates(data: dict[str, Any], width: int, height: int) -> dict[str, Any]:
    """A definition from ``coordinates_data.json``: {"1": [[x, y], [x, y]], …}, pixel
    pairs of two clicks on a picture of *width* by *height*, any corner order; an odd
    last click is dropped.

    Raises:
        TemplateError: it has another form, or no pair of clicks.
    """
    raise NotImplementedError


def to_coordinates(
    definition: dict[str, Any], width: int, height: int
) -> dict[str, list[list[int]]]:
    """The same form, written."""
    raise NotImplementedError
