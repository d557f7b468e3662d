"""A worker's life: it takes its limits, makes itself known, and warms its engines."""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import time
from threading import Thread
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection

from documents.models import Worker
from documents.services.sweep import bury_workers
from documents.services.warming import warm_engines
from documents.services.workers import beat, register_worker, say_warm
from documents.worker import shared

logger = logging.getLogger(__name__)
HEARTBEAT = 5  # seconds


def begin(**_: Any) -> None:
    """What a worker does before its first task; called by django-q after the fork."""
    bury_workers()
    allow_children()
    if settings.PAGE_MEMORY_MB:
        limit_memory(settings.PAGE_MEMORY_MB * 2**20)
    worker = register_worker(os.getpid())
    Thread(target=keep_beating, args=(worker,), daemon=True, name="heartbeat").start()
    say_warm(worker, warm_engines())
    shared.set_warm()


def allow_children() -> None:
    """A file that a source brings is inspected in a child. django-q's workers are what
    multiprocessing calls daemons, and these may have none: they would leave them
    behind. Here the whole group of processes ends as one."""
    multiprocessing.current_process().daemon = False


def limit_memory(most: int) -> None:
    """Let a leak end in an error of this process, not in the machine's memory."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def keep_beating(worker: Worker) -> None:
    while True:
        time.sleep(HEARTBEAT)
        try:
            known = beat(worker)
        except DatabaseError as error:
            logger.warning("The heartbeat is late: %s", error)
            connection.close()
            continue
        if not known:
            # It was taken for dead and its pages were given to others: begin anew.
            os._exit(1)
