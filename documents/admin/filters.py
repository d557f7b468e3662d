"""Filters whose choices never scan a long table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from documents.models import Workspace
from engines import engine_names


class EngineFilter(admin.SimpleListFilter):
    """The registry's engines, instead of the distinct values of a long table."""

    title = _("engine")
    parameter_name = "engine"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return [(name, name) for name in engine_names()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(engine=self.value()) if self.value() else queryset


class WorkspaceFilter(admin.SimpleListFilter):
    """A box for a part of the workspace's name: there may be thousands to list."""

    title = _("workspace")
    parameter_name = "workspace"
    template = "admin/workspace_filter.html"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, str]]:
        return []

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not self.value():
            return queryset
        named = Workspace.objects.filter(name__icontains=self.value())
        return queryset.filter(workspace__in=named)

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """One choice: what was typed, and the other parameters to keep."""
        others = changelist.get_filters_params().items()
        yield {
            "parameter": self.parameter_name,
            "value": self.value() or "",
            "kept": [
                (name, value)
                for name, values in others
                for value in values
                if name != self.parameter_name
            ],
        }
