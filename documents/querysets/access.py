"""Reads of API keys."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet


class ApiKeyQuerySet(QuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        return self.filter(user=user)
