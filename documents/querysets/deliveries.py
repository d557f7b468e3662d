"""Reads of files that workers make."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet


class DeliveryQuerySet(QuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        """Those of one job to all who may see it, archives to who asked for them;
        without the list of what is wished, which may be long."""
        mine = self.filter(workspace__memberships__user=user)
        of_job = Q(job__isnull=False, job__document__trashed=None)
        found = mine.filter(of_job | Q(job=None, created_by=user))
        return found.select_related("errand").defer("wish", "errand__question")

    def archives_of(self, user: AbstractBaseUser) -> Self:
        return self.visible_to(user).filter(job=None)
