"""A file of a Drive into one on disk, if it is still the one that was found."""

from __future__ import annotations

import time
from hashlib import md5
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from documents.services.fetching.downloads import check_size
from documents.sources.drive.client import Drive
from documents.sources.drive.errors import NotThere
from documents.sources.drive.files import checksum, is_exported
from documents.sources.drive.looking import is_in
from documents.sources.protocol import Found, ItemGone, SourceError


def save(drive: Drive, found: Found, sink: BinaryIO) -> None:
    """
    Raises:
        ItemGone: it was taken away, or is another one by now.
        ItemRefused, TooLarge
    """
    try:
        _save(drive, found, sink)
    except NotThere as error:
        raise ItemGone(gone()) from error


def _save(drive: Drive, found: Found, sink: BinaryIO) -> None:
    end = time.monotonic() + settings.SOURCE_SECONDS
    most = settings.MAX_UPLOAD_MB * 2**20
    file = drive.file(found.key)
    if not is_in(file, found.place["folder"]) or checksum(file) != found.checksum:
        raise ItemGone(gone())
    check_size(0 if is_exported(file) else int(file.get("size", 0)), most)
    read = drive.exported if is_exported(file) else drive.content
    written, digest = 0, md5(usedforsecurity=False)
    for piece in read(found.key):
        written += len(piece)
        check_size(written, most)
        check_time(end)
        digest.update(piece)
        sink.write(piece)
    if file.get("md5Checksum", digest.hexdigest()) != digest.hexdigest():
        raise SourceError(_("The file was changed while it was read."))


def check_time(end: float) -> None:
    if time.monotonic() > end:
        raise SourceError(
            _("Google Drive took longer than %(seconds)d seconds. It is tried again.")
            % {"seconds": settings.SOURCE_SECONDS}
        )


def gone() -> str:
    return _("The file has gone from the folder, or was changed meanwhile.")
