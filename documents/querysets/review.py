"""Reads of the queue of doubtful fields: in its order, narrowed, counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Prefetch, Q, QuerySet

FILTERS: dict[str, Callable[[QuerySet, Any], QuerySet]] = {
    "cause": lambda fields, cause: fields.filter(cause=cause),
    "template": lambda fields, key: fields.filter(record__version__template=key),
    "batch": lambda fields, key: fields.filter(record__document__batch=key),
    "before": lambda fields, moment: fields.filter(record__created__lt=moment),
    "kind": lambda fields, kind: fields.filter(kind=kind),
}
ORDER = ("record__created", "record_id", "order", "pk")  # who waits longest comes first


class ReviewedFields(QuerySet):
    """What FieldQuerySet can do for reviewers."""

    def to_review(self) -> Self:
        return self.filter(state="needs_review")

    def matching(self, wishes: dict[str, Any]) -> Self:
        """Those that fit *wishes*: cause, template, batch, before (a moment), kind."""
        found = self
        for name, value in wishes.items():
            found = FILTERS[name](found, value)
        return found

    def in_turn(self) -> Self:
        """Record by record, the oldest first."""
        return self.order_by(*ORDER)

    def of_records_after(self, created: datetime, pk: UUID) -> Self:
        """Fields of the records that come in turn after the one made then."""
        later = Q(record__created__gt=created)
        return self.filter(later | Q(record__created=created, record__gt=pk))

    def counts_of(self, column: str) -> dict[Any, int]:
        """How many there are of each value of *column*, the most first."""
        found = self.order_by().values_list(column).annotate(n=Count("pk"))
        return dict(found.order_by("-n", column))

    def with_changes(self) -> Self:
        """With who changed what, in one more query for all."""
        changes = apps.get_model("documents", "FieldChange").objects
        return self.prefetch_related(Prefetch("changes", changes.select_related("by")))
