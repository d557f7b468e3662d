"""A stranger's file, looked at in a child process with limits on all it may use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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


def inspect(path: Path) -> engines.FileInfo:
    """What the file at *path* is, and the size of each of its pages.

    Raises:
        FileError: it cannot be read as a document.
    """
    try:
        with AT_ONCE:
            child = subprocess.run(
                command(path),
                capture_output=True,
                timeout=settings.INSPECTION_SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise too_costly() from None
    if child.returncode in (-SIGKILL, -SIGXCPU):
        raise too_costly()
    if child.returncode != 0:
        raise engines.BrokenFile(
            _("The file is damaged and cannot be opened. Save or scan it again.")
        )
    return verdict(json.loads(child.stdout))


def command(path: Path) -> list[str]:
    # Without `site` the child starts in two thirds of the time; it needs our path then.
    paths = [str(Path(engines.__file__).parent.parent), *filter(None, sys.path)]
    program = (
        f"import sys; sys.path[:] = {paths!r};from engines.inspect import main; main()"
    )
    return [
        *(sys.executable, "-I", "-S", "-c", program, str(path)),
        f"--max-bytes={settings.MAX_UPLOAD_MB * 2**20}",
        f"--max-pixels={settings.MAX_PAGE_MEGAPIXELS * 10**6}",
        f"--max-pages={settings.MAX_PAGES}",
        f"--dpi={settings.PDF_DPI}",
        f"--memory={settings.INSPECTION_MEMORY_MB * 2**20}",
        f"--cpu={settings.INSPECTION_SECONDS}",
    ]


def verdict(said: dict[str, Any]) -> engines.FileInfo:
    if error := said.get("error"):
        raise REFUSALS.get(error["type"], engines.BrokenFile)(error["message"])
    pages = tuple((width, height) for width, height in said["pages"])
    return engines.FileInfo(said["media_type"], pages)


def too_costly() -> engines.TooLarge:
    return engines.TooLarge(
        _("The file takes too much time or memory to open. Save it smaller.")
    )
