"""Which of a document's jobs has its text."""

from __future__ import annotations

from django.db import transaction

from documents.models import Document, Job
from documents.models.jobs import State
from documents.services.texts.search import index

READ = (State.SUCCEEDED, State.NEEDS_TEMPLATE)


def text_job(document: Document) -> Job | None:
    """The job whose text is the document's: the chosen one, else the newest that read
    any; None where none has."""
    if document.text_job is not None:
        return document.text_job
    read = document.jobs.filter(text=True, state__in=READ)
    return read.order_by("-created", "-pk").first()


@transaction.atomic
def choose_text(document: Document, job: Job | None) -> None:
    """Let the text of *job* be the document's; None: always the newest.

    Raises:
        ValueError: the job is of another document, or read no text.
    """
    if job and (
        job.document_id != document.pk or not job.text or job.state not in READ
    ):
        raise ValueError("the job has no text of this document")
    document.text_job = job
    document.save(update_fields=["text_job", "updated"])
    index(document)
