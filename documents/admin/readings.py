"""Readings: what engines said, to look at; they are never changed."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from documents.admin.base import LookOnlyAdmin
from documents.admin.filters import EngineFilter, WorkspaceFilter
from documents.models import Reading


@admin.register(Reading)
class ReadingAdmin(LookOnlyAdmin):
    list_display = (
        "__str__",
        "engine_version",
        "percent",
        "seconds",
        "workspace",
        "created",
    )
    list_select_related = ("workspace",)
    list_filter = (EngineFilter, WorkspaceFilter)
    search_fields = ("sha256__startswith",)
    search_help_text = _("The first digits of a file’s SHA-256")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("read_text", "percent", "seconds", "created")}),
        (
            _("What was read"),
            {"fields": ("workspace", "sha256", "page_number")},
        ),
        (
            _("By what"),
            {"fields": ("engine", "engine_version", "pipeline_version", "options")},
        ),
        (_("JSON"), {"fields": ("pretty_result",), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without the heavy columns: a list shows none, a page loads its own."""
        return super().get_queryset(request).defer("result", "text")

    @admin.display(description=_("confidence"), ordering="confidence")
    def percent(self, reading: Reading) -> str | None:
        """None where the engine has no confidence, as a vision model."""
        return reading.confidence and f"{reading.confidence:.1%}"

    @admin.display(description=_("text"))
    def read_text(self, reading: Reading) -> str:
        return format_html('<pre class="read" dir="auto">{}</pre>', reading.text)

    @admin.display(description=_("result"))
    def pretty_result(self, reading: Reading) -> str:
        pretty: Any = json.dumps(reading.result, indent=2, ensure_ascii=False)
        return format_html('<pre class="read" dir="ltr">{}</pre>', pretty)
