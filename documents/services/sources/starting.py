"""Visits begun: a source is one worker's at a time, and what one left goes on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from documents.models import Errand, Source, SourceRun
from documents.services import errands
from documents.services.patience import patient

ERRAND = "source"
LEASE = timedelta(minutes=1)  # without an errand on its way, a visit was left behind


def start_due() -> int:
    """Have workers visit the sources whose turn it is; say how many."""
    due = Source.objects.due(timezone.now()).select_related("workspace")
    return sum(begin_visit(source) for source in due)


@patient
@transaction.atomic
def begin_visit(source: Source) -> bool:
    """Have *source* visited, unless it is; a visit that was left behind goes on."""
    free = Source.objects.due(timezone.now()).filter(pk=source.pk)
    if not free.update(busy_until=timezone.now() + LEASE):
        return False
    run = SourceRun.objects.get_or_create(source=source, state="running")[0]
    if not errands_of(source).exists():  # else a worker is at it, or will be
        errands.put(source.workspace, ERRAND, first_question(run))
    return True


def first_question(run: SourceRun) -> dict[str, Any]:
    return {"source": run.source_id.hex, "run": run.pk}


@patient
@transaction.atomic
def pass_on(source: Source, question: dict[str, Any]) -> None:
    """Leave the rest to the next free worker, so that others have their turn."""
    kept = Source.objects.filter(pk=source.pk, busy_until__isnull=False)
    if not kept.update(busy_until=timezone.now() + LEASE):
        return
    # An errand that was taken twice, as its worker died, is passed on once.
    if not errands_of(source).filter(state=Errand.State.WAITING).exists():
        errands.put(source.workspace, ERRAND, question)


def errands_of(source: Source) -> QuerySet[Errand]:
    """Those that are open."""
    return Errand.objects.filter(
        kind=ERRAND,
        state__in=(Errand.State.WAITING, Errand.State.RUNNING),
        question__source=source.pk.hex,
    )
