"""A step's work with a folder of a made Google."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from io import BytesIO
from typing import Any

from documents.sources import Found, Look, Setup
from documents.sources.drive import SharedDrive
from tests.drive_files import File
from tests.drive_server import Google

TIFF = "image/tiff"


def put(google: Google, folder: File, *names: str) -> list[File]:
    return [google.cloud.add(name, name.encode(), TIFF, folder.id) for name in names]


def connector(google: Google, address: str) -> SharedDrive:
    secrets = {"key": google.accounts.key_file()}
    return SharedDrive(Setup({"folder": address}, secrets))


def looks(
    google: Google, folder: File, cursor: Mapping[str, Any] | None = None
) -> list[Look]:
    """What a step finds that begins at *cursor*."""
    with closing(connector(google, folder.id)) as drive:
        return list(drive.look(cursor or {}))


def fetched(google: Google, folder: File, found: Found) -> bytes:
    sink = BytesIO()
    with closing(connector(google, folder.id)) as drive:
        drive.fetch(found, sink)
    return sink.getvalue()
