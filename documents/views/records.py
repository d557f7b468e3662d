"""All records of a workspace as one table: filtered, summed, taken home."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.forms.records import ExportForm, RecordsForm
from documents.models import Batch, Record, SavedExport
from documents.services.results import Exported
from documents.services.tables import (
    save_export,
    table,
    take,
    take_saved,
    totals_of,
)
from documents.views.lookup import (
    changeable,
    current_workspace,
    insist_on_changing,
    may_change,
)

ROWS = 50


@login_required
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    workspace = current_workspace(request)
    form = RecordsForm(request.GET, workspace=workspace)
    found = found_records(request, form.wishes)
    rows = list(after(found, request.GET.get("after", ""))[: ROWS + 1])
    context: dict[str, Any] = {
        "form": form,
        "export_form": ExportForm(workspace=workspace, auto_id="export_%s"),
        "saved": SavedExport.objects.filter(workspace=workspace),
        "rows": rows[:ROWS],
        "following": following(request.GET, rows),
        "totals": totals_of(found),
        "filtered": bool(form.wishes),
        "batch": batch_of(request, form.wishes),
        "query": without_place(request.GET),
        "may_change": may_change(request, workspace),
    }
    return render(request, "records/list.html", context)


def found_records(request: HttpRequest, wishes: dict[str, Any]) -> QuerySet[Record]:
    """Those of the current workspace that match, newest first."""
    mine = Record.objects.visible_to(request.user).filter(
        workspace=current_workspace(request)
    )
    whole = mine.matching(wishes).with_doubts()
    return whole.select_related("document", "version__template").order_by(
        "-created", "-pk"
    )


def after(found: QuerySet[Record], place: str) -> QuerySet[Record]:
    """Those that follow *place*: "<moment>_<id>" of the last row that was shown."""
    moment, _separator, pk = place.partition("_")
    try:
        return found.older_than(datetime.fromisoformat(moment), UUID(pk))
    except ValueError:
        return found


def following(query: QueryDict, rows: list[Record]) -> str:
    """The query of the next part of the list, empty at its end."""
    if len(rows) <= ROWS:
        return ""
    last, query = rows[ROWS - 1], query.copy()
    query["after"] = f"{last.created.isoformat()}_{last.pk}"
    return query.urlencode()


def without_place(query: QueryDict) -> str:
    query = query.copy()
    query.pop("after", None)
    return query.urlencode()


def batch_of(request: HttpRequest, wishes: dict[str, Any]) -> Batch | None:
    if "batch" not in wishes:
        return None
    return Batch.objects.visible_to(request.user).filter(pk=wishes["batch"]).first()


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """A table of what the query finds; viewers may take one, but mark nothing."""
    workspace = current_workspace(request)
    wishes = RecordsForm(request.GET, workspace=workspace).wishes
    form = ExportForm(request.POST, workspace=workspace)
    if not form.is_valid():
        messages.error(request, _("Choose a format and columns from the lists."))
        return back(request)
    given = form.cleaned_data
    if given["remember"] or given["name"]:
        insist_on_changing(request, workspace)
    if given["name"]:
        return saved_now(request, given, wishes)
    act = take if given["remember"] else table
    exported = act(
        found_records(request, wishes).order_by(),
        given["format"],
        workspace=workspace,
        columns=given["columns"],
        site=site_of(request),
    )
    return as_file(exported)


def saved_now(
    request: HttpRequest, given: dict[str, Any], wishes: dict[str, Any]
) -> HttpResponse:
    save_export(
        current_workspace(request),
        user=request.user,
        name=given["name"],
        columns=given["columns"],
        filters={name: str(value) for name, value in wishes.items()},
    )
    messages.success(request, _("Saved. Take it from the list of saved tables."))
    return back(request)


@login_required
@require_POST
def take_one(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What a saved table has not taken yet."""
    saved = changeable(SavedExport.objects, request.user, pk=pk)
    as_ = request.POST.get("format", "xlsx")
    if as_ not in dict(ExportForm.base_fields["format"].choices):
        as_ = "xlsx"
    exported, count = take_saved(saved, as_, user=request.user, site=site_of(request))
    if not count:
        messages.info(request, _("Nothing is new since it was taken last."))
        return back(request)
    return as_file(exported)


@login_required
@require_POST
def delete_saved(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    changeable(SavedExport.objects, request.user, pk=pk).delete()
    return back(request)


def back(request: HttpRequest) -> HttpResponseRedirect:
    return redirect(f"{reverse('records')}?{without_place(request.GET)}".rstrip("?"))


def site_of(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def as_file(exported: Exported) -> HttpResponse:
    disposition = content_disposition_header(True, exported.name)
    return HttpResponse(
        exported.content,
        content_type=exported.media_type,
        headers={"Content-Disposition": disposition},
    )
