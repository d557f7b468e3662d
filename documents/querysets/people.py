"""Reads of workspaces, their members and invitations."""

from __future__ import annotations

from hashlib import sha256
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import F, Model, QuerySet
from django.utils import timezone

CHANGING_ROLES = ("reviewer", "owner")


def digest_of(token: str) -> str:
    """What is kept of an invitation's secret, which is random enough for no salt."""
    return sha256(token.encode()).hexdigest()


class WorkspaceQuerySet(QuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        return self.filter(memberships__user=user)

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        return self.filter(memberships__user=user, memberships__role__in=CHANGING_ROLES)

    def owned_by(self, user: AbstractBaseUser) -> Self:
        return self.filter(memberships__user=user, memberships__role="owner")

    def with_role(self) -> Self:
        """Adds ``role``: what the user of ``visible_to`` is there."""
        return self.annotate(role=F("memberships__role"))

    def current_of(self, user: AbstractBaseUser) -> Model:
        """The one the user works in: the chosen one while a member, else their own."""
        mine = self.visible_to(user)
        chosen = mine.filter(pk=user.profile.workspace_id).first()
        return chosen or mine.get(personal_of=user)


class MembershipQuerySet(QuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        return self.filter(workspace__members=user)

    def owners(self) -> Self:
        return self.filter(role="owner")


class InvitationQuerySet(QuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        return self.filter(workspace__members=user)

    def open(self) -> Self:
        return self.filter(accepted_by=None, expires__gt=timezone.now())

    def by_token(self, token: str) -> Self:
        """The open invitation whose secret is *token*, or none."""
        return self.open().filter(digest=digest_of(token))
