"""Reads of records and their fields."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Q, QuerySet

from documents.querysets.people import CHANGING_ROLES
from documents.querysets.review import ReviewedFields


def _with_words(records: QuerySet, words: str) -> QuerySet:
    return records.filter(
        Q(supplier__icontains=words)
        | Q(number__icontains=words)
        | Q(document__name__icontains=words)
    )


FILTERS: dict[str, Callable[[QuerySet, Any], QuerySet]] = {
    "q": _with_words,
    "state": lambda records, state: records.filter(state=state),
    "template": lambda records, key: records.filter(version__template=key),
    "document": lambda records, key: records.filter(document=key),
    "batch": lambda records, key: records.filter(document__batch=key),
    "since": lambda records, day: records.filter(date__gte=str(day)),
    "until": lambda records, day: records.filter(date__lte=str(day)).exclude(date=""),
    "exported": lambda records, wish: records.filter(
        exported__isnull=wish not in (True, "yes")
    ),
    "changed": lambda records, _wish: records.filter(changed_since_export=True),
}


class RecordQuerySet(QuerySet):
    def alive(self) -> Self:
        """Not of the trash, and not replaced by a newer reading of the same pages."""
        return self.filter(document__trashed=None, replaced=None)

    def visible_to(self, user: AbstractBaseUser) -> Self:
        # By subquery: a join would make SQLite sort all records to show the newest.
        mine = user.memberships.values("workspace")
        return self.alive().filter(workspace__in=mine)

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        mine = user.memberships.filter(role__in=CHANGING_ROLES)
        return self.alive().filter(workspace__in=mine.values("workspace"))

    def matching(self, wishes: dict[str, Any]) -> Self:
        """Those that fit *wishes*: q, state, template, document, batch, since, until
        (invoice dates), exported (yes or no), changed."""
        found = self
        for name, value in wishes.items():
            found = FILTERS[name](found, value)
        return found

    def older_than(self, created: datetime, pk: UUID) -> Self:
        """Those that follow in a list with the newest first."""
        return self.filter(Q(created__lt=created) | Q(created=created, pk__lt=pk))

    def with_doubts(self) -> Self:
        """Adds ``doubts``: how many fields wait for someone."""
        waiting = Q(fields__state="needs_review")
        return self.annotate(doubts=Count("fields", filter=waiting))


class FieldQuerySet(ReviewedFields):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        mine = user.memberships.values("workspace")
        return self._alive().filter(workspace__in=mine)

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        mine = user.memberships.filter(role__in=CHANGING_ROLES)
        return self._alive().filter(workspace__in=mine.values("workspace"))

    def _alive(self) -> Self:
        return self.filter(record__document__trashed=None, record__replaced=None)
