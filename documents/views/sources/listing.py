"""The list of sources, live while one of them is being visited."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.models import Connection, Source
from documents.services.starting import network_notice
from documents.views.lookup import current_workspace, owns
from documents.views.sources.offers import offers
from documents.views.sources.rows import source_rows


@login_required
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    context = listed(request) | {
        "offers": list(offers(request.user)),
        "connections": Connection.objects.visible_to(request.user),
    }
    return render(request, "sources/list.html", context)


@login_required
@require_safe
@never_cache
def sources_status(request: HttpRequest) -> HttpResponse:
    """The list alone, asked for every two seconds while something goes on in it."""
    return render(request, "sources/_rows.html", listed(request))


def listed(request: HttpRequest) -> dict[str, Any]:
    workspace = current_workspace(request)
    mine = Source.objects.visible_to(request.user).filter(workspace=workspace)
    rows = source_rows(mine)
    return {
        "rows": rows,
        "is_live": any(row.is_live for row in rows),
        "owns": owns(request.user, workspace.pk),
        "notice": network_notice() if rows else "",
    }
