"""Everything that was read: search and filter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.forms.history import HistoryForm
from documents.forms.reading import ReadingForm
from documents.models import Batch, Document
from documents.views.deliveries import archives_of
from documents.views.formats import format_groups
from documents.views.hits import snippets
from documents.views.listing import Row, document_rows
from documents.views.lookup import current_workspace, may_change

ROWS = 50
MOST_COUNTED = 10_000  # beyond it the number says no more than "very many"


@login_required
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    form = HistoryForm(request.GET)
    found = found_documents(request, form.wishes)
    rows = document_rows(after(found, request.GET.get("after", ""))[: ROWS + 1])
    total, more = counted(request, found, rows)
    context: dict[str, Any] = {
        "form": form,
        "reading_form": ReadingForm(
            workspace=current_workspace(request), auto_id="bulk_%s"
        ),
        "rows": with_snippets(rows[:ROWS], form.wishes.get("q", "")),
        "following": following(request, rows),
        "total": total,
        "more": more,
        "filtered": bool(form.wishes),
        "batch": batch_of(request, form.wishes),
        "query": query_of(request),
        "without_tag": query_of(request, "tag"),
        "may_change": may_change(request, current_workspace(request)),
        "formats": format_groups(),
        **archives_of(request),
    }
    return render(request, "documents/history.html", context)


def found_documents(request: HttpRequest, wishes: dict[str, Any]) -> QuerySet:
    """Those of the current workspace that match, newest first."""
    documents = Document.objects.visible_to(request.user).filter(
        workspace=current_workspace(request)
    )
    return documents.matching(wishes).newest_first()


def after(documents: QuerySet, place: str) -> QuerySet:
    """Those that follow *place*: "<moment>_<id>" of the last row that was shown."""
    moment, _separator, pk = place.partition("_")
    try:
        created, last = datetime.fromisoformat(moment), UUID(pk)
    except ValueError:
        return documents
    return documents.older_than(created, last)


def counted(request: HttpRequest, found: QuerySet, rows: list[Row]) -> tuple[int, bool]:
    """How many were found, and whether there are even more."""
    if len(rows) <= ROWS and "after" not in request.GET:
        return len(rows), False
    total = found.order_by()[: MOST_COUNTED + 1].count()
    return min(total, MOST_COUNTED), total > MOST_COUNTED


def with_snippets(rows: list[Row], words: str) -> list[Row]:
    """*rows* with the place where *words* were found, if it was not in the name."""
    found = snippets([row.document.pk for row in rows], words) if words else {}
    return [replace(row, snippet=found.get(row.document.pk)) for row in rows]


def following(request: HttpRequest, rows: list[Row]) -> str:
    """The query of the next part of the list, empty at its end."""
    if len(rows) <= ROWS:
        return ""
    last = rows[ROWS - 1].document
    query = request.GET.copy()
    query["after"] = f"{last.created.isoformat()}_{last.pk}"
    return query.urlencode()


def query_of(request: HttpRequest, *without: str) -> str:
    """What was looked for, *without* some of it, and without the place in the list."""
    query = request.GET.copy()
    for name in ("after", *without):
        query.pop(name, None)
    return query.urlencode()


def batch_of(request: HttpRequest, wishes: dict[str, Any]) -> Batch | None:
    if "batch" not in wishes:
        return None
    return Batch.objects.visible_to(request.user).filter(pk=wishes["batch"]).first()
