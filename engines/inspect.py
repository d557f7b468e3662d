"""A stranger's file, looked at in a process of its own: python -m engines.inspect PATH.

Prints one line of JSON: {"media_type", "pages": [[width, height], …]} for a file that
can be read, {"error": {"type", "message"}} for one that cannot. Any other end of the
process (a signal, a trace) means that the file broke the decoder or hit a limit.
"""

from __future__ import annotations

import json
import resource
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from engines.errors import FileError, TooLarge
from engines.images import inspect_file
from engines.types import Limits

ANSWER = 1024**2  # bytes that may be written: the answer, when stdout is a file
TOO_COSTLY = (
    "The file needs more memory than may be spent on it. "
    "Save it smaller and upload it again."
)


def inspection(path: Path, limits: Limits) -> dict[str, Any]:
    """What ``main`` prints, as plain values."""
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


def arguments(given: list[str] | None = None) -> Namespace:
    parser = ArgumentParser(prog="python -m engines.inspect", description=__doc__)
    limits = Limits()
    parser.add_argument("path", type=Path)
    parser.add_argument("--max-bytes", type=int, default=limits.max_bytes)
    parser.add_argument("--max-pixels", type=int, default=limits.max_pixels)
    parser.add_argument("--max-pages", type=int, default=limits.max_pages)
    parser.add_argument("--dpi", type=int, default=limits.dpi)
    parser.add_argument("--memory", type=int, default=2 * 1024**3, help="bytes")
    parser.add_argument("--cpu", type=int, default=30, help="seconds")
    parser.add_argument("--open-files", type=int, default=64)
    return parser.parse_args(given)


def main() -> None:
    given = arguments()
    confine(given.memory, given.cpu, given.open_files)
    limits = Limits(given.max_bytes, given.max_pixels, given.max_pages, given.dpi)
    print(json.dumps(inspection(given.path, limits)))


if __name__ == "__main__":
    main()
