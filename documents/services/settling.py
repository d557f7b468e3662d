"""A record after each change: judged, its state set, those that follow judged too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from documents.models import Field, Record
from documents.services.judging import judge
from documents.services.webhooks import tell_of_doubts

State = Record.State
KEPT = (State.APPROVED, State.EXPORTED)
JUDGED = ("state", "cause", "reason")


def first_judgement(record: Record, fields: Sequence[Field]) -> None:
    judge(record, fields)
    set_state(record, fields)
    record.save(force_insert=True)
    Field.objects.bulk_create(fields)
    tell_of_doubts(record, filter(is_doubtful, fields))


def is_doubtful(field: Field) -> bool:
    return field.state == Field.State.NEEDS_REVIEW


def set_state(record: Record, fields: Iterable[Field]) -> None:
    """Where nothing was ever in doubt nobody need approve; else a person does."""
    sure = all(field.state == Field.State.AUTO for field in fields)
    record.state = State.TO_REVIEW
    record.approved = record.approved_by = None
    if sure and settings.AUTO_APPROVE:
        record.state, record.approved = State.APPROVED, timezone.now()


@transaction.atomic
def settle(record: Record) -> None:
    """Run the rules again, look for a twin, repeat the shared columns, set the state.

    Called after every change of a field: an edit reopens approval, and flags earlier
    exports.
    """
    row = locked(record)
    row.changed_since_export = row.exported is not None
    rejudge(row, reopen_it=True)
    judge_again(Record.objects.alive().filter(twin=row).exclude(pk=row.pk))
    record.refresh_from_db()


def locked(record: Record) -> Record:
    """Two people at two fields of one record are judged one after the other."""
    rows = Record.objects.select_for_update(of=("self",))
    return rows.select_related("version", "twin").get(pk=record.pk)


def rejudge(record: Record, *, reopen_it: bool) -> None:
    fields = list(record.fields.all())
    before = {field.pk: [getattr(field, name) for name in JUDGED] for field in fields}
    known = {field.pk for field in fields if is_doubtful(field)}
    judge(record, fields)
    for field in fields:
        now = [getattr(field, name) for name in JUDGED]
        if now != before[field.pk]:
            changes = dict(zip(JUDGED, now, strict=True))
            Field.objects.filter(pk=field.pk).update(**changes, updated=timezone.now())
    if reopen_it or record.state == State.TO_REVIEW:
        set_state(record, fields)
    record.save()
    news = (field for field in fields if field.pk not in known and is_doubtful(field))
    tell_of_doubts(record, news)


def judge_again(records: Iterable[Record]) -> None:
    """Another record has changed that these took for their twin."""
    for record in list(records):
        rejudge(locked(record), reopen_it=False)
