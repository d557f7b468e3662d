"""Reads of documents and batches."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Q, QuerySet

from documents.querysets.history import ListedDocuments
from documents.querysets.people import CHANGING_ROLES


class BatchQuerySet(QuerySet):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        return self.filter(workspace__memberships__user=user)

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        return self.filter(
            workspace__memberships__user=user,
            workspace__memberships__role__in=CHANGING_ROLES,
        )

    def with_counts(self) -> Self:
        """Adds ``document_count``: how many are here and not in the trash."""
        alive = Q(documents__isnull=False, documents__trashed=None)
        return self.annotate(document_count=Count("documents", filter=alive))


class DocumentQuerySet(ListedDocuments):
    def alive(self) -> Self:
        """Without those in the trash."""
        return self.filter(trashed=None)

    def visible_to(self, user: AbstractBaseUser) -> Self:
        """Those of the user's workspaces, but not of the trash."""
        return self.alive().filter(workspace__memberships__user=user)

    def changeable_by(self, user: AbstractBaseUser) -> Self:
        return self.alive().filter(
            workspace__memberships__user=user,
            workspace__memberships__role__in=CHANGING_ROLES,
        )

    def trash_of(self, user: AbstractBaseUser) -> Self:
        return self.exclude(trashed=None).filter(workspace__memberships__user=user)

    def search(self, words: str) -> Self:
        """Those with *words* in their name, or in what any job read on them."""
        read = self.model.objects.filter(
            jobs__page_reads__reading__text__icontains=words
        )
        return self.filter(Q(name__icontains=words) | Q(pk__in=read.values("pk")))
