"""Records as rows of typed cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.utils import timezone

from documents.models import Field, Record
from documents.services.tables.columns import Column

Plain = str | int | Decimal | dt.date | dt.datetime | None
AT_ONCE = 500  # records in memory


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as a spreadsheet wants it. ``doubt`` is lo, mid or empty; a link opens
    on a click."""

    value: Plain
    doubt: str = ""
    link: str = ""


def rows_of(
    keys: Sequence[UUID], columns: Sequence[Column], site: str
) -> Iterator[list[Cell]]:
    """A row for each of the records *keys*, in their order; links begin with *site*."""
    whole = Record.objects.select_related(
        "document__batch", "version__template", "approved_by"
    ).prefetch_related("fields")
    for chunk in batched(keys, AT_ONCE):
        found = whole.in_bulk(chunk)
        for record in (found[key] for key in chunk if key in found):
            fields = by_column(record)
            yield [
                own_cell(record, column.name, site)
                if column.kind == "own"
                else field_cell(record, column, fields)
                for column in columns
            ]


def batched(keys: Sequence[UUID], size: int) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def by_column(record: Record) -> dict[str, Field]:
    """The record's fields by the column they fill, their own names last."""
    fields = list(record.fields.all())
    named = {field.name: field for field in fields}
    return named | {field.shared: field for field in fields if field.shared}


def field_cell(record: Record, column: Column, fields: dict[str, Field]) -> Cell:
    field = fields.get(column.name)
    if column.name == "currency" and (field is None or not field.value):
        return Cell(record.currency or None)
    if field is None or not field.value:
        return Cell(None, doubt_of(field) if field else "")
    return Cell(typed(field.value, column.kind), doubt_of(field))


def doubt_of(field: Field) -> str:
    """How loud a cell is: what waits for someone is red, what is not sure is amber."""
    if field.state == Field.State.NEEDS_REVIEW:
        return "lo"
    if field.state == Field.State.AUTO and field.confidence < 0.94:
        return "mid"
    return ""


def typed(value: str, kind: str) -> Plain:
    """*value*, normalised text, as its *kind*; as it stands where it is none."""
    try:
        if kind == "amount":
            return Decimal(value)
        if kind == "integer":
            return int(value)
        if kind == "date":
            return dt.date.fromisoformat(value)
    except (ValueError, InvalidOperation):
        pass
    return value


def own_cell(record: Record, name: str, site: str) -> Cell:
    address = f"{site}/records/{record.pk}/"
    match name:
        case "document":
            return Cell(record.document.name, link=address)
        case "pages":
            return Cell(pages_of(record))
        case "template":
            return Cell(record.version.template.name)
        case "state":
            return Cell(record.get_state_display())
        case "reasons":
            return Cell("; ".join(reasons_of(record)) or None)
        case "approved":
            return Cell(moment(record.approved))
        case "approved_by":
            return Cell(str(record.approved_by) if record.approved_by else None)
        case "received":
            return Cell(moment(record.document.created))
        case "batch":
            return Cell(str(record.document.batch) if record.document.batch else None)
        case "link":
            return Cell(address, link=address)
    raise ValueError(f"a record knows no {name}")


def pages_of(record: Record) -> str:
    first, last = record.first_page, record.last_page
    return str(first) if first == last else f"{first}–{last}"


def reasons_of(record: Record) -> list[str]:
    return [
        f"{field.name}: {field.reason}"
        for field in record.fields.all()
        if field.state == Field.State.NEEDS_REVIEW
    ]


def moment(when: dt.datetime | None) -> dt.datetime | None:
    """Local and naive: spreadsheets know no time zones."""
    return timezone.localtime(when).replace(tzinfo=None) if when else None
