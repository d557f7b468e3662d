"""Whether the site can do its work: what is missing, by name."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError
from django_q.models import OrmQ

from documents.models import Worker
from documents.models.workers import CPU

DATABASE, QUEUE, WORKER = "database", "queue", "worker"
START = timedelta(seconds=15)  # within which workers that start together all start


def missing(*, workers: bool = True) -> list[str]:
    """What is not there: the database, the queue, a worker that is warm.

    One of those that every site has: the models of others may take minutes to load.
    """
    try:
        alive = list(Worker.objects.alive().filter(engine_class=CPU))
    except DatabaseError:
        return [DATABASE]
    try:
        OrmQ.objects.exists()
    except DatabaseError:
        return [QUEUE]
    return [WORKER] if workers and not can_read(alive) else []


def can_read(alive: list[Worker]) -> bool:
    """Whether a worker is warm, and those that started with it are too.

    Until then the first page would share the cores with engines that load. A worker
    that started later has replaced one, and nobody waits for it.
    """
    warm = [worker.started for worker in alive if worker.warm]
    cold = [worker.started for worker in alive if not worker.warm]
    return bool(warm) and all(started > min(warm) + START for started in cold)
