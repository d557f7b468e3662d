"""Which files can be read: told by their first bytes, never by their name."""

from __future__ import annotations

from pathlib import Path

from engines.errors import EmptyFile, UnsupportedFile

PDF = "application/pdf"
RASTERS = {  # media type: the Pillow plugins that may open it
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/webp": ("WEBP",),
    "image/bmp": ("BMP",),
    "image/gif": ("GIF",),
    "image/tiff": ("TIFF",),
    "image/heic": ("HEIF",),
}
ALIASES = {"image/apng": "image/png"}
HEAD = 4096  # bytes; the PDF standard lets its mark stand in the first 1024


def sniff(path: Path) -> str:
    """The media type of the file at *path*.

    Raises:
        EmptyFile: it holds no byte.
        UnsupportedFile: it is none of those that can be read.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise EmptyFile("The file is empty. Choose another one.")
    media_type = _guess(head)
    if media_type not in {PDF, *RASTERS}:
        raise UnsupportedFile(
            "This file cannot be read: it is no picture or PDF. "
            "Upload a JPEG, PNG, WebP, BMP, GIF, TIFF, HEIC or PDF."
        )
    return media_type


def _guess(head: bytes) -> str:
    import filetype

    guess = filetype.guess(head)
    if guess is not None:
        mime = str(guess.mime)
        return ALIASES.get(mime, mime)
    return PDF if b"%PDF-" in head[:1024] else ""
