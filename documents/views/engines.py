"""The engines: which can read here, what they take, and what would help the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from documents.forms.languages import own_name
from documents.forms.options import choices_in
from documents.services.engines import EngineCard, engine_cards
from documents.services.options import COMMON
from documents.services.sentences import told

CLASSES = {
    "cpu": _("every worker"),
    "gpu": _("workers for graphics cards"),
    "remote": _("workers that ask another server"),
}
KINDS = {
    "boolean": _("yes or no"),
    "integer": _("a whole number"),
    "number": _("a number"),
    "string": _("text"),
}


@dataclass(frozen=True)
class Option:
    """One thing that an engine can be told, in words."""

    name: str
    title: str
    description: str
    values: str
    default: str


@dataclass(frozen=True)
class Shown:
    card: EngineCard

    @property
    def runs_on(self) -> str:
        return CLASSES.get(self.card.engine_class, "")

    @property
    def languages(self) -> list[str]:
        return sorted({own_name(code) for code in self.card.languages})

    @property
    def options(self) -> list[Option]:
        known = self.card.options.get("properties", {})
        return [
            option_in(name, what) for name, what in known.items() if name not in COMMON
        ]


@login_required
@require_safe
def engines(request: HttpRequest) -> HttpResponse:
    shown = [Shown(card) for card in engine_cards()]
    return render(request, "engines/list.html", {"engines": shown})


def option_in(name: str, schema: dict[str, Any]) -> Option:
    choices = choices_in(schema) or choices_in(schema.get("items", {}))
    kind = schema.get("type", "")
    values = ", ".join(str(value) for value, _title in choices) or KINDS.get(kind, kind)
    default = schema.get("default")
    return Option(
        name=name,
        title=told(schema.get("title", "")),
        description=told(schema.get("description", "")),
        values=str(values),
        default="" if default in (None, []) else str(default).lower(),
    )
