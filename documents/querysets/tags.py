"""Reads of tags."""

from __future__ import annotations

from typing import Self

from django.db.models import Count, Q

from documents.querysets.rows import WorkspaceRowQuerySet


class TagQuerySet(WorkspaceRowQuerySet):
    def in_use(self) -> Self:
        """Those that documents have which are not in the trash, and how many do:
        ``document_count``."""
        alive = Q(documents__isnull=False, documents__trashed=None)
        counted = self.annotate(document_count=Count("documents", filter=alive))
        return counted.filter(document_count__gt=0)
