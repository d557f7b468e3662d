"""Reads of records and their fields."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Q, QuerySet

from documents.querysets.people import CHANGING_ROLES


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

    def with_doubts(self) -> Self:
        """Adds ``doubts``: how many fields wait for someone."""
        waiting = Q(fields__state="needs_review")
        return self.annotate(doubts=Count("fields", filter=waiting))


class FieldQuerySet(QuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        mine = user.memberships.values("workspace")
        return self._alive().filter(workspace__in=mine)

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        mine = user.memberships.filter(role__in=CHANGING_ROLES)
        return self._alive().filter(workspace__in=mine.values("workspace"))

    def to_review(self) -> Self:
        return self.filter(state="needs_review")

    def _alive(self) -> Self:
        return self.filter(record__document__trashed=None, record__replaced=None)
