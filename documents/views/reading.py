"""What the document page shows of a job: its progress, and one page of its result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from documents.models import (
    Correction,
    Document,
    Field,
    Job,
    Page,
    PageRead,
    Record,
    RoiTemplate,
)
from documents.models.jobs import OPEN, State
from documents.services.engines import notice_of, served_classes
from documents.services.texts.corrections import with_corrections
from documents.templatetags.lines import is_doubtful_line
from engines import Result, Wishes, export_result, page_from_json

PREPARING = timedelta(minutes=5)  # so long a missing preview may still be on its way


@dataclass(frozen=True)
class PageView:
    """One page, and what the job has read on it (nothing yet, perhaps nothing ever)."""

    page: Page
    read: PageRead | None
    count: int
    fields: Sequence[Field] = ()  # of the records on this page, doubtful first
    layouts: Sequence[RoiTemplate] = ()  # to choose from, where none was found to fit

    @property
    def state(self) -> str:
        return self.read.state if self.read else ""

    @cached_property
    def corrections(self) -> dict[int, Correction]:
        """The newest of each line that people changed, by its place."""
        if not self.read or not self.read.reading:
            return {}
        made = self.read.corrections.order_by("pk").select_related("user")
        return {one.line: one for one in made}

    @cached_property
    def result(self) -> dict[str, Any]:
        """What was read, as people put it right."""
        if not self.read or not self.read.reading:
            return {}
        texts = {place: one.after for place, one in self.corrections.items()}
        return with_corrections(self.read.reading.result, texts)

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """Each with its newest correction, if there is any, as ``newest``."""
        return [
            line | {"newest": self.corrections.get(place)}
            for place, line in enumerate(self.result.get("lines", []))
        ]

    @property
    def text(self) -> str:
        return self.result.get("text", "")

    @property
    def is_description(self) -> bool:
        """Whether that is what is to be seen on the page, and not what it says."""
        return bool(self.result.get("description"))

    @cached_property
    def layout(self) -> str:
        """The text on a grid of characters: what stands apart on paper does so here."""
        if not self.result:
            return ""
        pages = {self.page.number: page_from_json(self.result)}
        text = export_result("txt", Result(pages), Wishes(layout=True))
        return text.decode().rstrip()

    @property
    def records(self) -> list[Record]:
        return list(dict.fromkeys(field.record for field in self.fields))

    @property
    def doubtful(self) -> int:
        return sum(map(is_doubtful_line, self.lines))

    @property
    def previous(self) -> int | None:
        return self.page.number - 1 or None

    @property
    def next(self) -> int | None:
        return self.page.number + 1 if self.page.number < self.count else None


def open_page(document: Document, job: Job | None, number: int) -> PageView:
    page = document.pages.get(number=number)
    if job is None:
        return PageView(page, None, document.page_count)
    read = job.page_reads.filter(page=page).select_related("reading").first()
    fields, layouts = fields_on(page), layouts_for(job)
    return PageView(page, read, document.page_count, fields, layouts)


def fields_on(page: Page) -> list[Field]:
    """Whichever job has read them: a page has one record that counts."""
    fields = Field.objects.filter(
        record__document=page.document_id, record__replaced=None, page=page.number
    )
    in_order = fields.select_related("record").order_by("record__first_page", "order")
    return sorted(in_order, key=lambda field: field.state != Field.State.NEEDS_REVIEW)


def layouts_for(job: Job) -> QuerySet[RoiTemplate]:
    layouts = RoiTemplate.objects.alive().filter(workspace=job.workspace_id)
    return layouts if job.state == State.NEEDS_TEMPLATE else layouts.none()


@dataclass(frozen=True)
class Progress:
    """How far a job is: a letter for each page, large once its picture is there."""

    job: Job | None
    document: Document

    @cached_property
    def states(self) -> str:
        if self.job is None:
            pages = self.document.pages.values_list("preview", flat=True)
            return "".join("N" if preview else "n" for preview in pages)
        reads = self.job.page_reads.order_by("number")
        pairs = reads.values_list("state", "page__preview")
        return "".join(s[0].upper() if preview else s[0] for s, preview in pairs)

    @property
    def tiles(self) -> list[tuple[int, str]]:
        return list(enumerate(self.states, start=1))

    @property
    def is_open(self) -> bool:
        return bool(self.job and self.job.state in OPEN)

    @cached_property
    def notice(self) -> str:
        """Why the job waits, where nobody is there to do it."""
        return notice_of(self.job.engine, served_classes()) if self.is_open else ""

    @property
    def is_watched(self) -> bool:
        """Whether there is more to come: pages to be read, pictures to be made."""
        is_fresh = timezone.now() - self.document.created < PREPARING
        return self.is_open or (is_fresh and not self.states.isupper())

    @property
    def may_retry(self) -> bool:
        """Whether pages of an ended job are still without an answer."""
        return not self.is_open and bool({"f", "c"} & set(self.states.lower()))
