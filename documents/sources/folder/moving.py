"""Files that were taken or given up, moved where they do not stand in the way."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from itertools import count

from documents.sources.folder.places import within
from documents.sources.folder.walking import Parts

LONGEST = 255  # bytes in a name
SUFFIX = 20  # bytes that may be one


def move(folder: int, parts: Parts, place: Parts, into: bytes) -> None:
    """Move the file at *parts* below *folder* to *place* below its folder *into*.

    Nothing is written over: where the name is taken, a number is added.

    Raises:
        OSError
    """
    with (
        within(folder, parts[:-1]) as source,
        within(folder, (into, *place[:-1]), make=True) as target,
    ):
        name = reserved(target, place[-1])
        try:
            os.rename(parts[-1], name, src_dir_fd=source, dst_dir_fd=target)
        except OSError:
            os.unlink(name, dir_fd=target)
            raise


def reserved(folder: int, name: bytes) -> bytes:
    """*name*, or the first with a number that no file of *folder* has, held for us.

    No call moves a file only where there is none on every kind of disk, so an empty
    file keeps the place. One that a crash has left behind is used again.
    """
    for candidate in numbered(name):
        try:
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC
            os.close(os.open(candidate, flags, 0o600, dir_fd=folder))
        except FileExistsError:
            held = os.stat(candidate, dir_fd=folder, follow_symlinks=False)
            if held.st_size or not stat.S_ISREG(held.st_mode):
                continue
        return candidate
    raise AssertionError("numbers have no end")


def numbered(name: bytes) -> Iterator[bytes]:
    yield name
    stem, dot, suffix = name.rpartition(b".")
    if not stem or len(suffix) > SUFFIX:
        stem, dot, suffix = name, b"", b""
    for number in count(1):
        end = b" (%d)%b%b" % (number, dot, suffix)
        yield stem[: LONGEST - len(end)].decode(errors="ignore").encode() + end
