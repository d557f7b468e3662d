"""The answer of one job as a file that is slow to make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import F
from django.utils.translation import gettext as _

import engines
from documents.models import Delivery, Job, Workspace
from documents.services.deliveries.keeping import asked_for, begun, digest, keep
from documents.services.errands import Refused
from documents.services.pages import local_path
from documents.services.patience import patient
from documents.services.results import (
    Exported,
    export_job,
    file_name,
    finished_count,
    result_of,
)


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
        # A job that is tried again, or corrected, has another answer.
        digest=digest(str(job.pk), job.updated.isoformat(), wish),
        defaults={
            "workspace_id": job.workspace_id,
            "job": job,
            "wish": wish,
            "total": pages,
            "name": file_name(job, export, number),
            "media_type": export.media_type,
        },
    )
    return begun(delivery)


def deliver(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """Make the file (in a worker)."""
    delivery = asked_for(workspace, question)
    if delivery is None or delivery.job.document.trashed:
        raise Refused(_("The document was deleted meanwhile."))
    wish = delivery.wish
    exported = made(
        delivery.job,
        wish["as"],
        wish["wishes"],
        number=wish["page"],
        looked=lambda: count(delivery),
    )
    keep(delivery, ContentFile(exported.content))
    return {}


def made(
    job: Job,
    as_: str,
    wishes: dict[str, Any],
    *,
    number: int | None = None,
    looked: Callable[[], None] = lambda: None,
) -> Exported:
    """The job's answer in any format, with the pictures of its pages; *looked* is
    called for each that is asked for.

    Raises:
        ResultNotReady: the job still runs, or no page could be read.
        OcrError: the format cannot be made of it.
    """
    if not engines.EXPORTS[as_].is_slow:
        return export_job(job, as_, number=number, **wishes)
    with illustrated(job, number, looked) as result:
        content = engines.export_result(as_, result, engines.Wishes(**wishes))
    export = engines.export_of(as_, len(result.pages))
    return Exported(content, export.media_type, file_name(job, export, number))


@contextmanager
def illustrated(
    job: Job, number: int | None, looked: Callable[[], None]
) -> Iterator[engines.Result]:
    with local_path(job.document.file) as path:
        turns = dict(job.document.pages.values_list("number", "turn"))

        def picture(number: int) -> engines.PageImage:
            looked()
            return upright(path, number, turns.get(number))

        yield result_of(job, number, picture)


def upright(path: Path, number: int, turn: int | None) -> engines.PageImage:
    return engines.load_page(path, number, dpi=settings.PDF_DPI).turned(turn or 0)


@patient
def count(delivery: Delivery) -> None:
    counted = Delivery.objects.filter(pk=delivery.pk, done__lt=F("total"))
    counted.update(done=F("done") + 1)
