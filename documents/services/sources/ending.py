"""Visits ended: what became of them, who is told, and when the next one is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Min
from django.utils import timezone

from documents.models import Source, SourceItem, SourceRun
from documents.services.patience import patient
from documents.services.sources.schedules import next_run_after
from documents.services.webhooks import emit

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
RUNS_KEPT = 100  # of each source


@patient
@transaction.atomic
def end_visit(run: SourceRun, *, again: datetime | None = None) -> None:
    """It is over; something may be ready at *again*, before the schedule says."""
    if (source := closed(run, SourceRun.State.SUCCEEDED)) is None:
        return
    now = timezone.now()
    known = SourceRun.objects.get(pk=run.pk)
    source.last_success = now if known.has_looked else source.last_success
    source.failures, source.error = 0, ""
    source.next_run = earliest(
        next_run_after(source.schedule, now), again, next_try_of(source)
    )
    let_go(source)


@patient
@transaction.atomic
def fail_visit(run: SourceRun, reason: str, *, for_good: bool = False) -> None:
    """It came to nothing, or not to its end. There is another one after a pause, or,
    when it failed *for_good*, after somebody has acted."""
    if (source := closed(run, SourceRun.State.FAILED, reason)) is None:
        return
    now = timezone.now()
    pause = PAUSES[min(source.failures, len(PAUSES) - 1)]
    if not source.failures:
        tell(source, reason)
    source.failures += 1
    source.error = reason
    wish = earliest(next_run_after(source.schedule, now), next_try_of(source))
    source.next_run = max(wish, now + pause) if wish and not for_good else None
    let_go(source)


def closed(run: SourceRun, state: str, error: str = "") -> Source | None:
    """The source of *run*, which ends so; None when it has ended already."""
    running = SourceRun.objects.filter(pk=run.pk, state=SourceRun.State.RUNNING)
    if not running.update(state=state, error=error, finished=timezone.now()):
        return None
    return Source.objects.select_for_update().get(pk=run.source_id)


def let_go(source: Source) -> None:
    source.busy_until = None
    source.save(
        update_fields=(
            *("last_success", "failures", "error", "next_run", "busy_until"),
            "updated",
        )
    )


def next_try_of(source: Source) -> datetime | None:
    """When the first of the items that wait may be tried."""
    waiting = source.items.filter(state=SourceItem.State.WAITING)
    return waiting.aggregate(first=Min("next_try"))["first"]


def earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def tell(source: Source, reason: str, item: SourceItem | None = None) -> None:
    """Let those who want to hear know that *source*, or *item* of it, has failed."""
    data: dict[str, Any] = {
        "source": str(source.pk),
        "name": source.name,
        "item": {"id": item.pk, "name": item.name} if item else None,
        "error": reason,
    }
    emit(source.workspace, "source.failed", data)


def forget_old_runs() -> None:
    """Keep the newest runs of each source."""
    many = Source.objects.annotate(count=Count("runs")).filter(count__gt=RUNS_KEPT)
    for source in many:
        newest = source.runs.values_list("pk", flat=True)[:RUNS_KEPT]
        source.runs.exclude(pk__in=list(newest)).delete()
