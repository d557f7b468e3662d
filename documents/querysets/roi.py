"""Reads of layouts and of code lists."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Max, Q, Value
from django.db.models.functions import Length, Replace

from documents.querysets.rows import WorkspaceRowQuerySet


class CodeListQuerySet(WorkspaceRowQuerySet):
    def with_count(self) -> Self:
        """Adds ``count``: how many values, without loading them."""
        breaks = Length("values") - Length(Replace("values", Value("\n"), Value("")))
        return self.defer("values").annotate(count=breaks + 1)


class RoiTemplateQuerySet(WorkspaceRowQuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        return super().visible_to(user).alive()

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        return super().changeable_by(user).alive()

    def alive(self) -> Self:
        """Without those that were deleted: their records stay, they match no more."""
        return self.filter(archived=None)

    def archived_of(self, user: AbstractBaseUser) -> Self:
        """Those that were deleted in workspaces that *user* may change."""
        return super().changeable_by(user).exclude(archived=None)

    def with_use(self) -> Self:
        """Adds ``record_count``, ``waiting`` (nobody has approved them), ``used``."""
        alive = Q(
            versions__records__replaced=None,
            versions__records__document__trashed=None,
        )
        waiting = alive & Q(versions__records__state="to_review")
        return self.annotate(
            record_count=Count("versions__records", filter=alive),
            waiting=Count("versions__records", filter=waiting),
            used=Max("versions__records__created", filter=alive),
        )
