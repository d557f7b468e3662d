"""The connector of a watched folder: what is ready, its content, and where it goes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote_from_bytes, unquote_to_bytes

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.services.fetching.downloads import check_size
from documents.sources.folder.moving import move
from documents.sources.folder.places import opened, within
from documents.sources.folder.walking import (
    DONE,
    FAILED,
    Parts,
    looked_up,
    stamp,
    walk,
)
from documents.sources.protocol import (
    Found,
    ItemGone,
    Look,
    Setup,
    SourceError,
    Waits,
    none_waits,
)

SETTLED = 5.0  # seconds without a change, after which a file is taken to be whole
SKEW = 60.0  # seconds that the clock of a file server may be ahead of ours
FILES = 200  # in one look
COUNTED = 1000  # files, in a test
KEY_LENGTH = 500
CHUNK = 2**20
FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class WatchedFolder:
    """Files stay until they are taken or given up, then go to ``done`` or ``failed``.

    Where the folder cannot be written to they stay, and are taken once all the same:
    each is known by its path and its stamp.
    """

    def __init__(self, setup: Setup) -> None:
        self.path = Path(setup.settings["path"])

    def test(self) -> str:
        with opened(self.path) as folder, told(self.path):
            count = sum(1 for _file in islice(walk(folder), COUNTED))
            is_writable = os.access(".", os.W_OK, dir_fd=folder, effective_ids=True)
        there = ngettext(
            "The folder is there, with %d file.",
            "The folder is there, with %d files.",
            count,
        )
        stay = _("It cannot be written to, so files stay where they are.")
        return there % count if is_writable else f"{there % count} {stay}"

    def look(self, cursor: Mapping[str, Any]) -> Iterator[Look]:
        """A long walk is broken off and gone on with; the next one begins anew."""
        wait: float | None = None
        batch: list[Found] = []
        with opened(self.path) as folder, told(self.path):
            for parts in walk(folder, after=parts_of(cursor.get("after", ""))):
                if (known := looked_up(folder, parts)) is None:
                    continue
                if (seconds := seconds_to_wait(known)) > 0:
                    wait = min(seconds, wait or seconds)
                    continue
                batch.append(found_at(parts, known))
                if len(batch) == FILES:
                    yield Look(tuple(batch), {"after": spelt(parts)}, again_in=wait)
                    batch = []
        yield Look(tuple(batch), {}, again_in=wait, is_last=True)

    def fetch(self, found: Found, sink: BinaryIO) -> None:
        with opened(self.path) as folder, told(found.name):
            parts = place_of(folder, found)
            with within(folder, parts[:-1]) as parent:
                descriptor = os.open(parts[-1], FILE, dir_fd=parent)
            with os.fdopen(descriptor, "rb") as file:
                copy(file, sink)
                insist_on_same(os.fstat(descriptor), found)

    def settle(self, found: Found, *, taken: bool, waits: Waits = none_waits) -> None:
        place, into = parts_of(found.place["path"]), DONE if taken else FAILED
        with opened(self.path) as folder:
            try:
                if (parts := place_of(folder, found))[0] != into:
                    move(folder, parts, place, into)
            except (ItemGone, FileNotFoundError):
                return  # somebody has taken it away, or another file has its name
            except OSError as error:
                reason = _(
                    "“%(file)s” cannot be moved to “%(folder)s”: %(reason)s. It is "
                    "taken once all the same. Let the site write to the folder."
                )
                names = {"file": found.name, "folder": into.decode()}
                raise SourceError(
                    reason % {**names, "reason": error.strerror}
                ) from None

    def close(self) -> None:
        """Nothing is held between two calls."""


@contextmanager
def told(what: object) -> Iterator[None]:
    """Say in our words what the system has against reading *what*."""
    try:
        yield
    except OSError as error:
        reason = _("“%(name)s” cannot be read: %(reason)s.")
        raise SourceError(reason % {"name": what, "reason": error.strerror}) from None


def seconds_to_wait(known: os.stat_result) -> float:
    """How long the file must stay as it is until it is taken to be whole.

    Times that lie ahead are told by a wrong clock, and say nothing.
    """
    now = time.time()
    times = [t for t in (known.st_mtime, known.st_ctime) if t < now + SKEW]
    return max(times, default=0.0) + SETTLED - now


def found_at(parts: Parts, known: os.stat_result) -> Found:
    path = spelt(parts)
    return Found(
        key=path if len(path) <= KEY_LENGTH else sha256(path.encode()).hexdigest(),
        checksum=stamp(known),
        name=parts[-1].decode(errors="replace"),
        place={"path": path},
    )


def spelt(parts: Parts) -> str:
    """A path of any bytes, in ASCII."""
    return quote_from_bytes(b"/".join(parts), safe="/ ")


def parts_of(path: str) -> Parts:
    return tuple(unquote_to_bytes(path).split(b"/")) if path else ()


def place_of(folder: int, found: Found) -> Parts:
    """Where the file is: as found, or given up before somebody had it tried again.

    Raises:
        ItemGone
    """
    parts = parts_of(found.place["path"])
    given_up = (FAILED, *parts)
    known = looked_up(folder, given_up)
    if known is not None and stamp(known) == found.checksum:
        return given_up
    insist_on_same(looked_up(folder, parts), found)
    return parts


def insist_on_same(known: os.stat_result | None, found: Found) -> None:
    """
    Raises:
        ItemGone
    """
    if known is None:
        raise ItemGone(_("The file is not there any more."))
    if stamp(known) != found.checksum:
        raise ItemGone(_("The file has changed since; it is taken as it is now."))


def copy(file: BinaryIO, sink: BinaryIO) -> None:
    """
    Raises:
        TooLarge
    """
    written = 0
    while chunk := file.read(CHUNK):
        written += len(chunk)
        check_size(written, settings.MAX_UPLOAD_MB * 2**20)
        sink.write(chunk)
