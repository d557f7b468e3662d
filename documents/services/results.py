"""What came out of a job: pages as JSON, and files in every format."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

import engines
from documents.models import Job, PageRead
from documents.models.jobs import OPEN, State
from documents.services.texts.corrections import corrected_texts, with_corrections


class ResultNotReady(Exception):
    """There is nothing to show of the job, or not yet; the message says why."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file to hand out."""

    content: bytes
    media_type: str
    name: str


def job_result(job: Job, number: int | None = None) -> dict[str, Any]:
    """The job's answer, all pages or one; ``error`` names the pages that failed.

    Raises:
        ResultNotReady: the job still runs, or no page could be read.
    """
    pages = finished_pages(job, number)
    result = {"job": str(job.pk), "engine": job.engine, "pages": pages}
    return result | ({"error": job.error} if job.error else {})


def export_job(
    job: Job, as_: str, *, number: int | None = None, **wishes: Any
) -> Exported:
    """The job's answer as a file of the format *as_*: all pages, or one.

    Raises:
        ResultNotReady: the job still runs, or no page could be read.
        OcrError: no format has that name.
    """
    if as_ == "json":
        answer = job_result(job, number)
        pages = len(answer["pages"])
        content = json.dumps(answer, ensure_ascii=False).encode()
    else:
        result = result_of(job, number)
        pages = len(result.pages)
        content = engines.export_result(as_, result, engines.Wishes(**wishes))
    export = engines.export_of(as_, pages)
    return Exported(content, export.media_type, file_name(job, export, number))


def result_of(
    job: Job,
    number: int | None = None,
    picture: Callable[[int], engines.PageImage] | None = None,
) -> engines.Result:
    """The job's answer as the library wants it, all pages or one.

    Raises:
        ResultNotReady: the job still runs, or no page could be read.
    """
    told = {page["number"]: page for page in finished_pages(job, number)}
    result = engines.Result(
        {number: engines.page_from_json(page) for number, page in told.items()},
        title=job.document.name,
        corrected={number: corrected_lines(page) for number, page in told.items()},
    )
    return replace(result, picture=picture) if picture else result


def corrected_lines(page: dict[str, Any]) -> frozenset[int]:
    """The places of the lines that people changed, on a page as JSON."""
    lines = enumerate(page["lines"])
    return frozenset(place for place, line in lines if line.get("corrected"))


def file_name(job: Job, export: engines.Export, number: int | None = None) -> str:
    """The document's name with the format's ending; of several pages one says which."""
    stem = PurePath(job.document.name).stem
    is_part = number is not None and job.document.page_count > 1
    return (f"{stem}-{number}" if is_part else stem) + export.ending


def job_pages(job: Job, number: int | None = None) -> list[dict[str, Any]]:
    """The pages read so far, or one, by number: size, text, lines, words; as people put
    them right."""
    texts = corrected_texts(job)
    pages = (
        read_pages(job, number)
        .order_by("number")
        .values_list("number", "reading__result")
    )
    return [
        {"number": number, **with_corrections(result, texts.get(number, {}))}
        for number, result in pages
    ]


def finished_pages(job: Job, number: int | None = None) -> list[dict[str, Any]]:
    """
    Raises:
        ResultNotReady: the job still runs, or no page could be read.
    """
    check_ended(job)
    if pages := job_pages(job, number):
        return pages
    raise nothing_read(job)


def finished_count(job: Job, number: int | None = None) -> int:
    """How many pages ``finished_pages`` has, without loading them.

    Raises:
        ResultNotReady: the job still runs, or no page could be read.
    """
    check_ended(job)
    if count := read_pages(job, number).count():
        return count
    raise nothing_read(job)


def read_pages(job: Job, number: int | None = None) -> QuerySet[PageRead]:
    reads = job.page_reads.filter(state=State.SUCCEEDED, reading__isnull=False)
    return reads if number is None else reads.filter(number=number)


def check_ended(job: Job) -> None:
    if job.state in OPEN:
        raise ResultNotReady(_("The document is still being read. Ask again soon."))
    if not job.text:
        reason = _("Only fields were asked for, no text. Read it again with its text.")
        raise ResultNotReady(reason)


def nothing_read(job: Job) -> ResultNotReady:
    reason = job.error or _("No page was read: the job was cancelled.")
    return ResultNotReady(reason)
