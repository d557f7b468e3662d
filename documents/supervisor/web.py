"""How gunicorn serves the site: `gunicorn -c python:documents.supervisor.web`."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

from django.conf import settings

from documents.worker.bond import die_with_parent, die_with_supervisor

wsgi_app = "ocrsite.wsgi:application"
bind = f"[{settings.HOST}]:{settings.PORT}"
if ":" not in settings.HOST:
    bind = f"{settings.HOST}:{settings.PORT}"
workers = 2
worker_class = "gthread"
threads = settings.WEB_THREADS
timeout = 120
graceful_timeout = settings.STOP_SECONDS
max_requests, max_requests_jitter = 2000, 200
control_socket_disable = True
proc_name = "ocrsite"
# Heartbeats are files: on a disk that is busy, a worker would seem to hang.
MEMORY = Path("/dev") / "shm"
if MEMORY.is_dir():
    worker_tmp_dir = str(MEMORY)


def on_starting(server: Any) -> None:
    die_with_supervisor()


def post_fork(server: Any, worker: Any) -> None:
    die_with_parent(signal.SIGKILL)
