"""The texts of many documents in one file."""

from __future__ import annotations

from io import BytesIO
from itertools import chain, count
from pathlib import PurePath
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import QuerySet

from documents.models import Document, PageRead
from documents.models.jobs import State

AT_ONCE = 200
PAGE_BREAK = "\n\f"


def archive_texts(documents: QuerySet[Document]) -> BytesIO:
    """A zip of text files, one for each of *documents* that was read."""
    out = BytesIO()
    taken: set[str] = set()
    keys = list(documents.values_list("pk", flat=True))
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for at in range(0, len(keys), AT_ONCE):
            for name, text in texts(keys[at : at + AT_ONCE]):
                archive.writestr(unique(PurePath(name).stem, taken), text)
    out.seek(0)
    return out


def texts(keys: list[UUID]) -> list[tuple[str, str]]:
    """Name and text of each document, by its newest job that read anything."""
    reads = PageRead.objects.filter(
        job__document__in=keys, state=State.SUCCEEDED, reading__isnull=False
    ).order_by("-job__created", "-job_id", "number")
    pages: dict[UUID, tuple[str, UUID, list[str]]] = {}
    for key, name, job, text in reads.values_list(
        "job__document", "job__document__name", "job", "reading__text"
    ):
        _name, newest, found = pages.setdefault(key, (name, job, []))
        if job == newest:
            found.append(text)
    return [(name, PAGE_BREAK.join(found)) for name, _job, found in pages.values()]


def unique(stem: str, taken: set[str]) -> str:
    """ "scan.txt", then "scan (2).txt": documents may share a name, files cannot."""
    names = chain([stem], (f"{stem} ({n})" for n in count(2)))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return f"{name}.txt"
