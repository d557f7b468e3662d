"""Pictures of what was read: kept as PNG beside the page's answer, removed with it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from documents.models import Document, Field, PageRead

if TYPE_CHECKING:
    from PIL import Image

PARTS = ("crop", "processed")


def folder_of(read: PageRead, attempt: int) -> str:
    """Where one attempt at a page keeps its crops: two attempts never share a file."""
    return f"crops/{read.job_id.hex[:2]}/{read.pk}-{attempt}"


def keep(path: str, image: Image.Image | None) -> str:
    """The name under which *image* lies now; empty where there is nothing to show."""
    return default_storage.save(path, ContentFile(png(image))) if image else ""


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def remove(names: Iterable[str]) -> None:
    for name in names:
        if name:
            # A file that cannot be removed now is only waste.
            with suppress(OSError):
                default_storage.delete(name)


def names_in(extraction: dict[str, Any] | None) -> list[str]:
    fields = extraction["fields"] if extraction else []
    return [field[part] for field in fields for part in PARTS if field.get(part)]


def names_of(fields: Iterable[Field]) -> list[str]:
    return [
        getattr(field, part).name
        for field in fields
        for part in PARTS
        if getattr(field, part)
    ]


def names_of_document(document: Document) -> Iterator[str]:
    """Every crop of any reading of *document*, of records that are gone too."""
    fields = Field.objects.filter(record__document=document)
    yield from names_of(fields.only(*PARTS).iterator())
    read = PageRead.objects.filter(job__document=document).exclude(extraction=None)
    for extraction in read.values_list("extraction", flat=True).iterator():
        yield from names_in(extraction)


def remove_earlier(read: PageRead) -> None:
    """Sweep up what attempts left that died between keeping crops and the answer."""
    for attempt in range(1, read.attempt):
        folder = folder_of(read, attempt)
        # No such folder, or a storage that cannot list: then there is nothing to sweep.
        with suppress(OSError, NotImplementedError):
            _folders, files = default_storage.listdir(folder)
            remove(f"{folder}/{file}" for file in files)
