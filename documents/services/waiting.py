"""Requests that wait for a worker: at most half of the server's threads at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings
from django.utils.translation import gettext as _

# Half of the threads may wait: the others must be free to answer.
WAITING = BoundedSemaphore(max(1, settings.WEB_THREADS // 2))


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
