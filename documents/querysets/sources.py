"""Reads of sources, what they brought, and of connected accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import OuterRef, Q, QuerySet

from documents.querysets.files import count_of
from documents.querysets.rows import OwnedRowQuerySet


class SourceQuerySet(OwnedRowQuerySet):
    def due(self, now: datetime) -> Self:
        """Those whose turn it is, or that a worker has left in the middle."""
        at_rest = Q(busy_until=None) | Q(busy_until__lt=now)
        return self.filter(at_rest, paused=False, next_run__lte=now)

    def with_counts(self) -> Self:
        """Adds ``waiting``, ``taken``, ``failed``, ``skipped``: how many files are."""
        item = apps.get_model("documents", "SourceItem")
        here = item.objects.filter(source=OuterRef("pk")).order_by()
        states = ("waiting", "taken", "failed", "skipped")
        return self.annotate(
            **{one: count_of(here.filter(state=one)) for one in states}
        )


class SourceItemQuerySet(QuerySet):
    def waiting(self, now: datetime) -> Self:
        """Those that may be tried now."""
        return self.filter(state="waiting", next_try__lte=now)


class ConnectionQuerySet(QuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        return self.filter(user=user)
