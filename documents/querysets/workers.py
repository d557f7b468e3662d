"""Reads of worker processes."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db.models import QuerySet
from django.utils import timezone

SILENCE = timedelta(seconds=15)  # three missed heartbeats


class WorkerQuerySet(QuerySet):
    def alive(self) -> Self:
        return self.filter(seen__gt=timezone.now() - SILENCE)

    def warm(self) -> Self:
        return self.alive().filter(warm=True)
