"""The sweep: what died, hangs or was lost is found and set going again.

Every act is a conditional update, so any number of sweeps may run at once.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.models import OrmQ

from documents.models import Errand, Job, PageRead, Worker
from documents.models.jobs import State
from documents.services import errands, sources, webhooks
from documents.services.closing import close
from documents.services.patience import patient
from documents.services.queue import READ_NEXT, WAKE_UPS, enqueue, held, page_seconds
from documents.services.workers import HOST, is_alive

FORGOTTEN = timedelta(days=1)  # then a silent worker of another host is struck off


@dataclass(slots=True)
class Swept:
    """How many of each were found."""

    overdue: int = 0
    dead: int = 0
    jobs: int = 0
    errands: int = 0
    sources: int = 0
    webhooks: int = 0
    wake_ups: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{name} {count}" for name, count in asdict(self).items())


@patient
def sweep() -> Swept:
    """Set everything right once."""
    found = Swept(overdue=end_overdue(), dead=bury_workers())
    found.jobs = close_finished()
    found.errands = errands.take_back_overdue()
    found.sources = sources.start_due()
    found.webhooks = webhooks.start_due()
    errands.forget_old()
    found.wake_ups = wake_the_sleeping()
    return found


def end_overdue() -> int:
    """Take back pages held too long, and kill those of this host that hang on them."""
    overdue = PageRead.objects.overdue(timezone.now()).select_related("worker")
    taken = 0
    for read in overdue:
        if take_back(read, read.error or too_slow(read.engine_class)):
            taken += 1
            kill(read.worker)
    return taken


def bury_workers() -> int:
    """Strike off workers whose process is gone, and take back what they read."""
    buried = 0
    for worker in Worker.objects.filter(host=HOST):
        if not is_alive(worker):
            for read in worker.page_reads.running():
                take_back(read, crashed())
            errands.take_back_from(worker)
            worker.delete()
            buried += 1
    silent = Worker.objects.filter(seen__lt=timezone.now() - FORGOTTEN)
    for worker in silent.exclude(host=HOST):
        worker.delete()
    return buried


def take_back(read: PageRead, reason: str) -> bool:
    """Queue *read* again, or give it up after so many attempts."""
    if read.attempt >= settings.MAX_ATTEMPTS:
        ending = {"state": State.FAILED, "finished": timezone.now()}
    else:
        ending = {"state": State.QUEUED, "worker": None}
    return bool(held(read).update(**ending, lease=None, error=reason))


def kill(worker: Worker | None) -> None:
    if worker and worker.host == HOST and is_alive(worker):
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)


def close_finished() -> int:
    """End jobs whose last page ended without a word."""
    finished = Job.objects.open().without_open_pages()
    return sum(close(key) for key in finished.values_list("pk", flat=True))


def wake_the_sleeping() -> int:
    """Enqueue wake-ups for pages and errands that wait while none is on its way."""
    return sum(map(wake_those_of, settings.CLUSTERS))


def wake_those_of(engine_class: str) -> int:
    """Do so for the workers of one class."""
    errand = Errand.objects.filter(
        state=Errand.State.WAITING, engine_class=engine_class
    )
    asked = errand[:WAKE_UPS].count()
    pages = PageRead.objects.queued().filter(engine_class=engine_class)
    waiting = pages[:WAKE_UPS].count()
    wake_ups = OrmQ.objects.filter(key=settings.CLUSTERS[engine_class])
    on_its_way = wake_ups.filter(lock__lte=timezone.now())[:WAKE_UPS].count()
    missing = max(0, asked + waiting - on_its_way)
    enqueue(errands.RUN_ERRAND, times=min(asked, missing), engine_class=engine_class)
    enqueue(READ_NEXT, times=max(0, missing - asked), engine_class=engine_class)
    return missing


@patient
def release() -> None:
    """Give back what workers of this host held when they were stopped, uncounted."""
    for worker in Worker.objects.filter(host=HOST):
        if not is_alive(worker):
            worker.page_reads.running().update(
                state=State.QUEUED, attempt=F("attempt") - 1, lease=None, worker=None
            )
            errands.take_back_from(worker)
            worker.delete()


def too_slow(engine_class: str) -> str:
    return _(
        "The engine took longer than %(seconds)d seconds. "
        "Try a smaller picture or another engine."
    ) % {"seconds": page_seconds(engine_class)}


def crashed() -> str:
    return _("The engine crashed on this page. Try another engine.")
