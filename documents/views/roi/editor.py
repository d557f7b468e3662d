"""The editor: a page's picture to draw on, and what is drawn, saved as versions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

import engines
from documents.forms.languages import own_name
from documents.forms.reading import engine_choices, language_choices
from documents.forms.roi import DrawnForm, ScanForm
from documents.models import Document, RoiTemplate, Workspace
from documents.services import definitions
from documents.services.descriptions import region_engines
from documents.services.roi import (
    create_template,
    numbered,
    outdated,
    read_unapproved_again,
    save_version,
)
from documents.services.shared_fields import shared_fields
from documents.views.listing import document_rows
from documents.views.lookup import (
    changeable,
    current_workspace,
    insist_on_changing,
    may_change,
    visible,
)
from documents.views.roi.scans import reference_page, scan_page
from documents.views.roi.wire import BadWish, cleaned, sent, speaks_json
from documents.views.roi.words import check_words, editor_words, kind_words

SCANS = 24  # to choose from
EMPTY: dict[str, Any] = {
    "languages": [],
    "date_order": "",
    "decimal": "",
    "rules": [],
    "constants": {},
    "regions": [],
}


@login_required
@require_http_methods(["GET", "HEAD"])
def new_template(request: HttpRequest) -> HttpResponse:
    """Draw on the page that is asked for; without one, choose a scan first."""
    form = ScanForm(request.GET)
    if not form.is_valid():
        return choose_scan(request)
    document = changeable(
        Document.objects, request.user, pk=form.cleaned_data["document"]
    )
    number = form.cleaned_data["page"] or 1
    config = {
        "isNew": True,
        "mayChange": True,
        "name": numbered(document.workspace, PurePath(document.name).stem[:90]),
        "definition": EMPTY,
        "pages": [{**scan_page(document, number), "place": 1, "template": None}],
        "pageCount": document.page_count,
        "urls": addresses(),
    }
    return show(request, config, document.workspace, document=document)


def choose_scan(request: HttpRequest) -> HttpResponse:
    workspace = current_workspace(request)
    insist_on_changing(request, workspace)
    documents = Document.objects.visible_to(request.user).filter(workspace=workspace)
    rows = document_rows(documents.newest_first()[:SCANS])
    return render(request, "roi/choose.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "HEAD"])
def template(request: HttpRequest, pk: UUID) -> HttpResponse:
    drawn = visible(RoiTemplate.objects, request.user, pk=pk)
    pages = [
        {**reference_page(drawn, page), "place": page.number, "template": str(pk)}
        for page in drawn.pages.all()
    ]
    config = {
        "isNew": False,
        "mayChange": may_change(request, drawn.workspace),
        "name": drawn.name,
        "version": drawn.version,
        "definition": drawn.newest.definition,
        "pages": pages,
        "pageCount": len(pages),
        "urls": addresses(drawn),
    }
    alive = pages[0]["document"] if pages else None
    document = drawn.document if alive else None
    return show(request, config, drawn.workspace, template=drawn, document=document)


def addresses(template: RoiTemplate | None = None) -> dict[str, str]:
    names = {"guess": "guess_region", "suggest": "suggest_regions"}
    names |= {"values": "region_values", "page": "scan_page", "read": "read_scan"}
    urls = {key: reverse(name) for key, name in names.items()}
    return urls | (own_addresses(template) if template else {"save": reverse("draw")})


def own_addresses(template: RoiTemplate) -> dict[str, str]:
    names = {"save": "redraw", "try": "template_try", "again": "read_template_again"}
    return {key: reverse(name, args=[template.pk]) for key, name in names.items()}


def show(
    request: HttpRequest, config: dict[str, Any], workspace: Workspace, **more: Any
) -> HttpResponse:
    context = {
        "config": config | {"words": editor_words()},
        "shared": shared_fields(workspace),
        "kinds": kind_words().items(),
        "engines": [one for one in engine_choices() if one[0] in region_engines()],
        "languages": language_choices() or [("eng", own_name("eng"))],
        "checks": [(name, check_words().get(name, name)) for name in engines.CHECKS],
        "lists": workspace.code_lists.all(),
        **more,
    }
    return render(request, "roi/editor.html", context)


# Saving


@require_POST
@speaks_json
def draw(request: HttpRequest) -> HttpResponse:
    """A new layout."""
    wish = cleaned(DrawnForm(sent(request)))
    document = changeable(Document.objects, request.user, pk=wish["document"])
    with blaming_a_region(wish["definition"], document.workspace):
        made = create_template(
            document.workspace,
            user=request.user,
            name=wish["name"],
            definition=wish["definition"],
            document=document,
            page=wish["page"] or 1,
            last_page=wish["last_page"],
        )
    return saved(made, 0, 201)


@require_POST
@speaks_json
def redraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new version of a layout, unless nothing has changed."""
    drawn = changeable(RoiTemplate.objects, request.user, pk=pk)
    wish = cleaned(DrawnForm(sent(request)))
    definition = wish["definition"]
    with blaming_a_region(definition, drawn.workspace):
        save_version(drawn, user=request.user, definition=definition, name=wish["name"])
    drawn.refresh_from_db()
    return saved(drawn, outdated(drawn).count(), 200)


@contextmanager
def blaming_a_region(
    definition: dict[str, Any], workspace: Workspace
) -> Iterator[None]:
    """A refusal names the place of the region that is wrong, where it is one."""
    try:
        yield
    except engines.TemplateError as error:
        raise BadWish(str(error), region=culprit(definition, workspace)) from error


def saved(template: RoiTemplate, unapproved: int, status: int) -> JsonResponse:
    answer = {
        "id": str(template.pk),
        "version": template.version,
        "url": reverse("template", args=[template.pk]),
        "urls": own_addresses(template),
        "unapproved": unapproved,
    }
    return JsonResponse(answer, status=status)


def culprit(definition: dict[str, Any], workspace: Workspace) -> int | None:
    """The place of the first region that cannot be by itself; None: it is none."""
    regions = definition.get("regions")
    for place, region in enumerate(regions if isinstance(regions, list) else []):
        try:
            definitions.validated({"regions": [region]}, workspace)
        except engines.TemplateError:
            return place
    return None


@login_required
@require_POST
def read_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    drawn = changeable(RoiTemplate.objects, request.user, pk=pk)
    count = read_unapproved_again(drawn, user=request.user)
    words = ngettext(
        "%(n)d record is read again; approved ones stay as they are.",
        "%(n)d records are read again; approved ones stay as they are.",
        count,
    )
    messages.success(request, words % {"n": count})
    return redirect("template", pk)
