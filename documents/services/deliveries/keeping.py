"""What all deliveries share: made once, waited for, kept for a day, then forgotten."""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from documents.models import Delivery, Errand, Workspace
from documents.services import errands
from documents.services.errands import Refused
from documents.services.patience import patient

ROOM = "deliveries"
KEPT = timedelta(days=1)
STEP = 0.1  # seconds between two looks whether it is there


def digest(*asked: Any) -> str:
    """The same for the same wish, of what has not changed since."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def begun(delivery: Delivery) -> Delivery:
    """*delivery*, of which a worker has heard; one that failed is tried anew when it is
    asked for anew."""
    if not delivery.file and not is_under_way(delivery.errand):
        with transaction.atomic():
            delivery.errand = put_errand(delivery)
            delivery.save(update_fields=["errand"])
    return delivery


def put_errand(delivery: Delivery, **more: Any) -> Errand:
    """An archive goes on where its last worker left it."""
    kind = "deliver" if delivery.job_id else "archive"
    left = delivery.errand.question if delivery.errand else {}
    question = {**left, "delivery": str(delivery.pk), **more}
    return errands.put(delivery.workspace, kind, question)


def is_under_way(errand: Errand | None) -> bool:
    return errand is not None and errand.state in (
        Errand.State.WAITING,
        Errand.State.RUNNING,
    )


def is_there(delivery: Delivery, seconds: float) -> bool:
    """Whether the file came within *seconds*.

    Raises:
        Refused: it cannot be made.
    """
    end = time.monotonic() + seconds
    while not delivery.file:
        delivery.refresh_from_db(fields=("file", "errand", "done"))
        if delivery.error:
            raise Refused(delivery.error)
        if delivery.file or time.monotonic() > end:
            break
        errands.pause(STEP)
    return bool(delivery.file)


def asked_for(workspace: Workspace, question: dict[str, Any]) -> Delivery | None:
    """What an errand is about; None when it is there, or wanted no more."""
    waiting = Delivery.objects.filter(file="", workspace=workspace)
    found = waiting.filter(pk=UUID(question["delivery"]))
    related = ("errand", "job__document", "created_by", "workspace")
    return found.select_related(*related).first()


def keep(delivery: Delivery, content: File) -> None:
    """Let *content* be the file, unless somebody else was faster."""
    delivery.file.save(delivery.name, content, save=False)
    if not kept(delivery):
        delivery.file.delete(save=False)


@patient
def kept(delivery: Delivery) -> bool:
    """Whether nobody else was faster, and it is still wanted."""
    waiting = Delivery.objects.filter(pk=delivery.pk, file="")
    return bool(waiting.update(file=delivery.file.name, done=F("total")))


def forget_old() -> None:
    """Remove the files that have been here long enough to be taken home, and what was
    left of those that are gone."""
    for delivery in Delivery.objects.filter(created__lt=timezone.now() - KEPT):
        forget(delivery)
    for folder in parts(ROOM)[0]:
        with suppress(ValueError):
            key = UUID(folder)
            if not Delivery.objects.filter(pk=key).exists():
                empty(key)


def forget(delivery: Delivery) -> None:
    """Make it no further, and remove what there is of it; its files go with the row."""
    Delivery.objects.filter(pk=delivery.pk).delete()


def remove_files(key: UUID, name: str) -> None:
    """The file called *name* of the delivery *key*, and what is left of its parts."""
    empty(key)
    if name:
        default_storage.delete(name)


def folder_of(key: UUID) -> str:
    """Where what a worker needs for more than one turn lies meanwhile."""
    return f"{ROOM}/{key.hex}"


def empty(key: UUID) -> None:
    folder = folder_of(key)
    for name in parts(folder)[1]:
        default_storage.delete(f"{folder}/{name}")
    with suppress(OSError):  # a worker has put another part there just now; or none is
        default_storage.delete(folder)


def parts(folder: str) -> tuple[list[str], list[str]]:
    """The folders and the files in *folder*."""
    try:
        return default_storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return [], []
