"""Folders to choose from, one floor of a Drive at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from documents.sources.drive.client import Drive
from documents.sources.drive.files import FOLDER

MOST = 1000  # of one kind
IS_FOLDER = f"mimeType = '{FOLDER}'"
OWN = "root"  # Google's own name for the top of a user's Drive


def top(drive: Drive) -> list[tuple[str, str]]:
    """Where a user's folders begin, as ids and names: their own, shared drives, and
    folders that others share with them."""
    shared = f"sharedWithMe and trashed = false and {IS_FOLDER}"
    return [
        (OWN, _("My Drive")),
        *every("drives", lambda page: drive.shared_drives(page)),
        *every("files", lambda page: drive.listing(shared, {}, page)),
    ]


def within(drive: Drive, parent: str) -> list[tuple[str, str]]:
    """The ids and names of the folders in *parent*."""
    folder = drive.folder(parent)
    return every("files", lambda page: drive.files(folder, kinds=IS_FOLDER, page=page))


def every(
    name: str, ask: Callable[[str], dict[str, Any]], page: str = ""
) -> list[tuple[str, str]]:
    """The rows called *name* of all pages, by their names."""
    rows: list[tuple[str, str]] = []
    while len(rows) < MOST:
        answer = ask(page)
        rows += [(row["id"], row["name"]) for row in answer[name]]
        page = answer.get("nextPageToken", "")
        if not page:
            break
    return sorted(rows, key=lambda row: row[1].casefold())
