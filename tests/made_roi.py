"""Layouts, records and fields as they are after reading, made without reading them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from documents.models import (
    Document,
    Field,
    Job,
    PageRead,
    Record,
    RoiTemplate,
    TemplatePage,
    TemplateVersion,
    Workspace,
)
from tests.made import HEIGHT, WIDTH, drawn, encoded, made_document, made_job

KINDS = {
    "supplier": "text",
    "number": "code",
    "date": "date",
    "due": "date",
    "net": "amount",
    "tax": "amount",
    "total": "amount",
    "currency": "text",
}
REASONS = {
    "unregistered": "The page could not be laid over its layout.",
    "missing": "Nothing is printed here.",
    "unreadable": "There is print here that could not be read.",
    "invalid": "This is no value of its kind.",
    "ambiguous": "This can be read in two ways.",
    "disagree": "Two readers say different things.",
    "doubtful": "The reader was not sure.",
    "rule": "total = net + tax does not hold.",
    "twin": "Another record has the same supplier and number.",
    "sampled": "Nothing is wrong: a few of all are looked at.",
}
# value, confidence, cause ("": nothing is in doubt)
Read = tuple[str, float, str]
FIELDS: Mapping[str, Read] = {
    "supplier": ("Corner Shop", 0.99, ""),
    "number": ("A-17", 0.99, ""),
    "date": ("2021-12-27", 0.99, ""),
    "total": ("12.00", 0.62, "doubtful"),
}


def made_region(name: str, number: int = 0, **more: Any) -> dict[str, Any]:
    """A region as a validated definition has it, *number* lines below the first."""
    top = round(0.05 + 0.08 * (number % 11), 4)
    return {
        "name": name,
        "kind": KINDS.get(name, "text"),
        "box": {"left": 0.1, "top": top, "right": 0.6, "bottom": round(top + 0.06, 4)},
        "page": 1,
        "anchor": None,
        "engine": "",
        "languages": [],
        "required": False,
        "pattern": "",
        "check": "",
        "list": None,
        "field": "",
        "order": number,
        **more,
    }


def made_definition(
    names: Iterable[str | dict[str, Any]] = ("number", "date", "total"), **more: Any
) -> dict[str, Any]:
    """A whole validated definition; *names* are of regions, or regions themselves."""
    regions = [
        made_region(name, number) if isinstance(name, str) else name
        for number, name in enumerate(names)
    ]
    return {
        "languages": ["eng"],
        "date_order": "",
        "decimal": "",
        "rules": [],
        "constants": {},
        "regions": regions,
        **more,
    }


def made_template(
    user: User,
    document: Document | None = None,
    *,
    name: str = "Corner Shop",
    regions: Iterable[str | dict[str, Any]] = ("number", "date", "total"),
    rules: Iterable[str] = (),
    pages: int = 1,
    prepared: bool = True,
    workspace: Workspace | None = None,
    **more: Any,
) -> RoiTemplate:
    """A layout of version 1, with pictures of its own; prepared ones have features,
    which stand for what a worker makes and are none that registration could use."""
    workspace = workspace or (document.workspace if document else None)
    template = RoiTemplate.objects.create(
        workspace=workspace or user.personal_workspace,
        name=name,
        document=document,
        created_by=user,
    )
    definition = made_definition(regions, rules=list(rules), **more)
    made_version(template, definition)
    for number in range(1, pages + 1):
        made_template_page(template, number, prepared=prepared)
    return template


def made_version(
    template: RoiTemplate, definition: dict[str, Any], number: int = 1
) -> TemplateVersion:
    """Version *number*, which is the newest from now on."""
    version = TemplateVersion.objects.create(
        template=template,
        number=number,
        definition=definition,
        created_by=template.created_by,
    )
    template.version = number
    template.save(update_fields=["version"])
    return version


def made_template_page(
    template: RoiTemplate, number: int, *, prepared: bool
) -> TemplatePage:
    page = TemplatePage(template=template, number=number, width=WIDTH, height=HEIGHT)
    if prepared:
        picture = drawn((("Corner Shop", 0.99),))
        page.picture.save("p.jpg", ContentFile(encoded(picture, "JPEG")), save=False)
        page.features.save("p.bin", ContentFile(b"prepared"), save=False)
    page.save()
    return page


def made_record(
    owner: User | RoiTemplate,
    fields: Mapping[str, Read] = FIELDS,
    *,
    document: Document | None = None,
    job: Job | None = None,
    state: Record.State = Record.State.TO_REVIEW,
    pages: tuple[int, int] = (1, 1),
    **more: Any,
) -> Record:
    """A record with *fields*, of a layout's newest version (or of a layout made for
    *owner*); its document and its job are made too, where none is given."""
    template = owner if isinstance(owner, RoiTemplate) else layout_for(owner, fields)
    user = template.created_by
    if job is None:
        document = document or made_document(
            user, workspace=template.workspace, pages=pages[1]
        )
        job = made_template_job(document, template)
    if state != Record.State.TO_REVIEW:
        more = {"approved": timezone.now(), "approved_by": user, **more}
    if state == Record.State.EXPORTED:
        more = {"exported": timezone.now(), **more}
    columns = {**shared_columns(fields), **more}
    record = Record.objects.create(
        workspace=template.workspace,
        document=job.document,
        job=job,
        version=template.newest,
        first_page=pages[0],
        last_page=pages[1],
        score=0.9,
        rung="features",
        state=state,
        **columns,
    )
    for order, (name, read) in enumerate(fields.items()):
        made_field(record, name, *read, order=order)
    return record


def layout_for(user: User, fields: Mapping[str, Read]) -> RoiTemplate:
    """One layout for all records of the same fields."""
    known = RoiTemplate.objects.filter(
        workspace=user.personal_workspace, name="Corner Shop", archived=None
    ).first()
    return known or made_template(user, regions=tuple(fields))


def made_template_job(document: Document, template: RoiTemplate) -> Job:
    """A job that has read *document* with *template*, and no text."""
    job = made_job(document)
    job.template, job.text = template, False
    job.save(update_fields=["template", "text"])
    extraction = {
        "template": str(template.pk),
        "version": template.version,
        "page": 1,
        "matches": [],
        "registration": {"rung": "features", "score": 0.9, "reason": ""},
        "fields": [],
    }
    PageRead.objects.filter(job=job).update(reading=None, extraction=extraction)
    return job


def shared_columns(fields: Mapping[str, Read]) -> dict[str, Any]:
    """What a record repeats of its fields."""
    columns: dict[str, Any] = {
        name: fields[name][0]
        for name in ("supplier", "number", "date", "currency")
        if name in fields
    }
    if total := fields.get("total", ("",))[0]:
        columns["total"] = Decimal(total)
    return columns


def made_field(
    record: Record,
    name: str,
    value: str = "",
    confidence: float = 0.99,
    cause: str = "",
    *,
    kind: str = "",
    crop: bool = True,
    **more: Any,
) -> Field:
    """A field as it was read: in doubt where there is a *cause*."""
    state = Field.State.NEEDS_REVIEW if cause else Field.State.AUTO
    kind = kind or KINDS.get(name, "text")
    field = Field(
        record=record,
        workspace=record.workspace,
        name=name,
        kind=kind,
        **{
            "shared": name if name in KINDS else "",
            "page": record.first_page,
            "raw": value,
            "value": value,
            "read_value": value,
            "confidence": confidence,
            "state": state,
            "cause": cause,
            "reason": REASONS.get(cause, ""),
            "polygon": [[20, 20], [220, 20], [220, 50], [20, 50]],
            **more,
        },
    )
    if crop:
        field.crop.save("crop.png", crop_of(value), save=False)
        field.processed.save("processed.png", crop_of(value), save=False)
    field.save()
    return field


def crop_of(text: str) -> ContentFile:
    """A small PNG that shows *text*."""
    picture = Image.new("RGB", (200, 30), "white")
    ImageDraw.Draw(picture).text((4, 4), text, fill="black", font_size=20)
    out = BytesIO()
    picture.save(out, "PNG")
    return ContentFile(out.getvalue())
