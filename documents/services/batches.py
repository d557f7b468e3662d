"""Batches: what came in together."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from documents.models import Batch, Document, Workspace


def create_batch(
    workspace: Workspace, *, user: AbstractBaseUser, name: str = ""
) -> Batch:
    return Batch.objects.create(workspace=workspace, created_by=user, name=name)


@transaction.atomic
def gather(document: Document, batch_id: UUID, user: AbstractBaseUser) -> None:
    """Put *document* into the batch of that id, made with its first document.

    Files of one drop come in parallel requests, and the first may be refused: so none
    can make the batch before it is taken in. An id of another workspace is ignored.
    """
    batch, _ = Batch.objects.get_or_create(
        pk=batch_id, defaults={"workspace": document.workspace, "created_by": user}
    )
    if batch.workspace_id == document.workspace_id:
        document.batch = batch
        document.save(update_fields=["batch", "updated"])
