"""Files that workers make of results: how far one is, and the file itself."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from documents.models import Delivery, Job
from documents.services.deliveries import is_there, ordered
from documents.services.errands import Refused
from documents.views.lookup import visible

MOMENT = 1.0  # seconds: what is done by then comes without a page between


def order(
    job: Job, as_: str, number: int | None = None, **wishes: object
) -> HttpResponse:
    """To the file where it is there in a moment, else to the page that waits for it."""
    delivery = ordered(job, as_, number, wishes)
    try:
        is_done = is_there(delivery, MOMENT)
    except Refused:
        is_done = False  # the page that waits tells why
    return redirect("delivered" if is_done else "delivery", delivery.pk)


@login_required
@require_safe
def delivery(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asked for once a second until the file is there."""
    one = looked_up(request, pk)
    context = {"delivery": one, "job": one.job, "document": one.job.document}
    part = "_delivery" if request.htmx else "delivery"
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


def looked_up(request: HttpRequest, pk: UUID) -> Delivery:
    """Raises Http404: there is none, no more, or it is of somebody else's document."""
    deliveries = Delivery.objects.select_related("errand", "job__document")
    one = deliveries.filter(pk=pk).first()
    if one is None:
        raise Http404
    visible(Job.objects, request.user, pk=one.job_id)
    return one
