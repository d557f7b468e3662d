"""Which of a document's jobs has its text."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from documents.models import Document, Job
from documents.models.jobs import State
from documents.services.descriptions import is_description, without_descriptions
from documents.services.texts.search import index

READ = (State.SUCCEEDED, State.NEEDS_TEMPLATE)


class NoText(Exception):
    """The job cannot be chosen; the message says why."""


def text_job(document: Document) -> Job | None:
    """The job whose text is the document's: the chosen one, else the newest that read
    any; None where none has."""
    if document.text_job is not None:
        return document.text_job
    return newest_first(document.jobs.all()).first()


def text_jobs(documents: Iterable[UUID] | QuerySet) -> dict[UUID, UUID]:
    """``text_job`` of many at once: the keys of jobs by those of their documents, which
    are given by key or as a query; those without a text are left out."""
    wanted = documents if isinstance(documents, QuerySet) else list(documents)
    found = with_text_key(Document.objects.filter(pk__in=wanted))
    read = found.filter(text_key__isnull=False).order_by()
    return dict(read.values_list("pk", "text_key"))


def with_text_key(documents: QuerySet) -> QuerySet:
    """Adds ``text_key``: that of the ``text_job`` of each, None where it has none."""
    newest = newest_first(Job.objects.filter(document=OuterRef("pk"))).values("pk")[:1]
    return documents.annotate(text_key=Coalesce("text_job_id", Subquery(newest)))


def text_key(document: Document) -> UUID | None:
    """That of its ``text_job``; no query where ``with_text_key`` has found it."""
    if hasattr(document, "text_key"):
        return document.text_key
    job = text_job(document)
    return job.pk if job else None


def newest_first(jobs: QuerySet) -> QuerySet:
    """Those of *jobs* that read any text; what describes a picture does not."""
    read = jobs.filter(text=True, state__in=READ)
    return without_descriptions(read).order_by("-created", "-pk")


def may_be_chosen(job: Job) -> bool:
    return job.text and job.state in READ and not is_description(job)


@transaction.atomic
def choose_text(document: Document, job: Job | None) -> None:
    """Let the text of *job* be the document's; None: always the newest.

    Raises:
        NoText: the job is of another document, or read no text.
    """
    if job and job.document_id != document.pk:
        raise NoText(_("This is a reading of another document."))
    if job and is_description(job):
        raise NoText(_("This describes the picture: it is no text of the document."))
    if job and not may_be_chosen(job):
        raise NoText(_("This reading has no text. Choose one that is done."))
    document.text_job = job
    document.save(update_fields=["text_job", "updated"])
    index(document)
    from documents.services.receipts import note_receipt  # it asks for the text's job

    if chosen := text_job(document):
        note_receipt(chosen)
