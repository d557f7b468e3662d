"""Jobs end with their last page: their state, their errors, and their records."""

from __future__ import annotations

import logging
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Job, PageRead
from documents.models.jobs import State
from documents.services.patience import patient
from documents.services.receipts import note_receipt
from documents.services.records import assemble
from documents.services.texts.search import index
from documents.services.webhooks import tell_of_job

logger = logging.getLogger(__name__)


@patient
@transaction.atomic
def close(job_id: UUID) -> bool:
    """End the job, if no page of it is open; say whether it was this call's doing."""
    ending = Job.objects.open().filter(pk=job_id).without_open_pages()
    if not ending.exists():
        return False
    # Pages that have ended stay as they are: what is seen of them now holds.
    reads = PageRead.objects.filter(job=job_id)
    now = timezone.now()
    ended = ending.update(
        state=outcome(reads), error=failures(reads), finished=now, updated=now
    )
    if ended:
        related = ("template", "workspace", "document")
        job = Job.objects.select_related(*related).get(pk=job_id)
        make_records(job)
        index(job.document)
        note_receipt(job)
        tell_of_job(job)
    return bool(ended)


def outcome(reads: QuerySet[PageRead]) -> State:
    """The state of a job by its *reads*, which have all ended."""
    states = set(reads.values_list("state", flat=True))
    order = (State.CANCELLED, State.SUCCEEDED)
    return next((state for state in order if state in states), State.FAILED)


def failures(reads: QuerySet[PageRead]) -> str:
    """A line for each failed page of *reads*: which, and why."""
    failed = reads.filter(state=State.FAILED).order_by("number")
    return "\n".join(
        _("Page %(number)d: %(error)s") % {"number": number, "error": error}
        for number, error in failed.values_list("number", "error")
    )


def make_records(job: Job) -> None:
    """What a job with a layout is for; one whose layout was not found says so.

    A defect here must not keep the job open for ever: it fails, and the log says why.
    """
    if not job.reads_fields or job.state != State.SUCCEEDED:
        return
    changed = {}
    try:
        with transaction.atomic():
            assemble(job)
        if job.any_template and not found_layout(job):
            changed = {"state": State.NEEDS_TEMPLATE}
    except DatabaseError:
        raise
    except Exception:
        logger.exception("The records of job %s could not be made", job.pk)
        changed = {"state": State.FAILED, "error": no_records()}
    if changed:
        Job.objects.filter(pk=job.pk).update(**changed)
        for name, value in changed.items():
            setattr(job, name, value)


def found_layout(job: Job) -> bool:
    """Whether any page was printed from a layout that the workspace has."""
    found = job.page_reads.values_list("extraction__template", flat=True)
    return any(template is not None for template in found)


def no_records() -> str:
    return _("The fields were read, but no record could be made. Read it again.")
