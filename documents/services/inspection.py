"""A stranger's file, looked at in a child process with limits on all it may use.

The children are forked from a server that has the decoders loaded and holds nothing
else: each costs a few milliseconds, where a fresh interpreter takes a hundred.
"""

from __future__ import annotations

import json
import os
from functools import cache
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from signal import SIGKILL, SIGXCPU
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

import engines

REFUSALS = {
    kind.__name__: kind
    for kind in (
        engines.BrokenFile,
        engines.EmptyFile,
        engines.EncryptedFile,
        engines.TooLarge,
        engines.UnsupportedFile,
    )
}
# Each may take INSPECTION_MEMORY_MB, and more than there are cores gain nothing.
AT_ONCE = BoundedSemaphore(os.cpu_count() or 2)


@cache
def server() -> ForkServerContext:
    context = get_context("forkserver")
    # With the main module loaded there, no child has to load it again.
    context.set_forkserver_preload(["__main__", *engines.INSPECTING])
    return context


def inspect(path: Path) -> engines.FileInfo:
    """What the file at *path* is, and the size of each of its pages.

    Raises:
        FileError: it cannot be read as a document.
    """
    ours, theirs = server().Pipe(duplex=False)
    child = server().Process(
        target=engines.tell_inspection,
        args=(theirs, path, limits()),
        kwargs={
            "memory": settings.INSPECTION_MEMORY_MB * 2**20,
            "seconds": settings.INSPECTION_SECONDS,
        },
    )
    with AT_ONCE, ours:
        child.start()
        theirs.close()
        try:
            said = ours.recv_bytes() if ours.poll(settings.INSPECTION_SECONDS) else b""
        except EOFError:
            said = b""
            child.join()
        ended = child.exitcode
        child.kill()
        child.join()
    if said:
        return verdict(json.loads(said))
    if ended in (None, -SIGKILL, -SIGXCPU):
        raise too_costly()
    raise engines.BrokenFile(
        _("The file is damaged and cannot be opened. Save or scan it again.")
    )


def limits() -> engines.Limits:
    return engines.Limits(
        max_bytes=settings.MAX_UPLOAD_MB * 2**20,
        max_pixels=settings.MAX_PAGE_MEGAPIXELS * 10**6,
        max_pages=settings.MAX_PAGES,
        dpi=settings.PDF_DPI,
    )


def verdict(said: dict[str, Any]) -> engines.FileInfo:
    if error := said.get("error"):
        raise REFUSALS.get(error["type"], engines.BrokenFile)(error["message"])
    pages = tuple((width, height) for width, height in said["pages"])
    return engines.FileInfo(said["media_type"], pages)


def too_costly() -> engines.TooLarge:
    return engines.TooLarge(
        _("The file takes too much time or memory to open. Save it smaller.")
    )
