"""Reads for the operations page: counts and ages over a queryset of page reads.

Each is one query on an index; none grows with the pages that were read long ago.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Avg, Count, Max, Min, Q, QuerySet

MOST_REASONS = 10


def waiting_by_lane(reads: QuerySet) -> list[dict[str, Any]]:
    """``lane``, ``waiting``, ``oldest`` of each lane in which a page waits.

    A page waits since its job was made, begun, or asked for again.
    """
    return list(
        reads.filter(state="queued")
        .order_by("lane")
        .values("lane")
        .annotate(waiting=Count("pk"), oldest=Min("job__updated"))
    )


def waiting_by_class(reads: QuerySet) -> list[dict[str, Any]]:
    """``engine_class``, ``waiting``, ``oldest``: the same by who may read them."""
    return list(
        reads.filter(state="queued")
        .order_by("engine_class")
        .values("engine_class")
        .annotate(waiting=Count("pk"), oldest=Min("job__updated"))
    )


def running_pages(reads: QuerySet, limit: int) -> list[Any]:
    """Those being read, the lease that ends first before the others."""
    running = reads.filter(state="running").select_related("job__document", "worker")
    return list(running.order_by("lease")[:limit])


def running_counts(reads: QuerySet, now: datetime) -> dict[str, Any]:
    """``running`` pages, of them ``lost`` (the lease has ended) and ``lost_since``."""
    over = Q(lease__lt=now)
    return reads.filter(state="running").aggregate(
        running=Count("pk"),
        lost=Count("pk", filter=over),
        lost_since=Min("lease", filter=over),
    )


def failures_by_reason(
    reads: QuerySet, since: datetime, lately: datetime
) -> list[dict[str, Any]]:
    """``error``, ``count``, ``lately`` (how many after that), ``last``; most first."""
    return list(
        reads.filter(state="failed", finished__gte=since)
        .order_by()
        .values("error")
        .annotate(
            count=Count("pk"),
            lately=Count("pk", filter=Q(finished__gte=lately)),
            last=Max("finished"),
        )
        .order_by("-count", "error")[:MOST_REASONS]
    )


def throughput_by_engine(
    reads: QuerySet, since: datetime, lately: datetime
) -> list[dict[str, Any]]:
    """``reading__engine``, ``pages``, ``repeated``, ``lately``, mean ``seconds``."""
    return list(
        reads.filter(state="succeeded", finished__gte=since)
        .exclude(reading=None)  # fields alone were read
        .order_by()
        .values("reading__engine")
        .annotate(
            pages=Count("pk"),
            repeated=Count("pk", filter=Q(cached=True)),
            lately=Count("pk", filter=Q(finished__gte=lately)),
            seconds=Avg("reading__seconds", filter=Q(cached=False)),
        )
        .order_by("-pages", "reading__engine")
    )


def last_read(reads: QuerySet) -> datetime | None:
    """When the page that was read last was done."""
    done = reads.filter(state="succeeded", finished__isnull=False)
    return done.order_by("-finished").values_list("finished", flat=True).first()
