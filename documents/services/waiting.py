"""Requests that wait for workers: at most half of the server's threads at a time."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from documents.models import Job
from documents.models.jobs import OPEN

# Half of the threads may wait: the others must be free to answer.
WAITING = BoundedSemaphore(max(1, settings.WEB_THREADS // 2))
STEP = 0.04  # seconds between two looks


class TooManyWait(Exception):
    """As many requests wait as may; this one is better sent again."""


@contextmanager
def one_more_waits() -> Iterator[None]:
    """
    Raises:
        TooManyWait: at once, without waiting for a place.
    """
    if not WAITING.acquire(blocking=False):
        raise TooManyWait(_("Too many requests wait already. Try again in a moment."))
    try:
        yield
    finally:
        WAITING.release()


def end_within(jobs: Collection[UUID], seconds: float) -> bool:
    """Whether all of *jobs* have ended, now or within *seconds*."""
    end = time.monotonic() + seconds
    while Job.objects.filter(pk__in=jobs, state__in=OPEN).exists():
        if time.monotonic() >= end:
            return False
        pause(STEP)
    return True


def pause(seconds: float) -> None:
    """Workers, other processes, write their answers into the database meanwhile."""
    time.sleep(seconds)  # between two looks; nothing here tells of the end
