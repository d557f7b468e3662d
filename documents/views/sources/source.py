"""One source: its settings, its visits, what it brought and what it could not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.forms.languages import own_name
from documents.models import Source, SourceItem
from documents.views.lookup import visible
from documents.views.sources.lookup import owns
from documents.views.sources.rows import source_rows
from documents.views.sources.words import schedule_in_words, settings_of, where

RUNS = 20
FAILURES = 50  # that failed; the counts tell of all
LATEST = 10  # of the others


@login_required
@require_safe
def source(request: HttpRequest, pk: UUID) -> HttpResponse:
    context = shown(request.user, pk)
    return render(request, "sources/source.html", context)


@login_required
@require_safe
@never_cache
def source_status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What changes by itself, asked for every two seconds while it does."""
    return render(request, "sources/_visits.html", shown(request.user, pk))


def shown(user: AbstractBaseUser, pk: UUID) -> dict[str, Any]:
    sources = Source.objects.select_related("owner", "template")
    source = visible(sources, user, pk=pk)
    (row,) = source_rows(sources.filter(pk=pk))
    return {
        "row": row,
        "source": source,
        "owns": owns(user, source.workspace_id),
        "where": where(source),
        "settings": list(settings_of(source)),
        "schedule": schedule_in_words(source),
        "engine": source.engine or settings.DEFAULT_ENGINE,
        "languages": [own_name(code) for code in source.languages],
        "runs": source.runs.all()[:RUNS],
        "failures": items(source, "failed")[:FAILURES],
        "left": items(source, "skipped")[:LATEST],
        "documents": items(source, "taken").select_related("document")[:LATEST],
    }


def items(source: Source, state: str) -> QuerySet[SourceItem]:
    return source.items.filter(state=state)
