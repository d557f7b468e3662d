"""The state of the house: queue, workers, engines, disk, and the verdict on them."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from documents.models import PageRead, Worker
from documents.models.jobs import Lane
from documents.models.workers import NETWORK
from documents.querysets import operations as reads
from documents.querysets.workers import SILENCE
from documents.services.diagnosis import Facts, Unserved, Verdict, diagnose
from engines import EngineUnavailable, engine_names, get_engine

DAY, HOUR, LATELY = timedelta(days=1), timedelta(hours=1), timedelta(minutes=10)
MOST_RUNNING = 50  # rows shown; the facts count all


@dataclass(frozen=True, slots=True)
class LaneDepth:
    label: str
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class EngineHealth:
    """One engine here: can it run, what helps, how many workers hold it warm."""

    name: str
    label: str
    version: str
    ok: bool
    reason: str
    remedy: str
    warm: int


@dataclass(frozen=True, slots=True)
class Disk:
    path: Path
    free: int
    total: int

    @property
    def percent_free(self) -> int:
        return round(100 * self.free / self.total)


@dataclass(frozen=True)
class Operations:
    """Everything that the operations page shows, at one moment."""

    now: datetime
    lanes: list[LaneDepth]
    classes: list[dict[str, Any]]
    counts: dict[str, Any]
    running: list[PageRead]
    workers: list[Worker]
    failures: list[dict[str, Any]]
    throughput: list[dict[str, Any]]
    last_read: datetime | None
    engines: list[EngineHealth]
    disk: Disk
    database_size: int
    version: str

    @cached_property
    def readers(self) -> list[Worker]:
        """Those workers that read pages."""
        return [one for one in self.workers if one.engine_class != NETWORK]

    @cached_property
    def facts(self) -> Facts:
        lately = sum(row["lately"] for row in self.throughput)
        return Facts(
            now=self.now,
            waiting=sum(row["waiting"] for row in self.served),
            waiting_since=min(
                (row["oldest"] for row in self.served if row["oldest"]), default=None
            ),
            unserved=self.unserved,
            last_read=self.last_read,
            pages_a_minute=lately * 60 / LATELY.seconds,
            read_lately=sum(row["pages"] for row in self.throughput),
            failed_lately=sum(row["lately"] for row in self.failures),
            failure=_most_frequent(self.failures),
            disk_free=self.disk.free,
            disk_total=self.disk.total,
            **self.counts,
            **_head_count(self.readers, self.now),
        )

    @cached_property
    def served(self) -> list[dict[str, Any]]:
        """What waits for workers there are; all of it where there are none at all."""
        there = {one.engine_class for one in self.readers if _is_alive(one, self.now)}
        return [
            row for row in self.classes if not there or row["engine_class"] in there
        ]

    @property
    def unserved(self) -> tuple[Unserved, ...]:
        return tuple(
            Unserved(row["engine_class"], row["waiting"], row["oldest"])
            for row in self.classes
            if row not in self.served
        )

    @cached_property
    def verdict(self) -> Verdict:
        return diagnose(self.facts)


def operations() -> Operations:
    """Look at everything once."""
    now = timezone.now()
    page_reads = PageRead.objects.all()
    workers = list(Worker.objects.all())
    return Operations(
        now=now,
        lanes=_depths(reads.waiting_by_lane(page_reads)),
        classes=reads.waiting_by_class(page_reads),
        counts=reads.running_counts(page_reads, now),
        running=reads.running_pages(page_reads, MOST_RUNNING),
        workers=workers,
        failures=reads.failures_by_reason(page_reads, now - DAY, now - HOUR),
        throughput=reads.throughput_by_engine(page_reads, now - HOUR, now - LATELY),
        last_read=reads.last_read(page_reads),
        engines=engine_health(workers, now),
        disk=disk_of(settings.DATA_DIR),
        database_size=database_size(),
        version=version(),
    )


def engine_health(workers: Iterable[Worker], now: datetime) -> list[EngineHealth]:
    """Each engine of the registry; the web process may ask, it loads nothing heavy."""
    alive = [worker for worker in workers if _is_alive(worker, now)]
    return [_health(name, alive) for name in engine_names()]


def disk_of(folder: Path) -> Disk:
    """The disk that *folder* lies on, or will lie on when it is made."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    usage = shutil.disk_usage(there)
    return Disk(folder, usage.free, usage.total)


def database_size() -> int:
    """Bytes the database takes."""
    question = "SELECT pg_database_size(current_database())"
    if connection.vendor == "sqlite":
        question = (
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


@cache
def version() -> str:
    project = (settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(project)["project"]["version"]


def _is_alive(worker: Worker, now: datetime) -> bool:
    return worker.seen > now - SILENCE


def _head_count(workers: list[Worker], now: datetime) -> dict[str, Any]:
    alive = [worker for worker in workers if _is_alive(worker, now)]
    cold = [worker for worker in alive if not worker.warm]
    return {
        "ready": len(alive) - len(cold),
        "cold": len(cold),
        "cold_since": min((worker.started for worker in cold), default=None),
        "silent": len(workers) - len(alive),
        "last_seen": max((worker.seen for worker in workers), default=None),
    }


def _depths(rows: list[dict[str, Any]]) -> list[LaneDepth]:
    found = {row["lane"]: row for row in rows}
    return [
        LaneDepth(
            label=str(lane.label),
            waiting=found[lane]["waiting"] if lane in found else 0,
            oldest=found[lane]["oldest"] if lane in found else None,
        )
        for lane in Lane
    ]


def _most_frequent(failures: list[dict[str, Any]]) -> str:
    lately = [row for row in failures if row["lately"]]
    return max(lately, key=lambda row: row["lately"])["error"] if lately else ""


def _health(name: str, alive: list[Worker]) -> EngineHealth:
    warm = sum(name in worker.engines for worker in alive)
    try:
        engine = get_engine(name)
        availability = engine.availability()
    # An engine of one's own (EXTRA_ENGINES) may be misspelt: the page must show that.
    except (EngineUnavailable, ImportError, AttributeError) as error:
        return EngineHealth(name, name, "", False, str(error), "", warm)
    return EngineHealth(
        name=name,
        label=engine.label,
        version=engine.version,
        ok=availability.ok,
        reason=availability.reason,
        remedy=availability.remedy,
        warm=warm,
    )
