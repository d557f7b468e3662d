"""Documents after they came in: into the trash, out of it, and gone for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from documents.models import Document, Job, Page, Reading, Record
from documents.services import crops
from documents.services.jobs import cancel_jobs
from documents.services.settling import judge_again


@transaction.atomic
def trash_documents(documents: QuerySet[Document]) -> int:
    """Move *documents* to the trash and stop reading them; say how many went."""
    twins = list(Record.objects.alive().filter(twin__document__in=documents))
    now = timezone.now()
    trashed = documents.update(trashed=now, updated=now)
    cancel_jobs(Job.objects.filter(document__trashed=now))
    judge_again(twins)
    return trashed


def restore_documents(documents: QuerySet[Document]) -> int:
    """Bring *documents* back from the trash; say how many came.

    One whose content was uploaded anew stays: the workspace has it already.
    """
    here = Document.objects.alive().filter(
        workspace=OuterRef("workspace"), sha256=OuterRef("sha256")
    )
    free = documents.exclude(trashed=None).exclude(Exists(here)).order_by()
    coming = Document.objects.filter(pk__in=free.values("pk"))
    try:
        with transaction.atomic():
            return coming.update(trashed=None, updated=timezone.now())
    except IntegrityError:  # two of them are of the same content: the first one comes
        return sum(restore(document) for document in documents)


def restore(document: Document) -> bool:
    trashed = Document.objects.filter(pk=document.pk).exclude(trashed=None)
    try:
        with transaction.atomic():
            return bool(trashed.update(trashed=None, updated=timezone.now()))
    except IntegrityError:
        return False


def purge_trash() -> int:
    """Remove what lay in the trash for TRASH_DAYS; say how many documents went."""
    latest = timezone.now() - timedelta(days=settings.TRASH_DAYS)
    return purge_documents(Document.objects.filter(trashed__lt=latest))


def purge_documents(documents: Iterable[Document]) -> int:
    """Remove *documents* with their jobs, records, files and pictures, for good."""
    purged = 0
    for document in documents:
        purge(document)
        purged += 1
    return purged


@transaction.atomic
def purge(document: Document) -> None:
    previews = Page.objects.filter(document=document).exclude(preview="")
    files = [document.file.name, *previews.values_list("preview", flat=True)]
    files += crops.names_of_document(document)
    document.delete()
    twins = Document.objects.filter(
        workspace=document.workspace_id, sha256=document.sha256
    )
    if not twins.exists():
        Reading.objects.filter(
            workspace=document.workspace_id, sha256=document.sha256
        ).delete()
    # After the rows: a file without a row is only waste, a row without a file is a lie.
    transaction.on_commit(lambda: remove_files(files))


def remove_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)
