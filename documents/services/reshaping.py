"""Records taken apart and put together by hand, their fields with their histories."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from documents.models import Field, Record
from documents.services.assembly import UNREGISTERED, new_fields, sheets_of
from documents.services.settling import KEPT, locked, settle


@transaction.atomic
def split(record: Record, page: int, *, user: AbstractBaseUser) -> Record:
    """Let a record of its own begin at *page* of the document, read anew there.

    What stands on the pages of the new record goes with them, with its history; on
    both sides fields are made for what the other one has.

    Raises:
        ValueError: *page* is not a later page of the record.
    """
    row = locked(record)
    if not row.first_page < page <= row.last_page:
        raise ValueError(_("The second record begins on a later page of the first."))
    other = Record(
        workspace_id=row.workspace_id,
        document_id=row.document_id,
        job_id=row.job_id,
        version=row.version,
        first_page=page,
        last_page=row.last_page,
    )
    other.save(force_insert=True)
    row.last_page = page - 1
    row.save(update_fields=["last_page", "updated"])
    row.fields.filter(page__gte=page).update(record=other)
    for half in (row, other):
        complete(half)
        settle(half)
    record.refresh_from_db()
    return other


def complete(record: Record) -> None:
    """Make the fields that *record* lacks, of what was read on its pages."""
    sheets = [
        sheet
        for sheet in sheets_of(record.job)
        if record.first_page <= sheet.number <= record.last_page
    ]
    if not record.rung:
        found = next((sheet for sheet in sheets if sheet.template), None)
        if found and found.template == str(record.version.template_id):
            record.score, record.rung = found.score, found.rung
            record.save(update_fields=["score", "rung", "updated"])
    known = set(record.fields.values_list("name", flat=True))
    missing = [field for field in new_fields(record, sheets) if field.name not in known]
    for field in missing:
        field.state = Field.State.AUTO  # until the record is settled
    Field.objects.bulk_create(missing)


@transaction.atomic
def merge(record: Record, *, user: AbstractBaseUser) -> Record:
    """Join *record* to the one before it in the document, which is returned.

    Each field is taken from where it was found, first from the one before.

    Raises:
        ValueError: there is none before it, or one of the two is approved.
    """
    row = locked(record)
    before = row.document.records.filter(replaced=None, last_page__lt=row.first_page)
    if (first := before.order_by("-last_page").first()) is None:
        raise ValueError(_("There is no record before this one in the document."))
    first = locked(first)
    if row.state in KEPT or first.state in KEPT:
        raise ValueError(_("One of the two is approved. Reopen it first."))
    take_fields(first, row)
    first.last_page = row.last_page
    first.save(update_fields=["last_page", "updated"])
    # Its crops stay with the pages they were cut from: it may be split off again.
    row.delete()
    settle(first)
    return first


def take_fields(first: Record, second: Record) -> None:
    """Move what only *second* has found."""
    known = {field.name: field for field in first.fields.all()}
    for field in second.fields.all():
        mine = known.get(field.name)
        if mine and not (mine.cause == UNREGISTERED and field.cause != UNREGISTERED):
            continue
        if mine:
            mine.delete()
        field.record = first
        field.save(update_fields=["record", "updated"])
