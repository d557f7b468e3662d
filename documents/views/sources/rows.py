"""A source as pages show it: what it does at the moment, and how its files fared."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from documents.models import Source, SourceRun
from documents.services.sources import waits_for_somebody
from documents.sources import KINDS
from documents.views.sources.words import where

OPEN_RUNS = Prefetch(
    "runs", SourceRun.objects.filter(state="running"), to_attr="open_runs"
)


@dataclass(frozen=True)
class Row:
    source: Source  # with its counts, its open runs and its connection

    @property
    def run(self) -> SourceRun | None:
        """The visit that is under way."""
        return self.source.open_runs[0] if self.source.open_runs else None

    @property
    def kind(self) -> str:
        """What its kind is called, in English; one that is gone keeps its name."""
        kind = KINDS.get(self.source.kind)
        return kind.label if kind else self.source.kind

    @property
    def where(self) -> list[str]:
        return where(self.source)

    @property
    def is_due(self) -> bool:
        """Whether the next worker that is free visits it."""
        next_run = self.source.next_run
        return bool(next_run and next_run <= timezone.now() and not self.source.paused)

    @cached_property
    def is_live(self) -> bool:
        """Whether it looks different in a moment."""
        return bool(self.run) or self.is_due

    @cached_property
    def state(self) -> str:
        """``running``, ``due``, ``paused``, ``stuck`` (until somebody acts),
        ``failing`` (it is tried again), ``new`` or ``fine``."""
        source = self.source
        if self.run:
            return "running"
        if source.paused:
            return "paused"
        if waits_for_somebody(source):
            return "stuck"
        if source.error:
            return "failing"
        if self.is_due:
            return "due"
        return "fine" if source.last_success else "new"


def source_rows(sources: QuerySet[Source]) -> list[Row]:
    listed = sources.with_counts().select_related("connection")
    return [Row(source) for source in listed.prefetch_related(OPEN_RUNS)]
