"""All receipts of a workspace as one table; one of them put right; own categories."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.forms.receipts import EMPTY_ROWS, ReceiptsForm, categories_in
from documents.models import Batch, Document, Receipt
from documents.services.receipts import (
    FORMATS,
    NAMES,
    InvalidCategories,
    InvalidValue,
    as_typed,
    categories_of,
    edit_receipt,
    receipts_table,
    set_categories,
    sums_of,
)
from documents.views.lookup import (
    changeable,
    current_workspace,
    insist_on_owning,
    owns,
)
from documents.views.records import as_file, site_of

ROWS = 50


@login_required
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    workspace = current_workspace(request)
    form = ReceiptsForm(request.GET, workspace=workspace)
    found = found_receipts(request, form.wishes)
    parts = Paginator(found.in_order().select_related("document"), ROWS)
    query = request.GET.copy()
    query.pop("part", None)
    context: dict[str, Any] = {
        "form": form,
        "part": parts.get_page(request.GET.get("part")),
        "sums": sums_of(found),
        "filtered": bool(form.wishes),
        "batch": batch_of(request, form.wishes),
        "query": query.urlencode(),
        "owns": owns(request.user, workspace.pk),
        "own": workspace.categories,
        "categories": categories_of(workspace),
        "empty_rows": range(EMPTY_ROWS),
    }
    return render(request, "receipts/list.html", context)


def found_receipts(request: HttpRequest, wishes: dict[str, Any]) -> QuerySet[Receipt]:
    """Those of the current workspace that match."""
    mine = Receipt.objects.visible_to(request.user)
    return mine.filter(workspace=current_workspace(request)).matching(wishes)


def batch_of(request: HttpRequest, wishes: dict[str, Any]) -> Batch | None:
    if "batch" not in wishes:
        return None
    return Batch.objects.visible_to(request.user).filter(pk=wishes["batch"]).first()


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """A table of what the query finds; it marks nothing."""
    as_ = request.GET.get("as", FORMATS[0])
    if as_ not in FORMATS:
        raise Http404
    form = ReceiptsForm(request.GET, workspace=current_workspace(request))
    found = found_receipts(request, form.wishes)
    return as_file(receipts_table(found, as_, site=site_of(request)))


@login_required
@require_POST
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was typed counts, and what was looked at; the rest stays as it is."""
    document = changeable(Document.objects, request.user, pk=pk)
    row = Receipt.objects.filter(document=document).first()
    if row is None:
        raise Http404
    given = {name: request.POST[name] for name in NAMES if name in request.POST}
    try:
        edit_receipt(row, changed(row, given), user=request.user)
    except InvalidValue as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The receipt is saved."))
    return redirect(reverse("document", args=[pk]) + "#receipt")


def changed(row: Receipt, given: dict[str, str]) -> dict[str, str]:
    """Those of *given* that say something else; and all in doubt, for who saves them
    has seen them."""
    return {
        name: value
        for name, value in given.items()
        if value.strip() != as_typed(row, name)
        or row.findings.get(name, {}).get("reason")
    }


@login_required
@require_POST
def categories(request: HttpRequest) -> HttpResponse:
    workspace = current_workspace(request)
    insist_on_owning(request.user, workspace.pk)
    try:
        set_categories(workspace, categories_in(request.POST))
    except InvalidCategories as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Saved. Receipts that are read from now on follow this list.")
        )
    return redirect("receipts")
