"""Rows of which a workspace is the whole owner."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from documents.querysets.people import CHANGING_ROLES


class WorkspaceRowQuerySet(QuerySet):
    """What its members may see, and its reviewers and owners change."""

    def visible_to(self, user: AbstractBaseUser) -> Self:
        return self.filter(workspace__memberships__user=user)

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        return self.filter(
            workspace__memberships__user=user,
            workspace__memberships__role__in=CHANGING_ROLES,
        )


class OwnedRowQuerySet(WorkspaceRowQuerySet):
    """What its members may see, and its owners alone manage."""

    def owned_by(self, user: AbstractBaseUser) -> Self:
        return self.filter(
            workspace__memberships__user=user, workspace__memberships__role="owner"
        )
