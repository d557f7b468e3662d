"""How many files one user may have fetched at a time: half of what all may.

The places are the web process's own, as those for waiting requests are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Lock

from django.conf import settings
from django.utils.translation import gettext as _

from documents.services.waiting import TooManyWait

# A quarter of the threads: half of them may wait, and half of those for one user.
SHARE = max(1, settings.WEB_THREADS // 4)

_held: Counter[Hashable] = Counter()
_lock = Lock()


@contextmanager
def one_more_for(user: Hashable) -> Iterator[None]:
    """A place among those of *user*, who is told by the primary key.

    Raises:
        TooManyWait: at once, without waiting for a place.
    """
    with _lock:
        if _held[user] >= SHARE:
            raise TooManyWait(
                _("You have too many files fetched at once. Try again in a moment.")
            )
        _held[user] += 1
    try:
        yield
    finally:
        with _lock:
            _held[user] -= 1
            if not _held[user]:
                del _held[user]
