"""Results that workers make into files, while someone waits or looks how far it is."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

import engines
from documents.models import Delivery, Errand, Job, Workspace
from documents.services import errands
from documents.services.errands import Refused
from documents.services.pages import local_path
from documents.services.patience import patient
from documents.services.results import file_name, finished_count, result_of

KEPT = timedelta(days=1)
STEP = 0.1  # seconds between two looks whether it is there


def ordered(job: Job, as_: str, number: int | None, wishes: dict[str, Any]) -> Delivery:
    """The file that is being made, or was made, of the job's answer; begun now if
    nobody has asked for it.

    Raises:
        ResultNotReady: the job still runs, or no page could be read.
        OcrError: no format has that name.
    """
    pages = finished_count(job, number)
    export = engines.export_of(as_, pages)
    wish = {"as": as_, "page": number, "wishes": wishes}
    delivery, _new = Delivery.objects.select_related("errand").get_or_create(
        digest=digest(job, wish),
        defaults={
            "workspace_id": job.workspace_id,
            "job": job,
            "wish": wish,
            "total": pages,
            "name": file_name(job, export),
            "media_type": export.media_type,
        },
    )
    if not delivery.file and not is_under_way(delivery.errand):
        question = {"delivery": str(delivery.pk)}
        delivery.errand = errands.put(job.workspace, "deliver", question)
        delivery.save(update_fields=["errand"])
    return delivery


def is_under_way(errand: Errand | None) -> bool:
    """One that failed is tried anew when it is asked for anew."""
    return errand is not None and errand.state in (
        Errand.State.WAITING,
        Errand.State.RUNNING,
    )


def digest(job: Job, wish: dict[str, Any]) -> str:
    """A job that is tried again, or corrected, has another answer."""
    asked = [str(job.pk), job.updated.isoformat(), wish]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def is_there(delivery: Delivery, seconds: float) -> bool:
    """Whether the file came within *seconds*.

    Raises:
        Refused: it cannot be made.
    """
    end = time.monotonic() + seconds
    while not delivery.file:
        delivery.refresh_from_db()
        if delivery.error:
            raise Refused(delivery.error)
        if delivery.file or time.monotonic() > end:
            break
        errands.pause(STEP)
    return bool(delivery.file)


def deliver(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """Make the file (in a worker)."""
    jobs = Job.objects.filter(workspace=workspace, document__trashed=None)
    waiting = Delivery.objects.filter(file="", job__in=jobs)
    delivery = waiting.filter(pk=UUID(question["delivery"])).first()
    if delivery is None:
        raise Refused(_("The document was deleted meanwhile."))
    wish = delivery.wish
    with counted(delivery) as result:
        content = engines.export_result(
            wish["as"], result, engines.Wishes(**wish["wishes"])
        )
    delivery.file.save(delivery.name, ContentFile(content), save=False)
    if not kept(delivery):
        delivery.file.delete(save=False)
    return {}


@contextmanager
def counted(delivery: Delivery) -> Iterator[engines.Result]:
    """The answer with its pictures; each that is asked for counts as a page done."""
    with local_path(delivery.job.document.file) as path:
        turns = dict(delivery.job.document.pages.values_list("number", "turn"))

        def picture(number: int) -> engines.PageImage:
            count(delivery)
            return upright(path, number, turns.get(number))

        yield result_of(delivery.job, delivery.wish["page"], picture)


def upright(path: Path, number: int, turn: int | None) -> engines.PageImage:
    return engines.load_page(path, number, dpi=settings.PDF_DPI).turned(turn or 0)


@patient
def count(delivery: Delivery) -> None:
    begun = Delivery.objects.filter(pk=delivery.pk, done__lt=F("total"))
    begun.update(done=F("done") + 1)


@patient
def kept(delivery: Delivery) -> bool:
    """Whether nobody else was faster, and it is still wanted."""
    waiting = Delivery.objects.filter(pk=delivery.pk, file="")
    return bool(waiting.update(file=delivery.file.name, done=F("total")))


def forget_old() -> None:
    """Remove the files that have been here long enough to be taken home."""
    for delivery in Delivery.objects.filter(created__lt=timezone.now() - KEPT):
        forget(delivery)


def forget(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).delete()
    if delivery.file:
        delivery.file.delete(save=False)
