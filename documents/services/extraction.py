"""The page step of a job with a template: which layout, where, what its regions say.

A page is read with the newest version of its layout, as it is when the page's turn
comes. A layout that was put away after a job had asked for it by name is still used by
that job; ``auto`` chooses among those that are there.
"""

from __future__ import annotations

import logging
from typing import Any

from django.utils.translation import gettext as _

import engines
from documents.models import PageRead, RoiTemplate
from documents.services import crops, definitions
from documents.services.layouts import (
    NONE_FITS,
    Found,
    Words,
    alive_layouts,
    fitting,
    laid_over,
    regions_on,
    told,
)
from documents.services.references import candidates, sound_candidates
from engines import FieldReading, TemplateError

logger = logging.getLogger(__name__)


def extract(
    read: PageRead, image: engines.PageImage, known: engines.Page | None = None
) -> dict[str, Any]:
    """What goes to ``read.extraction``; *known* is the page's text, where it was read:

    {"template": id | null, "version": number, "page": of the reference,
     "matches": [as the errand "match"], "registration": {"rung","score","reason"},
     "fields": [{"name","raw","value","currency","confidence","cause","reason",
                 "polygon","alternatives","crop": path,"processed": path}]}

    Where no layout holds, "template" is null, "page" 0, and there are no fields.

    Raises:
        TemplateError: the layout cannot be used.
        EngineError: the fields of this page could not be read.
    """
    words = Words(image, known, read.job.languages)
    try:
        matches = matching(read, image, words)
        if not (matches and matches[0].registration.holds):
            return nothing_found(matches)
        return found_on(read, image, matches, words)
    except (engines.OcrError, MemoryError, OSError):
        raise
    except Exception as error:
        logger.exception("The fields of page %s could not be read", read.pk)
        raise engines.EngineError(broken(error)) from error


def matching(read: PageRead, image: engines.PageImage, words: Words) -> list[Found]:
    """The layouts that fit; of the one that was asked for, its best page anyway."""
    if read.job.any_template:
        layouts = sound_candidates(alive_layouts(read.job.workspace))
        return fitting(image, layouts, words) if layouts else []
    return [laid_over(image, pages_of(read.job.template), words)]


def pages_of(template: RoiTemplate) -> list[Any]:
    if pages := candidates([template]):
        return pages
    raise TemplateError(_("This layout has no page. Draw it anew."))


def nothing_found(matches: list[Found]) -> dict[str, Any]:
    registration = {"rung": "", "score": 0.0, "reason": NONE_FITS}
    if matches:
        registration = told(matches[0].registration)
    return {
        "template": None,
        "version": 0,
        "page": 0,
        "matches": [],
        "registration": registration,
        "fields": [],
    }


def found_on(
    read: PageRead, image: engines.PageImage, matches: list[Found], words: Words
) -> dict[str, Any]:
    found = matches[0]
    version = found.template.newest
    template = definitions.as_template(version.definition, read.job.workspace)
    fields = engines.read_fields(
        image.image,
        template,
        found.reference,
        found.registration,
        regions=regions_on(template, found.page.number, found.template.pages.count()),
        read_words=words,
    )
    return {
        "template": str(found.template.pk),
        "version": version.number,
        "page": found.page.number,
        "matches": [match.as_json() for match in matches],
        "registration": told(found.registration),
        "fields": with_crops(read, fields),
    }


def with_crops(read: PageRead, fields: list[FieldReading]) -> list[dict[str, Any]]:
    """*fields* as JSON, their crops kept; all of them, or none."""
    crops.remove_earlier(read)
    folder = crops.folder_of(read, read.attempt)
    kept: list[dict[str, Any]] = []
    try:
        for number, field in enumerate(fields):
            kept.append(as_json(field))
            kept[-1]["crop"] = crops.keep(f"{folder}/{number}.png", field.crop)
            kept[-1]["processed"] = crops.keep(
                f"{folder}/{number}-processed.png", field.processed
            )
    except BaseException:
        crops.remove(crops.names_in({"fields": kept}))
        raise
    return kept


def as_json(field: FieldReading) -> dict[str, Any]:
    return {
        "name": field.name,
        "raw": field.raw,
        "value": field.value,
        "currency": field.currency,
        "confidence": round(field.confidence, 4),
        "cause": field.cause,
        "reason": field.reason,
        "polygon": corners(field.polygon),
        "alternatives": list(field.alternatives),
    }


def corners(polygon: engines.Polygon | None) -> list[list[float]] | None:
    """To a tenth of a pixel, as lines are."""
    if polygon is None:
        return None
    return [[round(float(x), 1), round(float(y), 1)] for x, y in polygon]


def broken(error: Exception) -> str:
    return _("The fields could not be read (%(error)s). Look at the layout.") % {
        "error": f"{type(error).__name__}: {error}"[:200]
    }
