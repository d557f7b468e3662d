"""What came out of a job: pages as JSON, and files in every format."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

import engines
from documents.models import Job
from documents.models.jobs import OPEN, State


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
        content = json.dumps(job_result(job, number), ensure_ascii=False).encode()
    else:
        pages = {
            page["number"]: engines.page_from_json(page)
            for page in finished_pages(job, number)
        }
        content = engines.export_result(
            as_, engines.Result(pages), engines.Wishes(**wishes)
        )
    export = engines.EXPORTS[as_]
    stem = PurePath(job.document.name).stem
    return Exported(content, export.media_type, stem + export.ending)


def job_pages(job: Job) -> list[dict[str, Any]]:
    """The pages read so far, by number: size, text, lines, words."""
    reads = job.page_reads.filter(state=State.SUCCEEDED, reading__isnull=False)
    pages = reads.order_by("number").values_list("number", "reading__result")
    return [{"number": number, **result} for number, result in pages]


def finished_pages(job: Job, number: int | None = None) -> list[dict[str, Any]]:
    if job.state in OPEN:
        raise ResultNotReady(_("The document is still being read. Ask again soon."))
    if not job.text:
        reason = _("Only fields were asked for, no text. Read it again with its text.")
        raise ResultNotReady(reason)
    pages = [page for page in job_pages(job) if number in (None, page["number"])]
    if not pages:
        raise ResultNotReady(job.error or _("No page was read: the job was cancelled."))
    return pages
