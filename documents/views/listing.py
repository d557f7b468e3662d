"""A document as a row of a list, with the readings it has had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from documents.models import Document, Job, Page
from documents.models.jobs import OPEN
from documents.views.hits import Snippet


@dataclass(frozen=True)
class Row:
    document: Document
    page: Page | None  # its first
    jobs: list[Job]  # newest first
    snippet: Snippet | None = None  # where that is which was looked for

    @property
    def job(self) -> Job | None:
        return self.jobs[0] if self.jobs else None

    @property
    def is_open(self) -> bool:
        return any(job.state in OPEN for job in self.jobs)

    @property
    def is_prepared(self) -> bool:
        return bool(self.page and self.page.preview)


def document_rows(documents: QuerySet[Document]) -> list[Row]:
    return [as_row(document) for document in documents.listed()]


def as_row(document: Document) -> Row:
    pages: Iterable[Page] = document.first_pages
    return Row(document, next(iter(pages), None), document.readings)
