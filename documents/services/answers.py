"""What workers answer while someone waits: live values, and which layout fits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

import engines
from documents.models import Page, PageRead, RoiTemplate, Workspace
from documents.models.jobs import State
from documents.services import definitions
from documents.services.descriptions import reads_of_text
from documents.services.errands import Refused
from documents.services.extraction import as_json
from documents.services.layouts import (
    Words,
    alive_layouts,
    fitting,
    is_placed,
    laid_over,
    regions_on,
    told,
)
from documents.services.pages import loaded
from documents.services.references import candidates, sound_candidates
from engines import Reference, Registration

IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
DRAWN_ON = Registration("features", 1.0, IDENTITY)  # a page lies on itself as it is


def match(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    page = asked_page(workspace, question)
    with loaded(page) as image:
        layouts = sound_candidates(alive_layouts(workspace))
        words = Words(image, known_words(page), ("eng",))
        found = fitting(image, layouts, words) if layouts else []
    return {"matches": [one.as_json() for one in found]}


def values(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """The values of a definition's regions; nothing is kept."""
    definition = definitions.validated(question.get("definition"), workspace)
    template = definitions.as_template(definition, workspace)
    page = asked_page(workspace, question)
    drawn = asked_layout(workspace, question)
    with loaded(page) as image:
        words = Words(image, known_words(page), template.languages)
        if drawn is None:
            reference, lies = own_reference(page.pk, image), DRAWN_ON
            place = places = 1
        else:
            found = laid_over(image, candidates([drawn]), words)
            reference, lies = found.reference, found.registration
            place, places = found.page.number, drawn.pages.count()
        fields = engines.read_fields(
            image.image,
            template,
            reference,
            lies,
            regions=regions_on(template, place, places),
            read_words=words,
        )
    return {"fields": list(map(as_json, fields)), "registration": told(lies)}


def asked_page(workspace: Workspace, question: dict[str, Any]) -> Page:
    """
    Raises:
        Refused: the workspace has no such page, or has it no more.
    """
    pages = Page.objects.filter(
        document__workspace=workspace,
        document__trashed=None,
        document=key(question.get("document")),
        number=whole(question, "page"),
    )
    if page := pages.select_related("document").first():
        return page
    raise Refused(_("The document was deleted, or has no such page."))


def asked_layout(workspace: Workspace, question: dict[str, Any]) -> RoiTemplate | None:
    if not (wanted := question.get("template")):
        return None
    drawn = workspace.roi_templates.alive().filter(pk=key(wanted)).first()
    if drawn is None or not drawn.pages.exists():
        raise Refused(_("The layout was deleted."))
    return drawn


def key(value: Any) -> UUID | None:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        return None


def whole(question: dict[str, Any], name: str) -> int:
    value = question.get(name, 1)
    return value if isinstance(value, int) and 0 < value < 2**31 else 0


def known_words(page: Page) -> engines.Page | None:
    """What was read on *page* before, with the places of its words."""
    read = PageRead.objects.filter(page=page, state=State.SUCCEEDED)
    newest = reads_of_text(read).select_related("reading").order_by("-pk")
    if (last := newest.first()) is None:
        return None
    known = engines.page_from_json(last.reading.result)
    return known if is_placed(known) else None


_own: dict[int, Reference] = {}


def own_reference(page: int, image: engines.PageImage) -> Reference:
    """*image* as a reference of itself; made once while someone draws on it."""
    if page not in _own:
        # Whoever draws on one page asks again and again; few draw at the same time.
        while len(_own) >= 8:
            del _own[next(iter(_own))]
        width, height = image.image.size
        _own[page] = engines.make_reference(image.image, engines.Page(width, height))
    return _own[page]
