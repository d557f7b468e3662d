"""Layouts and their versions: what is drawn where, to look at, never to edit."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from documents.admin.base import LookOnly, LookOnlyAdmin, count_of, link, list_link
from documents.admin.filters import WorkspaceFilter
from documents.models import Record, RoiTemplate, TemplateVersion


class VersionInline(LookOnly, admin.StackedInline):
    model = TemplateVersion
    verbose_name_plural = _("Versions")
    fields = readonly_fields = ("number", "created_by", "created", "drawn")
    ordering = ("-number",)
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("created_by", "template")

    @admin.display(description=_("what is drawn"))
    def drawn(self, version: TemplateVersion) -> str:
        pretty = json.dumps(version.definition, indent=2, ensure_ascii=False)
        return format_html('<pre class="read" dir="ltr">{}</pre>', pretty)


@admin.register(RoiTemplate)
class RoiTemplateAdmin(LookOnlyAdmin):
    list_display = (
        "name",
        "version",
        "record_count",
        "workspace",
        "created_by",
        "updated",
        "archived",
    )
    list_filter = (WorkspaceFilter,)
    search_fields = ("name", "id__startswith")
    ordering = ("-updated", "-pk")
    inlines = (VersionInline,)
    fields = (*list_display, "document_link", "page", "created", "its_records")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        rows = rows.select_related("workspace", "created_by", "document")
        alive = Record.objects.alive()
        return rows.annotate(records=count_of(alive, "version__template"))

    @admin.display(description=_("records"))
    def record_count(self, template: Any) -> int:
        return template.records

    @admin.display(description=_("drawn on"))
    def document_link(self, template: RoiTemplate) -> str:
        return link(template.document)

    @admin.display(description=_("records"))
    def its_records(self, template: RoiTemplate) -> str:
        return list_link(
            Record, _("Show its records"), version__template__id__exact=template.pk
        )
