"""What lies in a folder, in a fixed order, so that a walk can go on where it ended."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator

from documents.sources.folder.places import within

logger = logging.getLogger(__name__)
Parts = tuple[bytes, ...]  # a path below the folder; names need not be UTF-8
DONE, FAILED = b"done", b"failed"
HALF_WRITTEN = (b"~", b".part", b".tmp", b".crdownload")  # how programs end such names
DEEPEST = 32  # folders within each other, each of which is held open


def walk(folder: int, after: Parts = (), above: Parts = ()) -> Iterator[Parts]:
    """The files below *folder* that come after *after*, in the order of their names.

    Links, pipes, sockets and devices are none. A folder that may not be read, or has
    gone meanwhile, has no files.
    """
    with os.scandir(folder) as entries:
        found = sorted((os.fsencode(entry.name), entry) for entry in entries)
    for name, entry in found:
        parts = (*above, name)
        if is_left_alone(parts):
            continue
        if entry.is_dir(follow_symlinks=False):
            if parts >= after[: len(parts)] and len(parts) < DEEPEST:
                yield from walk_within(folder, name, after, above)
        elif entry.is_file(follow_symlinks=False) and parts > after:
            yield parts


def walk_within(
    folder: int, name: bytes, after: Parts, above: Parts
) -> Iterator[Parts]:
    try:
        with within(folder, [name]) as below:
            yield from walk(below, after, (*above, name))
    except OSError as error:
        logger.warning("The folder %r was left out: %s", name, error.strerror)


def is_left_alone(parts: Parts) -> bool:
    """Hidden, not yet whole, or a place for those that were taken or given up."""
    name = parts[-1]
    if name.startswith(b".") or name.lower().endswith(HALF_WRITTEN):
        return True
    return parts in ((DONE,), (FAILED,))


def looked_up(folder: int, parts: Parts) -> os.stat_result | None:
    """What is known of the file; None where there is none (any more)."""
    try:
        with within(folder, parts[:-1]) as parent:
            known = os.stat(parts[-1], dir_fd=parent, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return known if stat.S_ISREG(known.st_mode) else None


def stamp(known: os.stat_result) -> str:
    """The same as long as nobody wrote into the file or put another in its place.

    A scanner that begins again at 0001 may write the same size; two files of one second
    may have the same time where the disk knows no parts of one. The inode tells them.
    """
    return f"{known.st_size}-{known.st_mtime_ns}-{known.st_ino}"
