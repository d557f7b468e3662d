"""A field read again in a box that a person drew, by a worker while they wait."""

from __future__ import annotations

import math
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import engines
from documents.models import Field, FieldChange, Workspace
from documents.services import crops, definitions
from documents.services.answers import key
from documents.services.errands import Refused
from documents.services.extraction import corners
from documents.services.pages import loaded
from documents.services.settling import settle
from engines import FieldReading, Polygon


def reread(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    field = asked_field(workspace, question)
    version = field.record.version
    template = definitions.as_template(version.definition, workspace)
    region = next((one for one in template.regions if one.name == field.name), None)
    if region is None:
        raise Refused(_("This value stands on no page. Type another one."))
    page = field.record.document.pages.filter(number=field.page)
    if (page := page.select_related("document").first()) is None:
        raise Refused(_("The document was deleted, or has no such page."))
    with loaded(page) as image:
        box = on_page(question.get("polygon"), *image.image.size)
        found = engines.read_place(image.image, template, region, box)
    keep(field, found, box, question.get("user"))
    return {"field": str(field.pk)}


def asked_field(workspace: Workspace, question: dict[str, Any]) -> Field:
    fields = Field.objects.filter(
        workspace=workspace,
        record__replaced=None,
        record__document__trashed=None,
        pk=key(question.get("field")),
    )
    if field := fields.select_related("record__version", "record__document").first():
        return field
    raise Refused(_("The record of this value is gone: look for a newer one."))


def on_page(value: Any, width: int, height: int) -> Polygon:
    """The four corners of *value*, in pixels, kept within the page.

    Raises:
        Refused: it is no such thing, or nothing of it lies on the page.
    """
    try:
        points = [(float(x), float(y)) for x, y in value]
    except (TypeError, ValueError):
        points = []
    if len(points) != 4 or not all(math.isfinite(x) for p in points for x in p):
        raise Refused(_("A box has four corners, each of two numbers."))
    inside = [(min(max(x, 0), width), min(max(y, 0), height)) for x, y in points]
    xs, ys = zip(*inside, strict=True)
    if max(xs) - min(xs) < 2 or max(ys) - min(ys) < 2:
        raise Refused(_("The box is too small, or lies beside the page."))
    first, second, third, fourth = inside
    return first, second, third, fourth


def keep(field: Field, found: FieldReading, box: Polygon, user: int | None) -> None:
    """Make *found* what the field says, and leave a line in its history."""
    old = owned(field)
    new = Field(pk=field.pk, record_id=field.record_id)
    for part in crops.PARTS:
        if image := getattr(found, part):
            content = ContentFile(crops.png(image))
            getattr(new, part).save(f"{part}.png", content, save=False)
    try:
        kept = write(field, found, new, box, user)
    except BaseException:
        crops.remove(crops.names_of([new]))
        raise
    crops.remove(old if kept else crops.names_of([new]))


def owned(field: Field) -> list[str]:
    """Crops of an earlier box; those of the page's own answer stay with the page."""
    names = crops.names_of([field])
    return [name for name in names if PurePath(name).name.startswith(field.pk.hex)]


@transaction.atomic
def write(
    field: Field, found: FieldReading, new: Field, box: Polygon, user: int | None
) -> bool:
    # The record settles it; what waited for a person before does so without a break.
    waited = field.state == Field.State.NEEDS_REVIEW
    state = Field.State.NEEDS_REVIEW if waited else Field.State.AUTO
    written = Field.objects.filter(pk=field.pk).update(
        raw=found.raw,
        value=found.value,
        currency=found.currency,
        read_value=found.value,
        confidence=round(found.confidence, 4),
        cause=found.cause,
        reason=found.reason,
        alternatives=list(found.alternatives),
        polygon=corners(found.polygon or box),
        state=state,
        crop=new.crop.name or "",
        processed=new.processed.name or "",
        updated=timezone.now(),
    )
    if written:
        FieldChange.objects.create(
            field_id=field.pk,
            by_id=user,
            act=FieldChange.Act.READ,
            before=shown(field.value, field.currency),
            after=shown(found.value, found.currency),
        )
        settle(field.record)
    return bool(written)


def shown(value: str, currency: str) -> str:
    """As histories keep it: amounts with their currency."""
    return f"{value} {currency}".strip()
