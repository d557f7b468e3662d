"""One source: its settings, its visits, what it brought and what it could not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.forms.languages import own_name
from documents.models import Source, SourceItem
from documents.views.lookup import owns
from documents.views.sources.rows import Row, source_rows
from documents.views.sources.words import schedule_in_words, settings_of

RUNS = 20
FAILURES = 50  # that failed; the counts tell of all
LATEST = 10  # of the others


@login_required
@require_safe
def source(request: HttpRequest, pk: UUID) -> HttpResponse:
    context = visits(request.user, pk)
    source = context["source"]
    context |= {
        "settings": settings_of(source),
        "schedule": schedule_in_words(source),
        "engine": source.engine or settings.DEFAULT_ENGINE,
        "languages": [own_name(code) for code in source.languages],
    }
    return render(request, "sources/source.html", context)


@login_required
@require_safe
@never_cache
def source_status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What changes by itself, asked for every two seconds while it does."""
    return render(request, "sources/_visits.html", visits(request.user, pk))


def visits(user: AbstractBaseUser, pk: UUID) -> dict[str, Any]:
    row = row_of(user, pk)
    source = row.source
    return {
        "row": row,
        "source": source,
        "owns": owns(user, source.workspace_id),
        "runs": source.runs.all()[:RUNS],
        "failures": items(source, "failed")[:FAILURES],
        "left": items(source, "skipped")[:LATEST],
        "documents": items(source, "taken").select_related("document")[:LATEST],
    }


def row_of(user: AbstractBaseUser, pk: UUID) -> Row:
    """
    Raises:
        Http404: for strangers it is not there.
    """
    sources = Source.objects.visible_to(user).select_related("owner", "template")
    if rows := source_rows(sources.filter(pk=pk)):
        return rows[0]
    raise Http404


def items(source: Source, state: str) -> QuerySet[SourceItem]:
    return source.items.filter(state=state)
