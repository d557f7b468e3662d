"""Fields under the record they belong to, with the picture each was read on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q, QuerySet

from documents.models import Field, Page, Record

RELATED = (
    "claimed_by",
    "record__document",
    "record__version__template",
    "record__twin",
)


@dataclass(frozen=True)
class Shown:
    """A field, and its page where that has a picture."""

    field: Field
    page: Page | None


@dataclass(frozen=True)
class Group:
    record: Record
    fields: list[Shown]

    @property
    def waiting(self) -> int:
        return sum(one.field.state == Field.State.NEEDS_REVIEW for one in self.fields)

    @property
    def pages(self) -> list[int]:
        return sorted({one.field.page for one in self.fields})


def grouped(fields: QuerySet[Field]) -> list[Group]:
    """*fields*, which come record by record, as groups in the same order."""
    found = list(fields.select_related(*RELATED))
    pages = pages_of(found)
    return [
        Group(record, [Shown(f, pages.get((record.document_id, f.page))) for f in own])
        for record, own in groupby(found, key=lambda field: field.record)
    ]


def pages_of(fields: Sequence[Field]) -> dict[tuple[object, int], Page]:
    """By document and number; pages without a picture are none."""
    return {(p.document_id, p.number): p for p in pictured(fields)}


def pictured(fields: Sequence[Field]) -> Iterable[Page]:
    places = {(field.record.document_id, field.page) for field in fields}
    if not places:
        return ()
    wanted = Q()
    for document, number in places:
        wanted |= Q(document=document, number=number)
    return Page.objects.filter(wanted).exclude(preview="")
