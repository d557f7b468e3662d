"""Jobs and their pages: what was asked, how it goes, and to ask again or stop it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
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
    took,
)
from documents.admin.filters import EngineFilter, WorkspaceFilter
from documents.models import Job, PageRead
from documents.models.jobs import OPEN, State
from documents.services.jobs import cancel_job, retry_job

FIRST_PAGES = 100  # a job may have thousands
RETRYABLE = (State.FAILED, State.CANCELLED)


class PageColumns:
    """The columns of a page, in its job and in the list of all."""

    @admin.display(description=_("state"), ordering="state")
    def state_now(self, read: Any) -> str:
        return state_word(read.state, read.get_state_display())

    @admin.display(description=_("took"))
    def duration(self, read: PageRead) -> str:
        return took(read.started, read.finished)

    @admin.display(description=_("reading"))
    def reading_link(self, read: PageRead) -> str:
        if read.reading is None:
            return link(None)
        return link(read.reading, _("again") if read.cached else _("text"))


class PageReadInline(PageColumns, LookOnly, admin.TabularInline):
    model = PageRead
    verbose_name_plural = _("The first pages")
    fields = (
        "number",
        "state_now",
        "attempt",
        "worker",
        "lease",
        "duration",
        "reading_link",
        "error",
    )
    readonly_fields = fields
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        first = super().get_queryset(request).filter(number__lte=FIRST_PAGES)
        related = ("worker", "reading", "job__document")
        return _with_light_reading(first).select_related(*related)


@admin.register(Job)
class JobAdmin(LookOnlyAdmin):
    list_display = (
        "document_name",
        "state_now",
        "progress",
        "engine",
        "workspace",
        "created",
        "duration",
        "short_error",
    )
    list_filter = ("state", EngineFilter, "lane", WorkspaceFilter)
    search_fields = ("document__name", "id__startswith", "created_by__username")
    search_help_text = _("The document’s name, the job’s id, or who asked for it")
    ordering = ("-created", "-pk")
    inlines = (PageReadInline,)
    actions = ("retry", "cancel")
    fieldsets = (
        (
            None,
            {"fields": ("document_link", "state_now", "error", "pages", "cached")},
        ),
        (
            _("What was asked"),
            {
                "fields": (
                    "engine",
                    "wanted_languages",
                    "preprocess",
                    "prompt",
                    "max_side",
                    "lane",
                    "workspace",
                    "created_by",
                )
            },
        ),
        (_("When"), {"fields": ("created", "started", "finished", "duration")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        pages = PageRead.objects.all()
        return (
            super()
            .get_queryset(request)
            .select_related("document", "workspace", "created_by")
            .annotate(
                total=count_of(pages, "job"),
                done=count_of(pages.exclude(state__in=OPEN), "job"),
            )
        )

    def actions_for(self, row: Any) -> tuple[str, ...]:
        again = row.page_reads.filter(state__in=RETRYABLE).exists()
        names = [("retry", again), ("cancel", row.state in OPEN)]
        return tuple(name for name, sensible in names if sensible)

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("documents.change_job")

    @confirmed(
        description=_("Read again what failed"),
        question=_(
            "Pages that failed or were cancelled are read again, the others are kept. "
            "Jobs without such pages stay as they are."
        ),
        permission="operate",
    )
    def retry(self, request: HttpRequest, rows: QuerySet) -> str:
        jobs = list(rows.filter(page_reads__state__in=RETRYABLE).distinct())
        for job in jobs:
            retry_job(job)
        return ngettext(
            "%(count)d job is being read again.",
            "%(count)d jobs are being read again.",
            len(jobs),
        ) % {"count": len(jobs)}

    @confirmed(
        description=_("Cancel"),
        question=_("Pages that still wait are not read; what was read is kept."),
        permission="operate",
    )
    def cancel(self, request: HttpRequest, rows: QuerySet) -> str:
        jobs = list(rows.filter(state__in=OPEN))
        for job in jobs:
            cancel_job(job)
        return ngettext(
            "%(count)d job was cancelled.", "%(count)d jobs were cancelled.", len(jobs)
        ) % {"count": len(jobs)}

    @admin.display(description=_("state"), ordering="state")
    def state_now(self, job: Job) -> str:
        return state_word(job.state, job.get_state_display())

    @admin.display(description=_("pages"))
    def progress(self, job: Any) -> str:
        return _("%(done)d of %(total)d") % {"done": job.done, "total": job.total}

    @admin.display(description=_("took"))
    def duration(self, job: Job) -> str:
        return took(job.started, job.finished)

    @admin.display(description=_("error"))
    def short_error(self, job: Job) -> str:
        return short(job.error)

    @admin.display(description=_("document"), ordering="document__name")
    def document_name(self, job: Job) -> str:
        return short(job.document.name)

    @admin.display(description=_("languages"))
    def wanted_languages(self, job: Job) -> str:
        return ", ".join(job.languages)

    @admin.display(description=_("document"))
    def document_link(self, job: Job) -> str:
        return link(job.document)

    @admin.display(description=_("pages"))
    def pages(self, job: Job) -> str:
        """How many in each state, each a link to them."""
        counts = job.page_reads.order_by().values_list("state").annotate(Count("pk"))
        found = dict(counts)
        words = [
            list_link(
                PageRead,
                f"{found[state]} {state.label}",
                job__id__exact=job.pk,
                state__exact=state.value,
            )
            for state in State
            if state in found
        ]
        return format_html_join(" · ", "{}", ((word,) for word in words))


@admin.register(PageRead)
class PageReadAdmin(PageColumns, LookOnlyAdmin):
    list_display = (
        "document_name",
        "number",
        "state_now",
        "attempt",
        "worker",
        "duration",
        "reading_link",
        "error",
    )
    list_filter = ("state", "lane", WorkspaceFilter)
    search_fields = ("job__document__name", "job__id__startswith")
    ordering = ("-pk",)
    fields = (
        "job_link",
        "number",
        "state_now",
        "attempt",
        "worker",
        "lease",
        "created",
        "started",
        "finished",
        "cached",
        "reading_link",
        "error",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        related = ("job__document", "worker", "reading")
        return _with_light_reading(super().get_queryset(request)).select_related(
            *related
        )

    @admin.display(description=_("document"), ordering="job__document__name")
    def document_name(self, read: PageRead) -> str:
        return short(read.job.document.name)

    @admin.display(description=_("job"))
    def job_link(self, read: PageRead) -> str:
        return link(read.job)


def _with_light_reading(reads: QuerySet) -> QuerySet:
    """Without the columns of a reading that are only shown on its own page."""
    return reads.defer("reading__result", "reading__text")
