"""Files of a storage that is no disk: fetched to this machine, the last one kept.

A worker reads page after page of one file, and fetches it once for all of them.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from weakref import finalize

from django.core.files.storage import Storage

AT_HAND = 1  # files, none larger than an upload may be


class Copy:
    """A file without a name, so that it goes with its process, however that ends; its
    path holds as long as this object does."""

    def __init__(self, content: IO[bytes]) -> None:
        file = TemporaryFile(prefix="ocrsite-")  # noqa: SIM115 - closed by the next line
        self.close = finalize(self, file.close)
        copyfileobj(content, file)
        file.flush()
        self.path = Path(f"/dev/fd/{file.fileno()}")


@lru_cache(maxsize=AT_HAND)
def copy_of(storage: Storage, name: str) -> Copy:
    """The file *name*, which is written once and never changed."""
    with storage.open(name, "rb") as content:
        return Copy(content)
