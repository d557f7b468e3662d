"""What the editor asks while one draws: pages, guesses, and what regions say now."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import engines
from documents.forms.roi import GuessForm, PlaceForm, ScanForm, ValuesForm
from documents.models import Document, RoiTemplate, Workspace
from documents.services import errands
from documents.services.jobs import create_job
from documents.services.sentences import told
from documents.services.shared_fields import shared_fields
from documents.services.waiting import TooManyWait, one_more_waits
from documents.templatetags.shown import level
from documents.views.lookup import changeable, visible
from documents.views.roi.scans import lines_of_reference, lines_on, page_of, scan_page
from documents.views.roi.wire import BadWish, cleaned, sent, speaks_json

WAIT = 30.0  # seconds for a worker to answer; the page asks again later


@require_safe
@speaks_json
def page(request: HttpRequest) -> HttpResponse:
    wish = cleaned(ScanForm(request.GET))
    document = visible(Document.objects, request.user, pk=wish["document"])
    return JsonResponse(scan_page(document, wish["page"] or 1))


@require_POST
@speaks_json
def read(request: HttpRequest) -> HttpResponse:
    """Have a document read, so that its lines can be clicked."""
    wish = cleaned(ScanForm(sent(request)))
    document = changeable(Document.objects, request.user, pk=wish["document"])
    job = create_job(document, user=request.user)
    return JsonResponse({"job": str(job.pk)}, status=202)


@require_POST
@speaks_json
def guess(request: HttpRequest) -> HttpResponse:
    """What the region around a line is, or what a box that was drawn holds."""
    wish = cleaned(GuessForm(sent(request)))
    page, _workspace = read_page(request, wish)
    if wish["line"] is not None:
        if wish["line"] >= len(page.lines) or page.lines[wish["line"]].box is None:
            raise BadWish(_("There is no such line on this page."))
        found = engines.guess_region(page, wish["line"], wish["taken"], wish["at"])
        return JsonResponse({"region": as_json(found, page)})
    return JsonResponse({"region": guess_box(page, wish)})


@require_POST
@speaks_json
def suggest(request: HttpRequest) -> HttpResponse:
    """Regions for all lines that look like a shared field which has none yet."""
    wish = cleaned(PlaceForm(sent(request)))
    page, workspace = read_page(request, wish)
    known = {field.name for field in shared_fields(workspace)}
    names, found = wish["taken"], []
    for index, line in enumerate(page.lines):
        region = engines.guess_region(page, index, names) if line.box else None
        if region and region.name in known - set(names):
            names = [*names, region.name]
            found.append(as_json(region, page))
    return JsonResponse({"regions": found})


def read_page(
    request: HttpRequest, wish: dict[str, Any]
) -> tuple[engines.Page, Workspace]:
    """The lines of a scan, or of a layout's own page where the scan is gone."""
    if wish["document"]:
        document = visible(Document.objects, request.user, pk=wish["document"])
        page: Any = page_of(document, wish["page"] or 1)
        lines, workspace = lines_on(page), document.workspace
    else:
        drawn = visible(RoiTemplate.objects, request.user, pk=wish["template"])
        page = drawn.pages.filter(number=wish["place"] or 1).first()
        if page is None:
            raise Http404
        lines, workspace = lines_of_reference(drawn, page), drawn.workspace
    size = {"width": page.width, "height": page.height}
    return engines.page_from_json({**size, "lines": lines or [], "text": ""}), workspace


def guess_box(page: engines.Page, wish: dict[str, Any]) -> dict[str, Any]:
    """What a box that was drawn holds: as the first line in it, but no larger."""
    box = engines.Box(**wish["box"])
    within = [n for n, line in enumerate(page.lines) if crosses(box, line.box, page)]
    if within:
        found = engines.guess_region(page, within[0], wish["taken"], box.centre[0])
        return as_json(replace(found, box=box), page)
    return {"name": "", "kind": "text", "box": asdict(box), "anchor": None}


def crosses(box: engines.Box, printed: engines.Box | None, page: engines.Page) -> bool:
    """Whether what is *printed* (in pixels) runs through *box* (in fractions)."""
    if printed is None:
        return False
    is_beside = (
        printed.right < box.left * page.width or box.right * page.width < printed.left
    )
    middle = printed.centre[1] / page.height
    return box.top <= middle <= box.bottom and not is_beside


def as_json(region: engines.Region, page: engines.Page) -> dict[str, Any]:
    """Of a definition's shape, as far as it was guessed; tied to the label beside."""
    anchor = engines.guess_anchor(page, region.box)
    return {
        "name": region.name,
        "kind": region.kind,
        "box": asdict(region.box),
        "anchor": asdict(anchor) if anchor else None,
    }


@require_POST
@speaks_json
def values(request: HttpRequest) -> HttpResponse:
    """What regions say on a scan; a worker is asked, and the page waits in peace.

    That no worker has answered in time is no failure of this page: the sentence
    stands where the values would.
    """
    wish = cleaned(ValuesForm(sent(request)))
    document = visible(Document.objects, request.user, pk=wish["document"])
    page_of(document, wish["page"])
    question = {
        "document": str(document.pk),
        "page": wish["page"],
        "definition": wish["definition"],
    }
    if wish["template"]:
        drawn = visible(
            document.workspace.roi_templates, request.user, pk=wish["template"]
        )
        question |= {"template": str(drawn.pk)}
        question["definition"] = wish["definition"] or drawn.newest.definition
    return JsonResponse(answered(document.workspace, question))


def answered(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """``retry``: asked again later, it may well be answered."""
    try:
        with one_more_waits():
            answer = errands.ask(workspace, "values", question, wait=WAIT)
    except (errands.TooSlow, TooManyWait) as error:
        return {"fields": [], "error": told(str(error)), "retry": True}
    except errands.Refused as error:
        return {"fields": [], "error": told(str(error)), "retry": False}
    fields = [shown_field(field) for field in answer["fields"]]
    return {**answer, "fields": fields, "error": "", "retry": False}


def shown_field(field: dict[str, Any]) -> dict[str, Any]:
    """With the class of its colour: whatever would go to review is loud."""
    loud = bool(field["cause"])
    return {
        **field,
        "level": "lo" if loud else level(field["confidence"]),
        "reason": told(field["reason"]),
    }
