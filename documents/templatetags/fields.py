"""How fields of records are shown: causes and states in words and icons, outlines."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from documents.models import Field
from documents.services.fields import mark_of

register = template.Library()

# cause: in a word or two, and how loud. The reason beside it says the rest.
CAUSES = {
    "unregistered": (_("Layout does not fit"), "lo"),
    "missing": (_("Missing"), "lo"),
    "unreadable": (_("Unreadable"), "lo"),
    "invalid": (_("Not valid"), "lo"),
    "ambiguous": (_("Two meanings"), "mid"),
    "disagree": (_("Readers disagree"), "lo"),
    "doubtful": (_("Not sure"), "mid"),
    "rule": (_("Rule broken"), "lo"),
    "twin": (_("Same as another"), "mid"),
    "sampled": (_("Sample"), "hi"),
}
KINDS = {
    "text": _("text"),
    "integer": _("whole number"),
    "amount": _("amount"),
    "date": _("date"),
    "code": _("code"),
    "digits": _("digits"),
}
# state: the icon (see _glyphs.html), and its colour.
ICONS = {
    Field.State.AUTO: ("bolt", "sub"),
    Field.State.NEEDS_REVIEW: ("dot", "mid"),
    Field.State.CONFIRMED: ("tick", "hi"),
    Field.State.CORRECTED: ("tick", "hi"),
    Field.State.REJECTED: ("cross", "sub"),
}


@register.filter
def cause_word(field: Field) -> str:
    return CAUSES.get(field.cause, (_("To review"), ""))[0]


@register.filter
def cause_level(field: Field) -> str:
    return CAUSES.get(field.cause, ("", "mid"))[1]


@register.filter
def kind_word(kind: str) -> str:
    return KINDS.get(kind, kind)


@register.filter
def icon(field: Field) -> str:
    """A broken rule has its flag, whatever else is to be checked."""
    if field.state == Field.State.NEEDS_REVIEW and field.cause == "rule":
        return "flag"
    return ICONS[Field.State(field.state)][0]


@register.filter
def icon_level(field: Field) -> str:
    if field.state == Field.State.NEEDS_REVIEW:
        return cause_level(field)
    return ICONS[Field.State(field.state)][1]


@register.filter
def mark(field: Field) -> str:
    return mark_of(field)


@register.filter
def corners(field: Field) -> str:
    """Its outline as JSON, empty where nobody knows it."""
    return json.dumps(field.polygon) if field.polygon else ""


@register.filter
def is_doubtful(field: Any) -> bool:
    return field.state == Field.State.NEEDS_REVIEW
