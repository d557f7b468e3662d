"""Records: what is approved and what waits; to look at, to approve, to reopen."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents.admin.actions import confirmed
from documents.admin.base import (
    LookOnly,
    LookOnlyAdmin,
    count_of,
    link,
    list_link,
    short,
    state_word,
)
from documents.admin.fields import FieldColumns, left_alone, tried
from documents.admin.filters import WorkspaceFilter
from documents.models import Field, Record, SavedExport
from documents.services.records import CannotApprove, approve, reopen


class FieldInline(FieldColumns, LookOnly, admin.TabularInline):
    model = Field
    verbose_name_plural = _("Values")
    fields = readonly_fields = (
        "name",
        "kind",
        "shown_value",
        "percent",
        "state_now",
        "why",
    )
    show_change_link = True
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("record__document")


@admin.register(Record)
class RecordAdmin(LookOnlyAdmin):
    list_display = (
        "name",
        "date",
        "total",
        "currency",
        "state_now",
        "doubts",
        "layout",
        "workspace",
        "created",
    )
    list_filter = ("state", "changed_since_export", WorkspaceFilter)
    search_fields = ("supplier", "number", "id__startswith")
    search_help_text = _("Supplier, number or id")
    ordering = ("-created", "-pk")
    actions = ("approve", "reopen")
    inlines = (FieldInline,)
    fieldsets = (
        (None, {"fields": ("name", "state_now", "broken", "twin_link")}),
        (
            _("Columns"),
            {"fields": ("supplier", "number", "date", "total", "currency")},
        ),
        (
            _("Where from"),
            {
                "fields": (
                    "document_link",
                    "job_link",
                    "layout",
                    "first_page",
                    "last_page",
                    "rung",
                    "score",
                )
            },
        ),
        (
            _("Since then"),
            {
                "fields": (
                    "created",
                    "updated",
                    "approved",
                    "approved_by",
                    "exported",
                    "changed_since_export",
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        waiting = Field.objects.to_review()
        related = (
            "document",
            "job",
            "workspace",
            "version__template",
            "twin__document",
        )
        alive = super().get_queryset(request).filter(replaced=None)
        rows = alive.select_related(*related, "approved_by")
        return rows.annotate(waiting=count_of(waiting, "record"))

    def actions_for(self, row: Record) -> tuple[str, ...]:
        return ("approve",) if row.state == Record.State.TO_REVIEW else ("reopen",)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("documents.change_record")

    @confirmed(
        description=_("Approve"),
        question=_("Those in which a value still waits for someone stay as they are."),
        permission="review",
    )
    def approve(self, request: HttpRequest, rows: QuerySet) -> str:
        waiting = rows.filter(state=Record.State.TO_REVIEW)
        done, left = tried(
            waiting, lambda row: approve(row, user=request.user), CannotApprove
        )
        words = ngettext(
            "%(count)d record was approved.", "%(count)d records were approved.", done
        )
        return words % {"count": done} + left_alone(left)

    @confirmed(
        description=_("Reopen"),
        question=_("Their approval is taken back."),
        permission="review",
    )
    def reopen(self, request: HttpRequest, rows: QuerySet) -> str:
        records = list(rows.exclude(state=Record.State.TO_REVIEW))
        for record in records:
            reopen(record, user=request.user)
        words = ngettext(
            "%(count)d record was reopened.",
            "%(count)d records were reopened.",
            len(records),
        )
        return words % {"count": len(records)}

    @admin.display(description=_("record"), ordering="supplier")
    def name(self, record: Record) -> str:
        return short(str(record))

    @admin.display(description=_("state"), ordering="state")
    def state_now(self, record: Record) -> str:
        open_ = record.state == Record.State.TO_REVIEW
        return state_word(
            "queued" if open_ else "succeeded", record.get_state_display()
        )

    @admin.display(description=_("to review"))
    def doubts(self, record: Any) -> str:
        if not record.waiting:
            return link(None)
        return list_link(Field, str(record.waiting), q=str(record.pk))

    @admin.display(description=_("layout"))
    def layout(self, record: Record) -> str:
        return short(str(record.version))

    @admin.display(description=_("document"))
    def document_link(self, record: Record) -> str:
        return link(record.document)

    @admin.display(description=_("job"))
    def job_link(self, record: Record) -> str:
        return link(record.job)

    @admin.display(description=_("looks like"))
    def twin_link(self, record: Record) -> str:
        return link(record.twin)


@admin.register(SavedExport)
class SavedExportAdmin(LookOnlyAdmin):
    list_display = ("name", "workspace", "created_by", "created", "taken", "records_in")
    list_select_related = ("workspace", "created_by")
    list_filter = (WorkspaceFilter,)
    search_fields = ("name",)
    ordering = ("-created",)
    fields = (*list_display, "columns", "filters")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        taken = SavedExport.records.through.objects.all()
        rows = super().get_queryset(request)
        return rows.annotate(count=count_of(taken, "savedexport"))

    @admin.display(description=_("records taken"))
    def records_in(self, export: Any) -> int:
        return export.count
