"""What this process and those that it has started cost: some engines have their own."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
USER, SYSTEM = 11, 12  # fields of /proc/<pid>/stat behind the command's name


def cpu_seconds() -> float:
    """Seconds of CPU that the process and the living ones it started have used."""
    return time.process_time() + sum(map(_cpu_of, _started(os.getpid())))


def peak_megabytes() -> float:
    """The most memory that each of them has held, added up."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bytes_each = 1 if sys.platform == "darwin" else 1024
    others = sum(map(_peak_of, _started(os.getpid())))
    return (peak * bytes_each + others * 1024) / 1e6


def _started(pid: int) -> Iterator[int]:
    """The processes that *pid* has started, and what those have; Linux alone tells."""
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, _said(listed).split()):
            yield child
            yield from _started(child)


def _cpu_of(pid: int) -> float:
    fields = _said(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[USER]) + int(fields[SYSTEM])) / TICKS if fields else 0.0


def _peak_of(pid: int) -> int:
    """Kilobytes."""
    lines = _said(Path(f"/proc/{pid}/status")).splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def _said(file: Path) -> str:
    """What *file* says; nothing, where its process is gone."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
