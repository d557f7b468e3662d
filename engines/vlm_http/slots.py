"""So many requests at once from this machine: over all threads, processes and sites.

Each request holds the lock of one of as many files. The kernel lets go of a lock with
the process that holds it, however that ends, so that no place is ever lost.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines.errors import EngineError
from engines.vlm_http.clock import Clock
from engines.vlm_http.endpoint import Endpoint

GLANCE = 0.05  # seconds between two looks for a free place
FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


@contextmanager
def a_place(server: Endpoint, clock: Clock) -> Iterator[None]:
    """One of the places at *server*, waited for until time is up.

    Raises:
        EngineError: none came free.
    """
    files = places(server)
    while (taken := first_free(files)) is None:
        if clock.left() < GLANCE:
            raise EngineError(
                f"All {server.concurrency} places at “{server.host}” were taken for "
                f"{clock.spent():.0f} seconds. Raise VLM_CONCURRENCY where the server "
                "can bear it, or read fewer pages at once."
            )
        time.sleep(GLANCE)  # the kernel wakes nobody by whichever of several locks
    try:
        yield
    finally:
        os.close(taken)


def places(server: Endpoint) -> list[Path]:
    """The files that stand for the places at *server*, which may not be there yet."""
    digest = hashlib.sha256(f"{server.host}:{server.port}".encode()).hexdigest()[:16]
    # Whoever runs as another user has files of his own: nobody can hold ours.
    folder = Path(tempfile.gettempdir()) / f"ocr-vlm-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.lstat().st_uid != os.getuid():
        raise EngineError(f"{folder} belongs to somebody else. Remove it.")
    return [folder / f"{digest}-{number}" for number in range(server.concurrency)]


def first_free(files: list[Path]) -> int | None:
    """The descriptor of the first of *files* that nobody holds, now held."""
    for file in files:
        descriptor = os.open(file, FLAGS, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
        else:
            return descriptor
    return None
