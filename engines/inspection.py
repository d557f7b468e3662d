"""A stranger's file, looked at in a process that may use little and break.

A server that forks such processes (multiprocessing's forkserver) preloads INSPECTING
and has them call ``tell_inspection``; ``python -m engines.inspect`` is for shells.
"""

from __future__ import annotations

import json
import resource
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engines.errors import FileError, TooLarge
from engines.images import inspect_file
from engines.types import Limits

if TYPE_CHECKING:
    # Sockets and all: whoever imports the library need not wait for them.
    from multiprocessing.connection import Connection

# What the decoders need, to be loaded once before many files are looked at.
INSPECTING = ("engines.inspection", "engines.images.raster", "engines.images.pdf")
OPEN_FILES = 64
ANSWER = 1024**2  # bytes that may be written: the answer, when stdout is a file
TOO_COSTLY = (
    "The file needs more memory than may be spent on it. "
    "Save it smaller and upload it again."
)


def tell_inspection(
    to: Connection, path: Path, limits: Limits, *, memory: int, seconds: int
) -> None:
    """Confine this process, look at *path* and send the answer as bytes of JSON."""
    confine(memory, seconds, OPEN_FILES)
    to.send_bytes(json.dumps(inspection(path, limits)).encode())


def inspection(path: Path, limits: Limits) -> dict[str, Any]:
    """The answer as plain values."""
    try:
        info = inspect_file(path, limits)
    except FileError as error:
        return {"error": {"type": type(error).__name__, "message": str(error)}}
    except MemoryError:
        return {"error": {"type": TooLarge.__name__, "message": TOO_COSTLY}}
    return {"media_type": info.media_type, "pages": [list(size) for size in info.pages]}


def confine(memory: int, seconds: int, open_files: int) -> None:
    """Take from this process what a decoder has no need of."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_NOFILE: open_files,
        resource.RLIMIT_FSIZE: ANSWER,
        resource.RLIMIT_CORE: 0,
    }
    for which, wished in limits.items():
        _, hard = resource.getrlimit(which)
        most = wished if hard == resource.RLIM_INFINITY else min(wished, hard)
        resource.setrlimit(which, (most, most))
