"""Pages of a job as a worker leaves them: laid over a layout, their regions read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from documents.models import Document, Job, Record, RoiTemplate
from documents.services.closing import close
from documents.services.jobs import create_job
from documents.services.queue import claim, store

Values = Mapping[str, Any]


def said(name: str, value: Any) -> dict[str, Any]:
    """What one region says: a value, or a value with the cause of a doubt."""
    value, cause = value if isinstance(value, tuple) else (value, "")
    return {
        "name": name,
        "raw": f"{value}.",
        "value": value,
        "currency": "EUR" if name == "total" else "",
        "confidence": 0.5 if cause else 1.0,
        "cause": cause,
        "reason": f"It is {cause}." if cause else "",
        "polygon": [[40, 15], [240, 15], [240, 33], [40, 33]],
        "alternatives": [],
        "crop": "",
        "processed": "",
    }


def laid_over(
    template: RoiTemplate, values: Values | None = None, place: int = 1
) -> dict[str, Any]:
    """The extraction of a page that is page *place* of *template*."""
    registration = {"rung": "features", "score": 0.9, "reason": ""}
    return {
        "template": str(template.pk),
        "version": template.version,
        "page": place,
        "matches": [],
        "registration": registration,
        "fields": [said(name, value) for name, value in (values or {}).items()],
    }


def unlike() -> dict[str, Any]:
    """The extraction of a page that was printed from no layout."""
    reason = "The page looks like no print of this layout."
    return {
        "template": None,
        "version": 0,
        "page": 0,
        "matches": [],
        "registration": {"rung": "", "score": 0.1, "reason": reason},
        "fields": [],
    }


def read_as(
    document: Document,
    pages: Sequence[dict[str, Any]],
    *,
    template: RoiTemplate | None = None,
) -> Job:
    """A job that has ended, its pages read as *pages* say; with *template*, or auto."""
    job = create_job(
        document,
        user=document.created_by,
        template=template,
        any_template=template is None,
        text=False,
    )
    for extraction in pages:
        store(claim(), None, 0.0, extraction)
    close(job.pk)
    job.refresh_from_db()
    return job


def one_record(document: Document, template: RoiTemplate, **values: Any) -> Record:
    """The record of a page that says *values*."""
    job = read_as(document, [laid_over(template, values)], template=template)
    return job.records.get()


def states(record: Record) -> dict[str, tuple[str, str]]:
    """State and cause of each field."""
    fields = record.fields.values_list("name", "state", "cause")
    return {name: (state, cause) for name, state, cause in fields}
