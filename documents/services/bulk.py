"""Many documents read again with one wish."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet

from documents.models import Document
from documents.models.jobs import Lane
from documents.services.jobs import create_job
from documents.services.queue import enqueue

AT_ONCE = 100  # documents; more than the asker would wait for are left to a worker


def read_documents_again(
    documents: QuerySet[Document], *, user: AbstractBaseUser, wishes: dict[str, Any]
) -> int:
    """A job for each of *documents*, the first ones now; say how many they are."""
    keys = list(documents.values_list("pk", flat=True))
    chunks = [keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE)]
    for chunk in chunks[:1]:
        read_chunk(chunk, user, wishes)
    for chunk in chunks[1:]:
        enqueue("documents.tasks.read_again", chunk, user.pk, wishes)
    return len(keys)


@transaction.atomic
def read_chunk(
    keys: list[UUID], user: AbstractBaseUser, wishes: dict[str, Any]
) -> None:
    for document in Document.objects.alive().filter(pk__in=keys):
        create_job(document, user=user, lane=Lane.BULK, **wishes)
