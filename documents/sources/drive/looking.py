"""What there is in a folder: listed once, and from then on what has changed.

The token of changes is asked for before the folder is listed, so that nothing falls
between the two. A cursor is {"folder", "changes", "page"?}: with a page it stands in
the midst of the listing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from documents.sources.drive.client import Drive
from documents.sources.drive.errors import Stale
from documents.sources.drive.files import Folder, found_of, is_taken
from documents.sources.protocol import Look


def since(drive: Drive, folder: Folder, cursor: Mapping[str, Any]) -> Iterator[Look]:
    """What there is since *cursor*; everything, where that is of another folder, or so
    old that Google has forgotten."""
    if cursor.get("folder") != folder.id:
        cursor = {}
    try:
        yield from listed_and_changed(drive, folder, cursor)
    except Stale:
        yield from listed_and_changed(drive, folder, {})


def listed_and_changed(
    drive: Drive, folder: Folder, cursor: Mapping[str, Any]
) -> Iterator[Look]:
    token = cursor.get("changes") or drive.now(folder)
    if not cursor or "page" in cursor:
        yield from listed(drive, folder, token, cursor.get("page", ""))
    yield from changed(drive, folder, token)


def listed(drive: Drive, folder: Folder, token: str, page: str) -> Iterator[Look]:
    """The files from *page* of the listing on."""
    here = {"folder": folder.id, "changes": token}
    is_last = False
    while not is_last:
        answer = drive.files(folder, page=page)
        page = answer.get("nextPageToken", "")
        is_last = not page
        found = tuple(found_of(file, folder) for file in answer["files"])
        yield Look(found, here if is_last else {**here, "page": page})


def changed(drive: Drive, folder: Folder, token: str) -> Iterator[Look]:
    """What was put, changed or taken away since *token*."""
    is_last = False
    while not is_last:
        answer = drive.changes(folder, token)
        is_last = "nextPageToken" not in answer
        token = answer["newStartPageToken" if is_last else "nextPageToken"]
        changes = [one for one in answer["changes"] if one["changeType"] == "file"]
        here = [one["file"] for one in changes if is_here(one, folder)]
        yield Look(
            found=tuple(found_of(file, folder) for file in here if is_taken(file)),
            cursor={"folder": folder.id, "changes": token},
            gone=tuple(one["fileId"] for one in changes if not is_here(one, folder)),
            is_last=is_last,
        )


def is_here(change: Mapping[str, Any], folder: Folder) -> bool:
    file = change.get("file") or {}
    return not change.get("removed") and is_in(file, folder.id)


def is_in(file: Mapping[str, Any], folder: str) -> bool:
    return not file.get("trashed") and folder in file.get("parents", ())
