"""A layout tried out on scans it has not read: what it would say there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from documents.models import Document, RoiTemplate
from documents.services.jobs import create_job
from documents.views.bulk import ticked
from documents.views.lookup import changeable, may_change, visible
from documents.views.roi.words import editor_words, kind_words

SCANS = 20


@login_required
@require_safe
def try_template(request: HttpRequest, pk: UUID) -> HttpResponse:
    template = visible(RoiTemplate.objects, request.user, pk=pk)
    scans = list(scans_without_layout(request, template))
    config: dict[str, Any] = {
        "template": str(pk),
        "scans": [as_scan(scan) for scan in scans],
        "urls": {"values": reverse("region_values")},
        "words": {**editor_words(), **try_words()},
        "kinds": {
            region["name"]: kind_words()[region["kind"]]
            for region in template.newest.regions
        },
    }
    context = {
        "template": template,
        "scans": scans,
        "config": config,
        "may_change": may_change(request, template.workspace),
    }
    return render(request, "roi/try.html", context)


def scans_without_layout(request: HttpRequest, template: RoiTemplate) -> list[Document]:
    """Those for which none was found come first, then the newest without records."""
    mine = Document.objects.visible_to(request.user)
    here = mine.filter(workspace=template.workspace).exclude(pk=template.document_id)
    return list(here.wanting_layout()[:SCANS].prefetch_related("pages"))


def as_scan(document: Document) -> dict[str, Any]:
    page = document.pages.all()[0]
    picture = reverse("page_image", args=[document.pk, page.number])
    return {
        "document": str(document.pk),
        "name": document.name,
        "page": page.number,
        "width": page.width,
        "height": page.height,
        "picture": picture if page.preview else "",
    }


def try_words() -> dict[str, str]:
    return {
        "fits": _("It fits: %(score)s of 100"),
        "fitsNot": _("It does not fit: %(reason)s"),
        "scanOf": _("%(n)s of %(count)s"),
        "trying": _("trying …"),
    }


@login_required
@require_POST
def read_these(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read the scans that are ticked with this layout."""
    template = changeable(RoiTemplate.objects, request.user, pk=pk)
    mine = Document.objects.changeable_by(request.user)
    chosen = mine.filter(workspace=template.workspace, pk__in=ticked(request))
    for document in chosen:
        create_job(document, user=request.user, template=template, text=False)
    count = len(chosen)
    if not count:
        messages.info(request, _("Tick at least one document first."))
        return redirect("template_try", pk)
    words = ngettext(
        "%(n)d scan is read with this layout.",
        "%(n)d scans are read with this layout.",
        count,
    )
    messages.success(request, words % {"n": count})
    return redirect("history")
