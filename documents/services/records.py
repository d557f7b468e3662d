"""Records: made of a job's pages, checked by rules, approved, split by hand."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Job, Record, Workspace
from documents.services import crops
from documents.services.assembly import (
    Sheet,
    grouped,
    new_fields,
    new_record,
    sheets_of,
    version_of,
)
from documents.services.reshaping import merge, split
from documents.services.settling import (
    KEPT,
    first_judgement,
    judge_again,
    locked,
    settle,
)

__all__ = [
    "CannotApprove",
    "approve",
    "assemble",
    "delete_record",
    "merge",
    "reopen",
    "settle",
    "split",
]
logger = logging.getLogger(__name__)
State = Record.State


class CannotApprove(Exception):
    """Fields of the record still wait for someone; the message says which."""


def assemble(job: Job) -> list[Record]:
    """The records of a job that has ended: by layout matches and page order.

    A page that is a layout's first begins a record; others go with the one before.
    Called in the transaction that closes the job; idempotent. Older unapproved records
    of the same pages are replaced. Rules, twins, samples and automatic approval follow.

    Pages of which there is an approved record, or one of a newer job, get no other: the
    log says so. To have them read anew, reopen or delete that record.
    """
    # Two jobs that end at once must see each other's records: they may be twins.
    Workspace.objects.select_for_update().get(pk=job.workspace_id)
    groups = grouped(sheets_of(job), keep_all=not job.any_template)
    made = [make(job, sheets) for sheets in groups]
    return [record for record in made if record]


def make(job: Job, sheets: Sequence[Sheet]) -> Record | None:
    older = Record.objects.filter(
        document=job.document_id,
        replaced=None,
        first_page__lte=sheets[-1].number,
        last_page__gte=sheets[0].number,
    ).select_related("job")
    for record in older:
        if is_of(record, job, sheets):
            return record
        if record.state in KEPT or record.job.created > job.created:
            logger.info("Job %s: record %s of its pages stays", job.pk, record.pk)
            return None
    gone = [record.pk for record in older]
    Record.objects.filter(pk__in=gone).update(replaced=timezone.now(), twin=None)
    record = new_record(job, sheets, version_of(sheets, job))
    first_judgement(record, new_fields(record, sheets))
    judge_again(Record.objects.filter(twin__in=gone))
    return record


def is_of(record: Record, job: Job, sheets: Sequence[Sheet]) -> bool:
    """Whether the very same reading of the pages made *record*."""
    if record.job_id != job.pk:
        return False
    pages = record.first_page, record.last_page
    ends = [sheet.finished for sheet in sheets if sheet.finished]
    same = pages == (sheets[0].number, sheets[-1].number)
    return same and all(end <= record.created for end in ends)


@transaction.atomic
def approve(record: Record, *, user: AbstractBaseUser | None) -> None:
    """
    Raises:
        CannotApprove: fields wait, or a rule is broken that nobody confirmed.
    """
    row = locked(record)
    waiting = row.fields.to_review().values_list("name", flat=True)
    if waiting:
        reason = _("These fields still wait for someone: %(names)s.")
        raise CannotApprove(reason % {"names": ", ".join(waiting)})
    if row.state == State.TO_REVIEW:
        row.state, row.approved, row.approved_by = State.APPROVED, timezone.now(), user
        row.save(update_fields=["state", "approved", "approved_by", "updated"])
    record.refresh_from_db()


@transaction.atomic
def reopen(record: Record, *, user: AbstractBaseUser) -> None:
    """Back to review: nothing of it is changed, but it is nobody's final word."""
    row = locked(record)
    row.state, row.approved, row.approved_by = State.TO_REVIEW, None, None
    row.save(update_fields=["state", "approved", "approved_by", "updated"])
    logger.info("Record %s was reopened by %s", record.pk, user)
    record.refresh_from_db()


@transaction.atomic
def delete_record(record: Record) -> None:
    """It was no invoice: gone, with its fields and crops."""
    twins = list(Record.objects.alive().filter(twin=record))
    names = crops.names_of(record.fields.all())
    record.delete()
    judge_again(twins)
    transaction.on_commit(lambda: crops.remove(names))


def purge_replaced() -> int:
    """Remove records of which newer readings took the place long ago; how many."""
    latest = timezone.now() - timedelta(days=settings.TRASH_DAYS)
    old = list(Record.objects.filter(replaced__lt=latest))
    for record in old:
        delete_record(record)
    return len(old)
