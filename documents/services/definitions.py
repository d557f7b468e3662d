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

import json
import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

import engines
from documents.models import CodeList, SharedField, Workspace
from documents.models.workers import CPU
from documents.services import shapes
from documents.services.coordinates import from_coordinates, to_coordinates
from documents.services.descriptions import (
    describes,
    no_reader,
    region_engines,
    traits,
)
from documents.services.sentences import told
from documents.services.shared_fields import shared_fields
from engines import TemplateError

__all__ = [
    "KEYS",
    "as_template",
    "from_coordinates",
    "names_of",
    "to_coordinates",
    "validated",
]
KEYS = ("languages", "date_order", "decimal", "rules", "constants", "regions")
REGION_KEYS = (
    *("name", "kind", "box", "page", "anchor", "engine", "languages", "required"),
    *("pattern", "check", "list", "field", "order"),
)
LARGEST = 2**20  # characters of a definition as JSON
MOST_LANGUAGES = 10
MOST_RULES = 50
LANGUAGE = re.compile(r"[A-Za-z]{3,8}([_/][A-Za-z0-9_]{1,20})?")  # Tesseract's codes
TEXT_LENGTH = 200
PATTERN_LENGTH = 500
MOST_LISTED = 2000  # regions that are looked at; the library says how many there may be


def validated(data: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    """*data* whole and normalised: defaults filled in, regions in their order, corners
    in any order put right.

    Raises:
        TemplateError: a sentence on the first thing that cannot be.
    """
    data = shapes.mapping(data, _("A template"), KEYS)
    if too_large(data):
        raise TemplateError(_("The template is larger than 1 MB. Draw less on it."))
    columns = shared_fields(workspace)
    shared = [column.name for column in columns]
    definition = {
        "languages": languages(data.get("languages", []), _("A template"))
        or list(settings.DEFAULT_LANGUAGES),
        "date_order": shapes.choice(
            data.get("date_order", ""), _("The date order"), engines.DATE_ORDERS
        ),
        "decimal": shapes.choice(
            data.get("decimal", ""), _("The decimal mark"), ("", ".", ",")
        ),
        "rules": rules(data.get("rules", [])),
        "regions": regions(data.get("regions", []), shared),
    }
    habits = engines.Habits(
        definition["date_order"],
        definition["decimal"],
        tuple(definition["languages"]),
    )
    definition["constants"] = constants(data.get("constants", {}), columns, habits)
    try:
        as_template(definition, workspace)
        if definition["rules"]:
            engines.check_rules(definition["rules"], names_of(definition, columns))
    except TemplateError as error:
        raise TemplateError(told(str(error))) from None
    return definition


def as_template(definition: dict[str, Any], workspace: Workspace) -> engines.Template:
    """The library's Template of a validated *definition*; code lists are looked up."""
    lists = code_lists(definition, workspace)
    return engines.Template(
        regions=tuple(as_region(region, lists) for region in definition["regions"]),
        languages=tuple(definition["languages"]),
        date_order=definition["date_order"],
        decimal=definition["decimal"],
        rules=tuple(definition["rules"]),
    )


def names_of(
    definition: dict[str, Any], columns: Iterable[SharedField]
) -> dict[str, str]:
    """What rules may speak of, with its kind: regions, and the shared fields that they
    or constants fill. A region's own name goes before that of a column."""
    own = {region["name"]: region["kind"] for region in definition["regions"]}
    mapped = {
        region["field"]: region["kind"]
        for region in definition["regions"]
        if region["field"]
    }
    constant = {
        column.name: column.kind
        for column in columns
        if column.constant or definition["constants"].get(column.name)
    }
    return {**constant, **mapped, **own}


def too_large(data: dict[str, Any]) -> bool:
    try:
        return len(json.dumps(data, allow_nan=True)) > LARGEST
    except (TypeError, ValueError, RecursionError):
        return True  # nothing that came as JSON


def languages(value: Any, what: str) -> list[str]:
    codes = shapes.listed(value, _("Languages"), MOST_LANGUAGES)
    for code in codes:
        if not isinstance(code, str) or not LANGUAGE.fullmatch(code):
            reason = _("%(what)s: a language is a code such as eng, ara or fra.")
            raise TemplateError(reason % {"what": what})
    return list(dict.fromkeys(codes))


def rules(value: Any) -> list[str]:
    found = shapes.listed(value, _("Rules"), MOST_RULES)
    return [shapes.name(rule, _("A rule"), TEXT_LENGTH) for rule in found]


def constants(
    value: Any, columns: list[SharedField], habits: engines.Habits
) -> dict[str, str]:
    kinds = {column.name: column.kind for column in columns}
    found = shapes.mapping(value, _("Constants"))
    for name in found:
        insist_on_shared(name, list(kinds))
    return {
        name: shapes.constant(constant, name, kinds[name], habits, TEXT_LENGTH)
        for name, constant in found.items()
    }


def insist_on_shared(name: str, shared: list[str]) -> None:
    if name not in shared:
        reason = _("There is no shared field “%(name)s”. There are: %(names)s.")
        names = ", ".join(shared)
        raise TemplateError(reason % {"name": name[:60], "names": names})


def regions(value: Any, shared: list[str]) -> list[dict[str, Any]]:
    """In their order, which is counted anew."""
    found = shapes.listed(value, _("Regions"), MOST_LISTED)
    drawn = [region(one, place, shared) for place, one in enumerate(found)]
    drawn.sort(key=lambda one: one["order"])
    return [{**one, "order": place} for place, one in enumerate(drawn)]


def region(value: Any, place: int, shared: list[str]) -> dict[str, Any]:
    data = shapes.mapping(value, _("A region"), REGION_KEYS)
    name = shapes.name(data.get("name", ""), _("A region's name"))
    what = f"“{name}”"
    if "box" not in data:
        raise TemplateError(_("%(what)s has no box.") % {"what": what})
    field = shapes.text(data.get("field", ""), what, shapes.NAME_LENGTH)
    if field:
        insist_on_shared(field, shared)
    return {
        "name": name,
        "kind": shapes.choice(data.get("kind", "text"), what, engines.KINDS),
        "box": shapes.box(data["box"], what),
        "page": shapes.whole(data.get("page", 1), _("A region's page")),
        "anchor": anchor(data.get("anchor"), what),
        "engine": engine(data.get("engine", ""), what),
        "languages": languages(data.get("languages", []), what),
        "required": shapes.flag(data.get("required", False), f"{what}: required"),
        "pattern": pattern(data.get("pattern", ""), what),
        "check": shapes.choice(data.get("check", ""), what, ("", *engines.CHECKS)),
        "list": list_id(data.get("list"), what),
        "field": field,
        "order": shapes.whole(data.get("order", place), _("A region's order")),
    }


def anchor(value: Any, what: str) -> dict[str, Any] | None:
    if value is None:
        return None
    whole = _("The anchor of %(what)s") % {"what": what}
    data = shapes.mapping(value, whole, ("text", "box"))
    label = shapes.text(data.get("text", ""), whole, TEXT_LENGTH)
    part = _("the anchor of %(what)s") % {"what": what}
    return {"text": label, "box": shapes.box(data.get("box"), part)}


def engine(value: Any, what: str) -> str:
    what = _("The engine of %(what)s") % {"what": what}
    if isinstance(value, str) and describes(value):
        raise TemplateError(f"{what}: {no_reader(value)}")
    if isinstance(value, str) and traits(value).runs_on != CPU:
        words = _("“%(engine)s” reads whole pages alone. Choose another one.")
        raise TemplateError(f"{what}: {words % {'engine': value}}")
    return shapes.choice(value, what, ("", *region_engines()))


def pattern(value: Any, what: str) -> str:
    found = shapes.text(value, what, PATTERN_LENGTH)
    if found:
        try:
            engines.check_pattern(found)
        except TemplateError as error:
            raise TemplateError(f"{what}: {told(str(error))}") from None
    return found


def list_id(value: Any, what: str) -> str | None:
    if value in (None, ""):
        return None
    try:
        return str(UUID(value))
    except (ValueError, TypeError, AttributeError):
        reason = _("%(what)s: a list is named by its id.")
        raise TemplateError(reason % {"what": what}) from None


def code_lists(
    definition: dict[str, Any], workspace: Workspace
) -> dict[str, frozenset[str]]:
    """The values of each list that *definition* names.

    Raises:
        TemplateError: the workspace has no such list.
    """
    wanted = {region["list"] for region in definition["regions"]} - {None}
    if not wanted:
        return {}
    found = CodeList.objects.filter(workspace=workspace, pk__in=wanted)
    lists = {str(one.pk): frozenset(one.lines) for one in found}
    if missing := wanted - set(lists):
        reason = _("There is no list %(id)s in this workspace.")
        raise TemplateError(reason % {"id": min(missing)})
    return lists


def as_region(
    region: dict[str, Any], lists: dict[str, frozenset[str]]
) -> engines.Region:
    fields = ("name", "kind", "page", "engine", "required", "pattern", "check")
    anchor = region["anchor"]
    return engines.Region(
        **{name: region[name] for name in fields},
        box=engines.Box(**region["box"]),
        anchor=anchor and engines.Anchor(anchor["text"], engines.Box(**anchor["box"])),
        languages=tuple(region["languages"]),
        choices=lists[region["list"]] if region["list"] else frozenset(),
    )
