"""The durable queue: rows are the truth, django-q carries nothing but wake-ups.

A worker claims a page by one conditional update that counts the attempt, and whatever
it says about the page later holds only while that attempt is still its own.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_q.tasks import async_task

import engines
from documents.models import Job, PageRead, Reading
from documents.models.jobs import State
from documents.models.workers import CPU
from documents.services.patience import patient
from documents.services.wishes import reading_key
from documents.services.workers import current_worker

READ_NEXT = "documents.tasks.read_next"
WAKE_UPS = 16  # at once: each passes itself on while pages wait


def enqueue(task: str, *args: object, times: int = 1, engine_class: str = CPU) -> None:
    """Put *times* calls of *task*, a dotted name, on the queue of that class."""
    if not times:
        return
    cluster = settings.CLUSTERS[engine_class]
    with transaction.atomic():
        for _time in range(times):
            async_task(task, *args, cluster=cluster)


def wake_workers(pages: int, engine_class: str) -> None:
    """Let it be known that so many *pages* wait for workers of *engine_class*."""
    enqueue(READ_NEXT, times=min(pages, WAKE_UPS), engine_class=engine_class)


def page_seconds(engine_class: str) -> int:
    """What an engine of *engine_class* may take for one page."""
    if engine_class == CPU:
        return settings.ENGINE_TIMEOUT
    return settings.PAGE_SECONDS[engine_class]


def lease(engine_class: str = CPU) -> timedelta:
    """How long a worker may hold a page: the engine's time, and some for the rest."""
    seconds = page_seconds(engine_class)
    return timedelta(seconds=seconds + min(30, seconds))


@patient
def claim() -> PageRead | None:
    """The fairest of the pages that wait for workers like this one, now its own; None
    when none waits."""
    while (key := PageRead.objects.fairest(settings.WORKER_CLASS)) is not None:
        read = _with_its_document().filter(pk=key, state=State.QUEUED).first()
        if read and take(read):
            return read
    return None


@transaction.atomic
def take(read: PageRead) -> bool:
    """Make *read* this worker's, if no other was faster; its job begins with it."""
    now = timezone.now()
    taken = {
        "state": State.RUNNING,
        "attempt": read.attempt + 1,
        "worker": current_worker(),
        "lease": now + lease(read.engine_class),
        "started": now,
        "error": "",
    }
    waiting = PageRead.objects.queued().filter(pk=read.pk, attempt=read.attempt)
    if not waiting.update(**taken):
        return False
    for name, value in taken.items():
        setattr(read, name, value)
    Job.objects.filter(pk=read.job_id, state=State.QUEUED).update(
        state=State.RUNNING, started=now, updated=now
    )
    return True


@patient
@transaction.atomic
def store(
    read: PageRead,
    page: engines.Page | None,
    seconds: float,
    extraction: dict[str, Any] | None = None,
) -> bool:
    """Keep what an engine said (None: nothing new) and what the regions say, unless
    *read* is no longer this worker's."""
    found: dict[str, Any] = {"extraction": extraction}
    if page is not None:
        found["reading"] = keep_reading(read, page, seconds)
    stored = held(read).update(
        state=State.SUCCEEDED, error="", lease=None, finished=timezone.now(), **found
    )
    if not stored:
        transaction.set_rollback(True)
    return bool(stored)


@patient
@transaction.atomic
def store_text(read: PageRead, page: engines.Page, seconds: float) -> bool:
    """Keep the text alone, *read* goes on: its next attempt has but the fields left."""
    stored = held(read).update(reading=keep_reading(read, page, seconds))
    if not stored:
        transaction.set_rollback(True)
    return bool(stored)


def keep_reading(read: PageRead, page: engines.Page, seconds: float) -> Reading:
    """The reading of that page and those wishes: this one, or the one that is there."""
    reading, _made = Reading.objects.get_or_create(
        **reading_key(read.job),
        page_number=read.number,
        defaults={
            "result": engines.page_to_json(page),
            "text": page.text,
            "confidence": page.confidence,
            "seconds": seconds,
        },
    )
    return reading


@patient
def fail(read: PageRead, reason: str) -> bool:
    """Give *read* up: no further attempt could change anything."""
    return bool(
        held(read).update(
            state=State.FAILED, error=reason, lease=None, finished=timezone.now()
        )
    )


@patient
def try_again(read: PageRead, reason: str, *, pause: timedelta | None = None) -> bool:
    """Hand *read* back for another attempt, if there is one left.

    With *pause* it stays held so long: the sweep takes it back then.
    """
    if read.attempt >= settings.MAX_ATTEMPTS:
        return fail(read, reason)
    if pause:
        return bool(
            held(read).update(lease=timezone.now() + pause, worker=None, error=reason)
        )
    handed_back = held(read).update(
        state=State.QUEUED, lease=None, worker=None, error=reason
    )
    if handed_back:
        wake_workers(1, read.engine_class)
    return bool(handed_back)


def held(read: PageRead) -> QuerySet[PageRead]:
    """The row of *read* while this very attempt holds it, else nothing."""
    return PageRead.objects.running().filter(
        pk=read.pk, attempt=read.attempt, worker=read.worker_id
    )


def _with_its_document() -> QuerySet[PageRead]:
    return PageRead.objects.select_related(
        "job__template", "job__workspace", "page__document", "reading"
    )
