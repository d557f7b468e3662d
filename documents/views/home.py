"""The first page: drop files, watch them being read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from documents.forms.reading import ReadingForm
from documents.models import Batch, Document, Workspace
from documents.views.listing import document_rows
from documents.views.lookup import current_workspace, may_change
from documents.views.uploads import take_upload

LATEST = 12
FRESH = timedelta(days=1)  # so long the last drop is shown as one


@login_required
def home(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return take_upload(request)
    workspace = current_workspace(request)
    context = latest_documents(request, workspace) | {
        "form": ReadingForm(workspace=workspace, user=request.user),
        "may_change": may_change(request, workspace),
        "limit": settings.MAX_UPLOAD_MB,
    }
    return render(request, "documents/home.html", context)


@login_required
@require_safe
@conditional_page
def latest(request: HttpRequest) -> HttpResponse:
    """The list alone, asked for once a second while something in it is being read."""
    context = latest_documents(request, current_workspace(request))
    return render(request, "documents/_latest.html", context)


def latest_documents(request: HttpRequest, workspace: Workspace) -> dict[str, Any]:
    documents = Document.objects.visible_to(request.user).filter(workspace=workspace)
    rows = document_rows(documents.newest_first()[:LATEST])
    batch = fresh_batch(request, workspace)
    return {
        "rows": rows,
        "batch": batch,
        "open": any(row.is_open for row in rows) or bool(batch and batch.waiting),
    }


def fresh_batch(request: HttpRequest, workspace: Workspace) -> Batch | None:
    """The last drop of several files, with what became of them."""
    mine = Batch.objects.visible_to(request.user).filter(
        workspace=workspace, created__gt=timezone.now() - FRESH
    )
    newest = mine.with_counts().filter(document_count__gt=1).first()
    return mine.with_outcomes().get(pk=newest.pk) if newest else None
