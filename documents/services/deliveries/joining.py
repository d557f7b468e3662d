"""Many zips as one: their content is copied as it is, their tables are written anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files.storage import default_storage

from documents.services.deliveries.names import MISSING

CHUNK = 2**20  # bytes


def joined(out: IO[bytes], names: Iterable[str]) -> None:
    """Write what is in the zips called *names* to *out*; what each says is missing
    stands together at the end."""
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        missing = b"".join([append(archive, name) for name in names])
        if missing:
            archive.writestr(MISSING, missing)


def append(archive: ZipFile, name: str) -> bytes:
    """Put all that is in the zip called *name* after what *archive* has; return what it
    says is missing, its last entry, which is left out."""
    with default_storage.open(name, "rb") as source, ZipFile(source) as piece:
        entries = piece.infolist()
        missing, end = b"", piece.start_dir
        if entries and entries[-1].filename == MISSING:
            missing, end = piece.read(MISSING), entries.pop().header_offset
        start = archive.start_dir
        copy(source, archive.fp, end)
    for entry in entries:
        entry.header_offset += start
        archive.filelist.append(entry)
        archive.NameToInfo[entry.filename] = entry
    archive.start_dir = archive.fp.tell()
    return missing


def copy(source: IO[bytes], out: IO[bytes], size: int) -> None:
    source.seek(0)
    while size and (chunk := source.read(min(size, CHUNK))):
        out.write(chunk)
        size -= len(chunk)
