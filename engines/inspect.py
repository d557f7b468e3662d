"""A stranger's file, looked at in a process of its own: python -m engines.inspect PATH.

Prints one line of JSON: {"media_type", "pages": [[width, height], …]} for a file that
can be read, {"error": {"type", "message"}} for one that cannot. Any other end of the
process (a signal, a trace) means that the file broke the decoder or hit a limit.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from engines.inspection import OPEN_FILES, confine, inspection
from engines.types import Limits


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
    parser.add_argument("--open-files", type=int, default=OPEN_FILES)
    return parser.parse_args(given)


def main() -> None:
    given = arguments()
    confine(given.memory, given.cpu, given.open_files)
    limits = Limits(given.max_bytes, given.max_pixels, given.max_pages, given.dpi)
    print(json.dumps(inspection(given.path, limits)))


if __name__ == "__main__":
    main()
