"""Reads of jobs and their pages."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from documents.querysets.people import CHANGING_ROLES

OPEN = ("queued", "running")


class JobQuerySet(QuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        # By subquery: a join would make SQLite sort all jobs to show the newest.
        mine = user.memberships.values("workspace")
        return self.filter(workspace__in=mine, document__trashed=None)

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        return self.visible_to(user).filter(
            workspace__memberships__user=user,
            workspace__memberships__role__in=CHANGING_ROLES,
        )

    def with_progress(self) -> Self:
        """Adds ``total``, ``done`` (ended any way), ``failed``, engine ``seconds``."""
        ended = Q(page_reads__state__in=("succeeded", "failed", "cancelled"))
        return self.annotate(
            total=Count("page_reads"),
            done=Count("page_reads", filter=ended),
            failed=Count("page_reads", filter=Q(page_reads__state="failed")),
            seconds=Sum("page_reads__reading__seconds"),
        )

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def without_open_pages(self) -> Self:
        """Those on which nothing is left to be done, whatever their state says."""
        return self.exclude(page_reads__state__in=OPEN)


class PageReadQuerySet(QuerySet):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def queued(self) -> Self:
        return self.filter(state="queued")

    def running(self) -> Self:
        return self.filter(state="running")

    def overdue(self, now: datetime) -> Self:
        """Running ones whose worker may no longer hold them."""
        return self.running().filter(lease__lt=now)

    def fairest(self, engine_class: str) -> int | None:
        """The key of the queued page that workers of *engine_class* read next; None
        when nothing waits for them.

        The best lane first, in it the workspace with the fewest pages running, of its
        pages the oldest.
        """
        running = (
            self.model.objects.running()
            .filter(workspace=OuterRef("workspace"), engine_class=engine_class)
            .order_by()
            .values("workspace")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return (
            self.queued()
            .filter(engine_class=engine_class)
            .order_by()
            .values("lane", "workspace")
            .annotate(oldest=Min("pk"), busy=Coalesce(Subquery(running), 0))
            .order_by("lane", "busy", "oldest")
            .values_list("oldest", flat=True)
            .first()
        )
