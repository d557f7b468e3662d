"""A django-q cluster of one worker, that lives and dies as one.

A worker that dies idle takes the lock of django-q's queue with it, and its successor
waits for ever; with the monitor it is the same. So there are no successors: when any
of its processes ends, the cluster does, and the supervisor (or whoever started
``manage.py worker``) starts a new one.
"""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from django.conf import settings
from django.db import connection
from django_q.cluster import Cluster
from django_q.signals import post_spawn

from documents.models.workers import CPU
from documents.services.sweep import release
from documents.services.workers import is_running
from documents.worker import life, shared
from documents.worker.bond import bind_children, die_with_supervisor, kill_group

GLANCE = 0.3  # seconds between two looks at the processes


def run() -> None:
    """Work until told to stop (SIGTERM, SIGINT), or until one of the processes dies."""
    if settings.WORKER_CLASS == CPU:
        # Engines in several workers share the cores: each gets one thread. Tesseract
        # heeds but the limit, and PyTorch hangs at it unless it is told the number.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        os.environ.setdefault("OMP_NUM_THREADS", os.environ["OMP_THREAD_LIMIT"])
    die_with_supervisor()
    bind_children()
    shared.keep_count()
    post_spawn.connect(life.begin)
    connection.close()
    cluster = Cluster()
    signal.signal(signal.SIGTERM, close_by)
    signal.signal(signal.SIGINT, close_by)
    cluster.start()
    if not watch(cluster):
        kill_group()
    release()


def close_by(*_: Any) -> None:
    shared.set_closing()


def watch(cluster: Cluster) -> bool:
    """Wait for the end, and say whether it was an orderly one."""
    while not shared.is_closing():
        if not all(map(is_running, shared.members())):
            return False
        time.sleep(GLANCE)
    # The sentinel stops after the task in hand, but a page may hang.
    cluster.stop_event.set()
    cluster.sentinel.join(settings.STOP_SECONDS)
    cluster.sentinel.kill()
    cluster.sentinel.join()
    return True
