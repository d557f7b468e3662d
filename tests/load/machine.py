"""What processes cost: CPU and memory, from /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable

from tests.processes.site import proc

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def cpu_seconds(pids: Iterable[int]) -> float:
    """What these processes and those they have waited for have used so far."""
    total = 0
    for pid in pids:
        fields = proc(pid, "stat").rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def resident(pid: int) -> int:
    """Bytes of memory that *pid* holds."""
    fields = proc(pid, "statm").split()
    return int(fields[1]) * PAGE if fields else 0
