"""Worker processes as rows: who is there, who has died."""

from __future__ import annotations

import os
import resource
import socket
import sys
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

import engines
from documents.models import Worker
from documents.services.engines import able_engines
from documents.services.patience import patient

HOST = socket.gethostname()
TICKS = os.sysconf("SC_CLK_TCK")  # of the kernel's clock, a second
_current: Worker | None = None


def current_worker() -> Worker | None:
    """The row of this very process; None where it is no worker."""
    return _current


@patient
def register_worker(pid: int) -> Worker:
    """Make the row of this process, which is called *pid*."""
    global _current
    # An earlier process may have had the same number, and died a moment ago.
    Worker.objects.filter(host=HOST, pid=pid).delete()
    _current = Worker.objects.create(
        host=HOST,
        pid=pid,
        engine_class=settings.WORKER_CLASS,
        offers=able_engines(settings.WORKER_CLASS),
        seen=timezone.now(),
    )
    return _current


@patient
def say_warm(worker: Worker, warm: list[str]) -> None:
    worker.engines = warm
    Worker.objects.filter(pk=worker.pk).update(
        warm=True, engines=warm, memory=memory(), seen=timezone.now()
    )


def beat(worker: Worker) -> bool:
    """Keep the row fresh; False when it is gone: the worker was taken for dead."""
    row = Worker.objects.filter(pk=worker.pk)
    in_memory = [*worker.engines, *filter(None, [engines.who_is_held()])]
    fresh = {
        "seen": timezone.now(),
        "memory": memory(),
        "engines": list(dict.fromkeys(in_memory)),
        "offers": able_engines(worker.engine_class),
    }
    return bool(row.update(**fresh))


def memory() -> int:
    """Bytes of memory that this process holds now; its most so far, without /proc."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def is_alive(worker: Worker) -> bool:
    """Whether the process of a *worker* of this host is there: it, not its namesake."""
    if not is_running(worker.pid):
        return False
    begun = begin_of(worker.pid)
    return begun is None or begun <= worker.started + timedelta(seconds=2)


def is_running(pid: int) -> bool:
    """Whether a process is called *pid*, zombies aside."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    fields = process_fields(pid)
    return fields is None or fields[0] not in ("Z", "X")


def begin_of(pid: int) -> datetime | None:
    """When the process *pid* began; None where the machine does not tell."""
    fields = process_fields(pid)
    if not fields:
        return None
    uptime = float(Path("/proc/uptime").read_text().split()[0])
    return timezone.now() - timedelta(seconds=uptime - int(fields[19]) / TICKS)


def process_fields(pid: int) -> list[str] | None:
    """What /proc says of *pid*, from its state on (see proc(5), stat, field 3)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return stat.rpartition(")")[2].split()
