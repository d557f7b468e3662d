"""Reads of the pages that list documents: the latest, the history, the trash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

if TYPE_CHECKING:
    from uuid import UUID

# Few jobs are in these states: they are found first, then their documents. Where most
# are, as in "succeeded", each document of the part shown is asked for its job.
RARE = ("queued", "running", "failed", "cancelled", "needs_template")


class ListedDocuments(QuerySet):
    """What DocumentQuerySet can do for lists."""

    def listed(self) -> Self:
        """With what a row shows: its jobs, newest first, their progress, first page."""
        jobs = apps.get_model("documents", "Job").objects.with_progress()
        pages = apps.get_model("documents", "Page").objects.filter(number=1)
        return self.prefetch_related(
            Prefetch("jobs", jobs.order_by("-created", "-pk"), to_attr="readings"),
            Prefetch("pages", pages, to_attr="first_pages"),
        )

    def matching(self, wishes: Mapping[str, Any]) -> Self:
        """Those that fit ``q``, ``state`` and ``engine`` of one job, dates, ``batch``
        and ``tag``.

        ``since`` and ``until`` are moments; the first is within, the other is not.
        """
        found = self
        if wishes.get("q"):
            found = found.search(wishes["q"])
        if job := {k: wishes[k] for k in ("state", "engine") if wishes.get(k)}:
            found = found.with_job(**job)
        if wishes.get("since"):
            found = found.filter(created__gte=wishes["since"])
        if wishes.get("until"):
            found = found.filter(created__lt=wishes["until"])
        if wishes.get("batch"):
            found = found.filter(batch=wishes["batch"])
        if wishes.get("tag"):
            found = found.tagged(wishes["tag"])
        return found

    def tagged(self, name: str) -> Self:
        """Those that have the tag *name*, however it is written."""
        tags = self.model.tags.through.objects.filter(tag__name__iexact=name)
        return self.filter(pk__in=tags.values("document"))

    def with_job(self, **wishes: Any) -> Self:
        """Those that have a job with these *wishes*."""
        jobs = apps.get_model("documents", "Job").objects.order_by().filter(**wishes)
        if wishes.get("state") in RARE:
            return self.filter(pk__in=jobs.values("document"))
        return self.filter(Exists(jobs.filter(document=OuterRef("pk"))))

    def newest_first(self) -> Self:
        return self.order_by("-created", "-pk")

    def older_than(self, created: datetime, pk: UUID) -> Self:
        """What follows that row in ``newest_first``, found in the index: no offset."""
        # The first condition alone lets the database begin in the middle of the index.
        return self.filter(Q(created__lt=created) | Q(pk__lt=pk), created__lte=created)
