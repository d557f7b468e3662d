"""What a stranger's JSON may hold: taken as it should be, or refused in a sentence."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from documents.services.sentences import told
from documents.services.uploads import DIRECTION_MARKS, INVISIBLE
from engines import Box, Habits, Kind, Region, TemplateError, normal_value

NAME_LENGTH = 60
SLACK = 1e-6  # of a page: what calculating with fractions may add to an edge
DIGITS = 6  # of a fraction that are kept: a hundredth of a pixel on any page
WHOLE_PAGE = Box(0, 0, 1, 1)
EDGES = ("left", "top", "right", "bottom")


def mapping(value: Any, what: str, keys: Collection[str] = ()) -> dict[str, Any]:
    """*value* as an object that has none but *keys* (any, where none are given)."""
    if not isinstance(value, dict):
        raise TemplateError(_("%(what)s must be an object.") % {"what": what})
    for key in value:
        if keys and key not in keys:
            reason = _("%(what)s has no “%(key)s”. It may have: %(keys)s.")
            told = {"what": what, "key": str(key)[:40], "keys": ", ".join(keys)}
            raise TemplateError(reason % told)
    return value


def listed(value: Any, what: str, most: int) -> list[Any]:
    if not isinstance(value, list):
        raise TemplateError(_("%(what)s must be a list.") % {"what": what})
    if len(value) > most:
        reason = _("%(what)s: at most %(most)d, and here are %(count)d.")
        told = {"what": what, "most": most, "count": len(value)}
        raise TemplateError(reason % told)
    return value


def text(value: Any, what: str, most: int) -> str:
    """A single line of print."""
    if not isinstance(value, str):
        raise TemplateError(_("%(what)s must be text.") % {"what": what})
    if len(value) > most:
        reason = _("%(what)s is too long: at most %(most)d characters.")
        raise TemplateError(reason % {"what": what, "most": most})
    if is_odd(value):
        reason = _("%(what)s holds characters that cannot be seen.")
        raise TemplateError(reason % {"what": what})
    return unicodedata.normalize("NFC", value).strip()


def is_odd(value: str) -> bool:
    return any(
        mark in DIRECTION_MARKS or unicodedata.category(mark) in INVISIBLE
        for mark in value
    )


def name(value: Any, what: str, most: int = NAME_LENGTH) -> str:
    """A text that is not empty."""
    found = " ".join(text(value, what, most).split())
    if not found:
        raise TemplateError(_("%(what)s must not be empty.") % {"what": what})
    return found


def constant(value: Any, name: str, kind: Kind, habits: Habits, most: int) -> str:
    """A value of *kind* as a person types it, or nothing."""
    found = text(value, f"“{name}”", most)
    if found:
        meant = normal_value(found, Region(name, kind, WHOLE_PAGE), habits)
        if meant.doubt or not meant.text:
            reason = told(meant.doubt) or _("This is no value of its kind.")
            raise TemplateError(f"“{name}”: {reason}")
    return found


def choice(value: Any, what: str, choices: Collection[str]) -> str:
    if not isinstance(value, str) or value not in choices:
        reason = _("%(what)s is one of: %(choices)s.")
        told = {"what": what, "choices": ", ".join(filter(None, choices)) or "–"}
        raise TemplateError(reason % told)
    return value


def flag(value: Any, what: str) -> bool:
    if not isinstance(value, bool):
        raise TemplateError(_("%(what)s is true or false.") % {"what": what})
    return value


def whole(value: Any, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TemplateError(_("%(what)s must be a whole number.") % {"what": what})
    if abs(value) > 10**6:
        raise TemplateError(_("%(what)s is too large.") % {"what": what})
    return value


def number(value: Any, what: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TemplateError(_("%(what)s must be a number.") % {"what": what})
    if abs(value) > 10**9 or not math.isfinite(value):
        raise TemplateError(_("%(what)s is no number to work with.") % {"what": what})
    return float(value)


def box(value: Any, what: str) -> dict[str, float]:
    """Fractions of the page; corners in any order are put right."""
    edges = mapping(value, _("The box of %(what)s") % {"what": what}, EDGES)
    if missing := [edge for edge in EDGES if edge not in edges]:
        reason = _("The box of %(what)s lacks: %(edges)s.")
        raise TemplateError(reason % {"what": what, "edges": ", ".join(missing)})
    left, top, right, bottom = (
        settled(number(edges[edge], f"{what}: {edge}")) for edge in EDGES
    )
    (left, right), (top, bottom) = sorted((left, right)), sorted((top, bottom))
    return {"left": left, "top": top, "right": right, "bottom": bottom}


def settled(fraction: float) -> float:
    """Rounded, and within the page where only calculating has carried it out."""
    if -SLACK <= fraction <= 1 + SLACK:
        fraction = min(1.0, max(0.0, fraction))
    return round(fraction, DIGITS)
