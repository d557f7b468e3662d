"""Files of a storage that is no disk: fetched to this machine, the last one kept.

A worker reads page after page of one file, and fetches it once for all of them.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile, gettempdir
from typing import IO
from weakref import finalize

from django.core.files.storage import Storage

AT_HAND = 1  # files, none larger than an upload may be
PREFIX = "ocrsite-copy-"  # and the process whose it is


class Copy:
    """A file of this process, there as long as this object is."""

    def __init__(self, content: IO[bytes]) -> None:
        prefix = f"{PREFIX}{os.getpid()}-"
        file = NamedTemporaryFile(prefix=prefix)  # noqa: SIM115 - closed by the next line
        self.close = finalize(self, file.close)
        copyfileobj(content, file)
        file.flush()
        self.path = Path(file.name)


@lru_cache(maxsize=AT_HAND)
def copy_of(storage: Storage, name: str) -> Copy:
    """The file *name*, which is written once and never changed."""
    remove_orphans()
    with storage.open(name, "rb") as content:
        return Copy(content)


def remove_orphans() -> None:
    """What processes have left that were killed."""
    for path in Path(gettempdir()).glob(f"{PREFIX}*"):
        # No such name is ours, or it is another user's: then it may stay.
        with suppress(ValueError, OSError):
            if not is_alive(int(path.name.removeprefix(PREFIX).partition("-")[0])):
                path.unlink()


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
