"""Files that a command brings: each is one document and one job, however often the
command is stopped and run again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet

from documents.models import Batch, Document, Job, Workspace
from documents.models.jobs import Lane, State
from documents.services.batches import create_batch
from documents.services.jobs import create_job
from documents.services.patience import patient
from documents.services.tags import add_tags
from documents.services.uploads import upload

IN_VAIN = (State.FAILED, State.CANCELLED)


def batch_called(name: str, workspace: Workspace, *, user: AbstractBaseUser) -> Batch:
    """The user's newest batch of that name, so that what is run again goes on in it."""
    mine = Batch.objects.filter(workspace=workspace, created_by=user, name=name)
    return mine.first() or create_batch(workspace, user=user, name=name)


def take_in(
    path: Path,
    *,
    batch: Batch,
    user: AbstractBaseUser,
    wishes: dict[str, Any],
    tags: Sequence[str] = (),
) -> Job:
    """Upload the file at *path*, have it read by *wishes*, and return the job.

    Raises:
        FileError: it cannot be read as a document.
        OSError: it cannot be read at all, or not be stored.
    """
    with path.open("rb") as file:
        document, _new = upload(
            workspace=batch.workspace,
            user=user,
            file=File(file),
            name=path.name,
            source=Document.Source.COMMAND,
            batch=batch,
        )
    return read_once(document, user=user, wishes=wishes, tags=tags)


@patient
@transaction.atomic
def read_once(
    document: Document,
    *,
    user: AbstractBaseUser,
    wishes: dict[str, Any],
    tags: Sequence[str] = (),
) -> Job:
    """The job by which *document* was, or is going to be, read by these very *wishes*;
    one that ended in vain does not count."""
    # Of two commands at once, the second sees the job that the first has made.
    Document.objects.select_for_update().get(pk=document.pk)
    if tags:
        add_tags(document, tags)
    if known := of_same_wishes(document, wishes).first():
        return known
    return create_job(document, user=user, lane=Lane.BULK, **wishes)


def of_same_wishes(document: Document, wishes: dict[str, Any]) -> QuerySet[Job]:
    return document.jobs.exclude(state__in=IN_VAIN).filter(
        engine=wishes.get("engine") or settings.DEFAULT_ENGINE,
        languages=wishes.get("languages") or settings.DEFAULT_LANGUAGES,
        template=wishes.get("template"),
        any_template=wishes.get("any_template", False),
        text=wishes.get("text", True),
    )
