"""Corrections of lines: who put what right, to look at."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from documents.admin.base import LookOnlyAdmin, link, short
from documents.admin.filters import WorkspaceFilter
from documents.models import Correction


@admin.register(Correction)
class CorrectionAdmin(LookOnlyAdmin):
    list_display = (
        "document_name",
        "page",
        "line",
        "short_before",
        "short_after",
        "user",
        "workspace",
        "created",
    )
    list_filter = (WorkspaceFilter,)
    search_fields = ("read__job__document__name", "user__username")
    search_help_text = _("The document’s name, or who corrected it")
    ordering = ("-pk",)
    fields = (
        "job_link",
        "page",
        "line",
        "before",
        "after",
        "user",
        "workspace",
        "created",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        related = ("read__job__document", "workspace", "user")
        rows = super().get_queryset(request).select_related(*related)
        return rows.defer("read__extraction")

    @admin.display(description=_("document"))
    def document_name(self, made: Correction) -> str:
        return short(made.read.job.document.name)

    @admin.display(description=_("page"))
    def page(self, made: Correction) -> int:
        return made.read.number

    @admin.display(description=_("before"))
    def short_before(self, made: Correction) -> str:
        return short(made.before)

    @admin.display(description=_("after"))
    def short_after(self, made: Correction) -> str:
        return short(made.after)

    @admin.display(description=_("job"))
    def job_link(self, made: Correction) -> str:
        return link(made.read.job)
