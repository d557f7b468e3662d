"""The processes that the supervisor starts, and starts anew when they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.conf import settings

from documents.worker.bond import SUPERVISOR

GRACE = 60.0  # seconds: what ran that long has not failed at its start
LONGEST_WAIT = 30.0
LOG_SIZE = 10 * 2**20


@dataclass
class Child:
    """A process that leads a group of its own, and takes all of it along."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started: float = 0.0
    due: float = field(default_factory=time.monotonic)

    def tend(self) -> str:
        """Start the process when it is due; tell what happened, if anything did."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start(now)
            return ""
        if self.process.poll() is None:
            return ""
        ended = self.process.returncode
        self.kill()
        self.failures = 0 if now - self.started > GRACE else self.failures + 1
        self.due = now + min(2.0**self.failures / 4, LONGEST_WAIT)
        return f"{self.name} ended ({told(ended)}) and is started again; see {self.log}"

    @property
    def log(self) -> Path:
        return settings.DATA_DIR / "logs" / f"{self.name}.log"

    def start(self, now: float) -> None:
        self.started = now
        with open_log(self.log) as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=settings.BASE_DIR,
                env=os.environ | self.environment | {SUPERVISOR: str(os.getpid())},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def ask_to_stop(self) -> None:
        if self.process:
            self.process.terminate()

    def kill(self) -> None:
        """End what is left of the process and of all it has started."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


def web_server() -> Child:
    program = [sys.executable, "-m", "gunicorn"]
    return Child("web", [*program, "-c", "python:documents.supervisor.web"])


def workers() -> list[Child]:
    """So many of each class as the settings say."""
    kinds = [
        ("worker", "cpu", settings.WORKERS),
        ("gpu-worker", "gpu", settings.GPU_WORKERS),
        ("remote-worker", "remote", settings.REMOTE_WORKERS),
        ("network-worker", "network", settings.NETWORK_WORKERS),
    ]
    return [
        worker(f"{name}-{number}", engine_class)
        for name, engine_class, count in kinds
        for number in range(1, count + 1)
    ]


def worker(name: str, engine_class: str) -> Child:
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"]
    return Child(name, command, {"WORKER_CLASS": engine_class})


def open_log(path: Path) -> IO[bytes]:
    """*path* to write on; what was written before is kept while it is not too much."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_SIZE:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


def told(returncode: int) -> str:
    if returncode >= 0:
        return f"exit status {returncode}"
    return signal.Signals(-returncode).name
