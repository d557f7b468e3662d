"""Jobs: made, cancelled, and read again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from documents.models import Document, Job, Page, PageRead, Reading, RoiTemplate
from documents.models.jobs import OPEN, Lane, State
from documents.services.closing import close
from documents.services.engines import class_of
from documents.services.queue import wake_workers
from documents.services.receipts import note_receipt
from documents.services.texts.search import index
from documents.services.webhooks import tell_of_job
from documents.services.wishes import reading_key


@transaction.atomic
def create_job(
    document: Document,
    *,
    user: AbstractBaseUser | None,
    engine: str = "",
    languages: list[str] | None = None,
    preprocess: str = "auto",
    prompt: str = "",
    max_side: int | None = None,
    options: dict[str, Any] | None = None,
    lane: Lane = Lane.INTERACTIVE,
    template: RoiTemplate | None = None,
    any_template: bool = False,
    text: bool = True,
) -> Job:
    """Queue *document* for reading and return the job to follow.

    With *template*, or with the one that fits (*any_template*), the fields of a layout
    are read; without *text*, they alone. Text that was read before with the same wishes
    is answered at once; fields are read anew, as layouts change.

    Raises:
        EngineUnavailable: there is no such engine.
        ValueError: neither text nor fields are wanted, or the layout is a stranger's.
    """
    job = Job(
        workspace_id=document.workspace_id,
        document=document,
        created_by=user,
        engine=engine or settings.DEFAULT_ENGINE,
        languages=languages or settings.DEFAULT_LANGUAGES,
        preprocess=preprocess,
        prompt=prompt,
        max_side=max_side,
        options=options or {},
        lane=lane,
        template=template,
        any_template=any_template and template is None,
        text=text,
    )
    insist_on_sense(job)
    begin(job)
    return job


def insist_on_sense(job: Job) -> None:
    if job.template and job.template.workspace_id != job.workspace_id:
        raise ValueError("the template is of another workspace")
    if not (job.text or job.reads_fields):
        raise ValueError("there is nothing to read")


def begin(job: Job) -> None:
    """Make the rows of *job*, and wake workers for what is not known yet."""
    known = known_readings(job) if job.text else {}
    pages = job.document.pages.all()
    reads = [page_read(job, page, known.get(page.number)) for page in pages]
    waiting = sum(read.state == State.QUEUED for read in reads)
    if not waiting:
        job.cached, job.state = True, State.SUCCEEDED
        job.started = job.finished = timezone.now()
    job.save(force_insert=True)
    PageRead.objects.bulk_create(reads)
    if not waiting:
        index(job.document)
        note_receipt(job)
        tell_of_job(job)
    # The workers are other processes: they may only hear of rows that are committed.
    transaction.on_commit(lambda: wake_workers(waiting, class_of(job.engine)))


def known_readings(job: Job) -> dict[int, Reading]:
    """The cache: by page number, what is known of the job's document."""
    readings = Reading.objects.filter(**reading_key(job)).defer("result", "text")
    return {reading.page_number: reading for reading in readings}


def page_read(job: Job, page: Page, known: Reading | None) -> PageRead:
    read = PageRead(
        job=job,
        page=page,
        workspace_id=job.workspace_id,
        number=page.number,
        lane=job.lane,
        engine_class=class_of(job.engine),
    )
    if known:
        read.reading, read.cached = known, True
    if known and not job.reads_fields:
        read.state, read.finished = State.SUCCEEDED, timezone.now()
    return read


@transaction.atomic
def cancel_job(job: Job) -> None:
    """Stop reading: open pages are not read, what was read stays."""
    cancelled = job.page_reads.open().update(
        state=State.CANCELLED, lease=None, finished=timezone.now()
    )
    if cancelled:
        close(job.pk)
    job.refresh_from_db()


@transaction.atomic
def cancel_jobs(jobs: QuerySet[Job]) -> None:
    """Cancel those of *jobs* that are open; of most of many no page was begun."""
    open_jobs = jobs.filter(state__in=OPEN).order_by()
    ended = PageRead.objects.filter(job=OuterRef("pk")).exclude(state__in=OPEN)
    untouched = open_jobs.exclude(Exists(ended))
    now = timezone.now()
    PageRead.objects.filter(job__in=untouched.values("pk")).update(
        state=State.CANCELLED, lease=None, finished=now
    )
    others = PageRead.objects.filter(job=OuterRef("pk"))
    others = others.exclude(state=State.CANCELLED, finished=now)
    open_jobs.exclude(Exists(others)).update(
        state=State.CANCELLED, finished=now, updated=now
    )
    for job in open_jobs.all():
        cancel_job(job)


@transaction.atomic
def retry_job(job: Job) -> None:
    """Read failed and cancelled pages again; the others keep their text."""
    again = job.page_reads.filter(state__in=(State.FAILED, State.CANCELLED))
    waiting = again.update(
        state=State.QUEUED, attempt=0, error="", started=None, finished=None
    )
    if waiting:
        Job.objects.filter(pk=job.pk).update(
            state=State.QUEUED,
            error="",
            finished=None,
            updated=timezone.now(),
        )
        transaction.on_commit(lambda: wake_workers(waiting, class_of(job.engine)))
    job.refresh_from_db()
