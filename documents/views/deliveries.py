"""Files that workers make of results: how far one is, and the file itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.models import Delivery, Job
from documents.services.deliveries import forget, is_there, ordered
from documents.services.errands import Refused
from documents.views.lookup import current_workspace, visible

MOMENT = 1.0  # seconds: what is done by then comes without a page between
FEW = 200  # pages, or documents; more are not done by then
SHOWN = timedelta(days=1)
MOST_SHOWN = 3


def order(
    job: Job, as_: str, number: int | None = None, **wishes: object
) -> HttpResponse:
    return wait_for(ordered(job, as_, number, wishes))


def wait_for(delivery: Delivery) -> HttpResponse:
    """To the file where it is there in a moment, else to the page that waits for it."""
    moment = MOMENT if delivery.total <= FEW else 0
    try:
        is_done = is_there(delivery, moment)
    except Refused:
        is_done = False  # the page that waits tells why
    return redirect("delivered" if is_done else "delivery", delivery.pk)


@login_required
@require_safe
def delivery(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asked for once a second until the file is there."""
    one = looked_up(request, pk)
    part = "_delivery" if request.htmx else "delivery"
    context = {"delivery": one, "job": one.job}
    return render(request, f"documents/{part}.html", context)


@login_required
@require_safe
def delivered(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    one = looked_up(request, pk)
    if not one.file:
        return redirect("delivery", one.pk)
    return FileResponse(
        one.file.open("rb"),
        as_attachment=True,
        filename=one.name,
        content_type=one.media_type,
    )


@login_required
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make it no further, or have it here no longer."""
    archive = visible(Delivery.objects.filter(job=None), request.user, pk=pk)
    forget(archive)
    words = _("%(name)s is not here any more.") % {"name": archive.name}
    messages.info(request, words)
    return redirect("history")


def looked_up(request: HttpRequest, pk: UUID) -> Delivery:
    """Raises Http404: there is none, no more, or it is of somebody else's document."""
    deliveries = Delivery.objects.select_related("job__document")
    return visible(deliveries, request.user, pk=pk)


@login_required
@require_safe
def archives(request: HttpRequest) -> HttpResponse:
    """Asked for every few seconds while one is being made."""
    return render(request, "documents/_archives.html", archives_of(request))


def archives_of(request: HttpRequest) -> dict[str, Any]:
    """What the user asked for lately in this workspace, the newest first, and whether
    any of it is still being made."""
    archives = Delivery.objects.archives_of(request.user).filter(
        workspace=current_workspace(request), created__gt=timezone.now() - SHOWN
    )
    shown = list(archives[:MOST_SHOWN])
    return {"archives": shown, "is_open": any(one.is_open for one in shown)}
