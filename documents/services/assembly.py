"""Records out of pages: which belong together, and what their fields are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from documents.models import Field, Job, PageRead, Record, TemplateVersion
from documents.models.jobs import State
from documents.services.constants import constants_of
from documents.services.shared_fields import shared_fields
from engines import LAST

UNREGISTERED = "unregistered"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a job that has ended: the layout it was printed from (None: of none),
    which page of that, and what its regions say."""

    number: int
    template: str | None = None
    version: int = 0
    place: int = 0
    score: float = 0.0
    rung: str = ""
    reason: str = ""
    fields: Sequence[Mapping[str, Any]] = ()
    size: tuple[int, int] = (1, 1)
    finished: datetime | None = None


def sheets_of(job: Job) -> list[Sheet]:
    reads = job.page_reads.select_related("page").order_by("number")
    return [sheet_of(read) for read in reads]


def sheet_of(read: PageRead) -> Sheet:
    size = read.page.width, read.page.height
    if read.state != State.SUCCEEDED or not read.extraction:
        reason = read.error or _("This page was not read.")
        return Sheet(read.number, reason=reason, size=size, finished=read.finished)
    found = read.extraction
    return Sheet(
        read.number,
        found["template"],
        found["version"],
        found["page"],
        found["registration"]["score"],
        found["registration"]["rung"],
        found["registration"]["reason"],
        found["fields"],
        size,
        read.finished,
    )


def grouped(sheets: Sequence[Sheet], *, keep_all: bool) -> list[list[Sheet]]:
    """*sheets* of one document as records, in page order.

    The first page of a layout begins a record, and so does any page of another layout
    than that of the pages before it; all others go with the one before. Leading pages
    of no layout belong to no record, unless *keep_all*: the layout was asked for by
    name, so each page of the document counts.
    """
    groups: list[list[Sheet]] = []
    for sheet in sheets:
        if begins(sheet, groups[-1] if groups else None):
            groups.append([sheet])
        elif groups:
            groups[-1].append(sheet)
        elif keep_all:
            groups.append([sheet])
    return groups


def begins(sheet: Sheet, current: list[Sheet] | None) -> bool:
    if sheet.template is None:
        return False
    if current is None or sheet.place == 1:
        return True
    return layout_of(current) not in (None, sheet.template)


def layout_of(sheets: Sequence[Sheet]) -> str | None:
    return next((sheet.template for sheet in sheets if sheet.template), None)


def version_of(sheets: Sequence[Sheet], job: Job) -> TemplateVersion:
    """The version that read the first of *sheets* that was read with any."""
    versions = TemplateVersion.objects.select_related("template")
    for sheet in sheets:
        if sheet.template:
            return versions.get(template=sheet.template, number=sheet.version)
    return versions.get(template=job.template_id, number=job.template.version)


def new_record(job: Job, sheets: Sequence[Sheet], version: TemplateVersion) -> Record:
    found = next((sheet for sheet in sheets if sheet.template), sheets[0])
    return Record(
        workspace=job.workspace,
        document_id=job.document_id,
        job=job,
        version=version,
        first_page=sheets[0].number,
        last_page=sheets[-1].number,
        score=found.score,
        rung=found.rung,
    )


def new_fields(record: Record, sheets: Sequence[Sheet]) -> list[Field]:
    """A field for each region of the record's layout, and for each constant."""
    shared = shared_fields(record.workspace)
    columns = {field.name for field in shared}
    places = record.version.template.pages.count()
    fields = [
        read_field(record, region, sheets, places) for region in record.version.regions
    ]
    for field, region in zip(fields, record.version.regions, strict=True):
        name = region["field"] or region["name"]
        field.shared = name if name in columns else ""
    return [*fields, *constants_of(record, shared, fields)]


def read_field(
    record: Record, region: Mapping[str, Any], sheets: Sequence[Sheet], places: int
) -> Field:
    place = places if region["page"] == LAST else region["page"]
    field = Field(
        record=record,
        workspace_id=record.workspace_id,
        name=region["name"],
        kind=region["kind"],
        order=region["order"],
    )
    said = next(sayings(record, region["name"], place, sheets), None)
    if said is None:
        unread(field, region, sheets, place)
        return field
    number, values = said
    field.page = number
    for name in ("raw", "value", "currency", "confidence", "cause", "reason"):
        setattr(field, name, values[name])
    field.read_value = field.value
    field.polygon = values["polygon"]
    field.alternatives = values["alternatives"]
    field.crop, field.processed = values["crop"], values["processed"]
    return field


def sayings(
    record: Record, name: str, place: int, sheets: Sequence[Sheet]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """What the pages say for region *name* of page *place* of the record's layout."""
    layout = str(record.version.template_id)
    for sheet in sheets:
        if sheet.template == layout and sheet.place == place:
            for values in sheet.fields:
                if values["name"] == name:
                    yield sheet.number, values


def unread(
    field: Field, region: Mapping[str, Any], sheets: Sequence[Sheet], place: int
) -> None:
    """Nothing was read: it is said where it would be if the page lay as the layout."""
    sheet = sheets[min(place, len(sheets)) - 1]
    width, height = sheet.size
    box = region["box"]
    left, right = box["left"] * width, box["right"] * width
    top, bottom = box["top"] * height, box["bottom"] * height
    field.page = sheet.number
    field.polygon = [[left, top], [right, top], [right, bottom], [left, bottom]]
    field.confidence, field.cause = 0.0, UNREGISTERED
    # A page that was read has no say in why another one was not found.
    field.reason = "" if sheet.template else sheet.reason
    if not field.reason:
        reason = _("No page of the record looks like page %(number)d of its layout.")
        field.reason = reason % {"number": place}
