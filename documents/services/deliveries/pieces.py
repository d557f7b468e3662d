"""A piece of an archive: as many documents as a moment is enough for."""

from __future__ import annotations

import logging
import time
from typing import IO, Any, NamedTuple
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

import engines
from documents.models import Delivery, Document, Job
from documents.services.deliveries.names import MISSING
from documents.services.deliveries.one import made
from documents.services.descriptions import is_description
from documents.services.errands import broken
from documents.services.patience import patient
from documents.services.results import (
    Exported,
    ResultNotReady,
    check_ended,
    nothing_read,
)
from documents.services.sentences import told
from documents.services.texts.choice import may_be_chosen

logger = logging.getLogger(__name__)
MOMENT = 5.0  # seconds: then others have their turn
PACKED = {".pdf", ".png", ".xlsx", ".zip"}  # nothing is gained by packing them again
FILE = 0o644 << 16  # who may read it, where it is unpacked on Unix


class NoLonger(Exception):
    """Nobody waits for it any more, or another worker has gone on with it."""


class Filled(NamedTuple):
    until: int  # the place of the first document that is not in it
    size: int
    suspect: int | None = None


def fill(delivery: Delivery, file: IO[bytes]) -> Filled:
    """Write the documents whose turn it is to *file*, one at least.

    A worker may have died of one: what came before it is a piece then, it is tried once
    more by itself, and left out if another worker dies of it.
    """
    question, attempt = delivery.errand.question, delivery.errand.attempt
    at, stop, skipped = question.get("at", 0), delivery.total, None
    if attempt > 1:
        stop = max(at, min(delivery.done, stop))
        if stop == at == question.get("suspect"):
            skipped, stop = at, at + 1
    end = time.monotonic() + MOMENT
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        missing, place = [], at
        while place < stop and (place == at or time.monotonic() < end):
            reach(delivery, place)
            part = delivery.wish["parts"][place]
            missing += put(archive, delivery, part, is_deadly=place == skipped)
            place += 1
        if missing:
            archive.writestr(MISSING, "".join(f"{line}\n" for line in missing))
    is_cut_short = attempt > 1 and skipped is None
    return Filled(place, file.tell(), stop if is_cut_short else None)


@patient
def reach(delivery: Delivery, place: int) -> None:
    """Let it be known which document is in hand.

    Raises:
        NoLonger: nobody wants to know.
    """
    mine = Delivery.objects.filter(pk=delivery.pk, errand=delivery.errand, file="")
    if not mine.update(done=place):
        raise NoLonger


def put(
    archive: ZipFile, delivery: Delivery, part: list[Any], *, is_deadly: bool
) -> list[str]:
    """Add a document's file to *archive*; or say why there is none."""
    key, job_key, stem = part
    documents = Document.objects.visible_to(delivery.created_by)
    document = documents.filter(pk=UUID(key)).first()
    try:
        if document is None:
            raise ResultNotReady(_("It was deleted meanwhile."))
        if is_deadly:
            raise ResultNotReady(broken())
        exported = answer(document, job_key, delivery.wish)
    except (ResultNotReady, engines.OcrError) as error:
        return [f"{stem}: {' '.join(told(str(error)).splitlines())}"]
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Document %s could not be exported", key)
        return [f"{stem}: {broken()}"]
    archive.writestr(entry(stem, exported), exported.content)
    return []


def answer(document: Document, job_key: str | None, wish: dict[str, Any]) -> Exported:
    """
    Raises:
        ResultNotReady: it has no text, or not any more.
        OcrError: the format cannot be made of it.
    """
    if job_key is None:
        raise no_text(document)
    job = Job.objects.filter(pk=UUID(job_key), document=document).first()
    if job is None:
        raise ResultNotReady(_("Its reading was deleted meanwhile."))
    job.document = document
    return made(job, wish["as"], wish["wishes"])


def no_text(document: Document) -> ResultNotReady:
    """Why it has none, by the newest of its jobs."""
    job = document.jobs.first()
    if job is None:
        return ResultNotReady(_("It has not been read."))
    if may_be_chosen(job):
        return ResultNotReady(_("It was read only after the file was asked for."))
    if is_description(job):
        return ResultNotReady(_("Its picture was described; its text was not read."))
    try:
        check_ended(job)
    except ResultNotReady as reason:
        return reason
    return nothing_read(job)


def entry(stem: str, exported: Exported) -> ZipInfo:
    ending = "." + exported.name.rpartition(".")[2]
    info = ZipInfo(stem + ending, timezone.localtime().timetuple()[:6])
    info.compress_type = ZIP_STORED if ending in PACKED else ZIP_DEFLATED
    info.external_attr = FILE
    return info
