"""The layouts of a workspace: what they look like, how much they are used."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.forms.roi import ImportForm
from documents.models import Document, RoiTemplate, TemplatePage, TemplateVersion
from documents.services.definitions import from_coordinates
from documents.services.roi import (
    archive_template,
    create_template,
    duplicate_template,
    exported,
    import_template,
    numbered,
    restore_template,
    save_version,
)
from documents.services.sentences import told
from documents.views.lookup import (
    changeable,
    current_workspace,
    insist_on_changing,
    may_change,
    visible,
)
from documents.views.undo import isolated
from documents.views.uploads import first_error
from engines import TemplateError

NEWEST = Prefetch(
    "versions",
    TemplateVersion.objects.filter(number=F("template__version")),
    to_attr="newest_versions",
)
FIRST = Prefetch("pages", TemplatePage.objects.filter(number=1), to_attr="first_pages")


@login_required
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    workspace = current_workspace(request)
    rows = RoiTemplate.objects.visible_to(request.user).filter(workspace=workspace)
    context: dict[str, Any] = {
        "rows": rows.with_use().prefetch_related(NEWEST, FIRST),
        "may_change": may_change(request, workspace),
        "form": ImportForm(documents=documents_of(request)),
    }
    return render(request, "roi/list.html", context)


def documents_of(request: HttpRequest) -> QuerySet[Document]:
    mine = Document.objects.visible_to(request.user)
    return mine.filter(workspace=current_workspace(request)).newest_first()


@login_required
@require_POST
def rename(request: HttpRequest, pk: UUID) -> HttpResponse:
    template = changeable(RoiTemplate.objects, request.user, pk=pk)
    try:
        save_version(
            template,
            user=request.user,
            definition=template.newest.definition,
            name=request.POST.get("name", "").strip() or template.name,
        )
    except TemplateError as error:
        messages.error(request, told(str(error)))
    return redirect("templates")


@login_required
@require_POST
def duplicate(request: HttpRequest, pk: UUID) -> HttpResponse:
    template = changeable(RoiTemplate.objects, request.user, pk=pk)
    copy = duplicate_template(template, user=request.user)
    words = _("“%(copy)s” is a copy of its own: change it as you like.")
    messages.success(request, words % {"copy": isolated(copy.name)})
    return redirect("templates")


@login_required
@require_POST
def archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    template = changeable(RoiTemplate.objects, request.user, pk=pk)
    archive_template(template)
    words = _("“%(name)s” is deleted. Records read with it stay as they are.")
    messages.success(
        request,
        words % {"name": isolated(template.name)},
        extra_tags=f"template {template.pk}",
    )
    return redirect("templates")


@login_required
@require_POST
def restore(request: HttpRequest, pk: UUID) -> HttpResponse:
    archived = RoiTemplate.objects.archived_of(request.user)
    template = restore_template(get_object_or_404(archived, pk=pk))
    words = _("“%(name)s” is back.") % {"name": isolated(template.name)}
    messages.success(request, words)
    return redirect("templates")


@login_required
@require_safe
def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The whole template as a file, to be imported on this site or another."""
    template = visible(RoiTemplate.objects, request.user, pk=pk)
    name = content_disposition_header(True, f"{template.name}.json")
    return JsonResponse(
        exported(template),
        headers={"Content-Disposition": name},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


@login_required
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """A whole template's file, or clicks in pixels with the scan they were made on."""
    workspace = current_workspace(request)
    insist_on_changing(request, workspace)
    form = ImportForm(request.POST, request.FILES, documents=documents_of(request))
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("templates")
    try:
        made = taken(request, form.cleaned_data)
    except TemplateError as error:
        messages.error(request, told(str(error)))
        return redirect("templates")
    return redirect("template", made.pk)


def taken(request: HttpRequest, wish: dict[str, Any]) -> RoiTemplate:
    workspace, data = current_workspace(request), wish["file"]
    if "regions" in data:
        return import_template(workspace, user=request.user, data=data)
    document = wish["document"]
    if document is None:
        raise TemplateError(_("Choose the scan on which these clicks were made."))
    page = document.pages.first()
    return create_template(
        workspace,
        user=request.user,
        name=numbered(workspace, wish["name"]),
        definition=from_coordinates(data, page.width, page.height),
        document=document,
    )
