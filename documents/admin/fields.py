"""Fields of records: the review for staff, as actions; nothing is edited here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from documents.admin.actions import confirmed
from documents.admin.base import LookOnly, LookOnlyAdmin, link, short, state_word
from documents.admin.filters import WorkspaceFilter
from documents.models import Field, FieldChange
from documents.services.fields import Claimed, confirm, reject
from documents.services.sentences import told
from documents.templatetags.fields import CAUSES

FIELD_STATES = {  # as the panel colours states of jobs
    "auto": "succeeded",
    "needs_review": "queued",
    "confirmed": "succeeded",
    "corrected": "succeeded",
    "rejected": "cancelled",
}


class DoubtfulFilter(admin.SimpleListFilter):
    """What waits for someone is listed first; the rest is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, Any]]:
        others = [s for s in Field.State.choices if s[0] != Field.State.NEEDS_REVIEW]
        return [("all", _("All")), *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value() or Field.State.NEEDS_REVIEW)

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """The first one, Django's “All”, says what no choice means here."""
        first, *others = super().choices(changelist)
        yield {**first, "display": Field.State.NEEDS_REVIEW.label}
        yield from others


class CauseFilter(admin.SimpleListFilter):
    """The known causes, instead of the distinct values of a long table."""

    title = _("reason")
    parameter_name = "cause"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin
    ) -> list[tuple[str, Any]]:
        return [(cause, words) for cause, (words, _level) in CAUSES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(cause=self.value()) if self.value() else queryset


class ChangeInline(LookOnly, admin.TabularInline):
    model = FieldChange
    verbose_name_plural = _("Who changed what")
    fields = readonly_fields = ("at", "by", "act", "before", "after", "reason")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("by", "field")


class FieldColumns:
    """The columns of a field, in its record and in the list of all."""

    @admin.display(description=_("state"), ordering="state")
    def state_now(self, field: Field) -> str:
        return state_word(FIELD_STATES[field.state], field.get_state_display())

    @admin.display(description=_("confidence"), ordering="confidence")
    def percent(self, field: Field) -> str:
        return f"{field.confidence:.0%}"

    @admin.display(description=_("value"))
    def shown_value(self, field: Field) -> str:
        return format_html("<bdi>{} {}</bdi>", short(field.value), field.currency)

    @admin.display(description=_("reason"))
    def why(self, field: Field) -> str:
        return told(field.reason)


@admin.register(Field)
class FieldAdmin(FieldColumns, LookOnlyAdmin):
    list_display = (
        "name",
        "shown_value",
        "kind",
        "percent",
        "state_now",
        "why",
        "record_link",
        "workspace",
    )
    list_filter = (DoubtfulFilter, CauseFilter, WorkspaceFilter)
    search_fields = ("name", "value", "record__number", "record__id__startswith")
    search_help_text = _("Name, value, or the record’s number or id")
    ordering = ("-created", "-pk")
    actions = ("confirm", "reject")
    inlines = (ChangeInline,)
    fieldsets = (
        (None, {"fields": ("record_link", "name", "state_now", "why", "claim")}),
        (
            _("What was read"),
            {"fields": ("shown_value", "raw", "read_value", "percent", "alternatives")},
        ),
        (_("Where"), {"fields": ("page", "polygon", "kind", "shared")}),
        (_("When"), {"fields": ("created", "updated")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        alive = super().get_queryset(request).filter(record__replaced=None)
        return alive.select_related("record__document", "workspace", "claimed_by")

    def actions_for(self, row: Field) -> tuple[str, ...]:
        waits = row.state == Field.State.NEEDS_REVIEW
        return ("confirm", "reject") if waits else ()

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("documents.change_field")

    @confirmed(
        description=_("Confirm"),
        question=_("These values are right as they stand. Only those that wait count."),
        permission="review",
    )
    def confirm(self, request: HttpRequest, rows: QuerySet) -> str:
        done, left = tried(
            rows.to_review(), lambda row: confirm(row, user=request.user), Claimed
        )
        words = ngettext(
            "%(count)d value was confirmed.", "%(count)d values were confirmed.", done
        )
        return words % {"count": done} + left_alone(left)

    @confirmed(
        description=_("Reject"),
        question=_("The invoices hold no such values: they are emptied."),
        permission="review",
    )
    def reject(self, request: HttpRequest, rows: QuerySet) -> str:
        done, left = tried(
            rows.to_review(), lambda row: reject(row, user=request.user), Claimed
        )
        words = ngettext(
            "%(count)d value was rejected.", "%(count)d values were rejected.", done
        )
        return words % {"count": done} + left_alone(left)

    @admin.display(description=_("record"))
    def record_link(self, field: Field) -> str:
        return link(field.record)

    @admin.display(description=_("who is at it"))
    def claim(self, field: Field) -> str:
        if field.claimed_by is None:
            return link(None)
        return f"{field.claimed_by} – {field.claimed_until:%H:%M}"


def tried(
    rows: Iterable[Any], act: Callable[[Any], Any], refusal: type[Exception]
) -> tuple[int, int]:
    """How often *act* was done, and how often refused."""
    done = left = 0
    for row in rows:
        try:
            act(row)
        except refusal:
            left += 1
        else:
            done += 1
    return done, left


def left_alone(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "%(count)d was left alone: someone is at it, or it still waits.",
        "%(count)d were left alone: someone is at them, or they still wait.",
        count,
    )
    return " " + words % {"count": count}
