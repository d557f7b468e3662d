"""A page drawn anew from its text, to be looked at beside its scan."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.models import Delivery, Job, PageRead
from documents.models.jobs import OPEN
from documents.services.deliveries import is_there, ordered
from documents.services.errands import Refused
from documents.services.results import ResultNotReady
from documents.views.formats import NoSuchChoice, wishes_in
from documents.views.lookup import visible

MOMENT = 1.0  # seconds: what is drawn by then comes with the first answer
AGE = timedelta(days=1)  # a picture never changes: another text is another one


@login_required
@require_safe
@never_cache
def drawn(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """The picture, begun now unless it is there; asked for whenever it is looked at,
    for a text that was corrected is drawn anew."""
    read = read_of(request, pk, number)
    if read.reading and not read.reading.text.strip():
        return part(request, read, reason=_("No text was found on this page."))
    background = request.GET.get("background", "white")
    try:
        wishes = wishes_in({"background": background})
        delivery = ordered(read.job, "png", number, wishes)
    except NoSuchChoice as error:
        return part(request, read, reason=str(error))
    except ResultNotReady as error:
        is_awaited = read.job.state in OPEN
        return part(request, read, reason=str(error), is_awaited=is_awaited)
    return part(request, read, delivery=come(delivery))


@login_required
@require_safe
@never_cache
def drawn_state(request: HttpRequest, pk: UUID, number: int, key: UUID) -> HttpResponse:
    """Asked for once a second until the picture is there; begins none."""
    read = read_of(request, pk, number)
    return part(request, read, delivery=picture_of(read, key))


@login_required
@require_safe
def drawn_file(
    request: HttpRequest, pk: UUID, number: int, key: UUID
) -> HttpResponseBase:
    """The picture to be shown: our own worker drew it, so it may show inline."""
    delivery = picture_of(read_of(request, pk, number), key)
    if not delivery.file:
        raise Http404
    response = FileResponse(delivery.file.open("rb"), content_type="image/png")
    patch_cache_control(response, private=True, max_age=int(AGE.total_seconds()))
    return response


def read_of(request: HttpRequest, pk: UUID, number: int) -> PageRead:
    """Raises Http404: the job has no such page, or is somebody else's."""
    job = visible(Job.objects.select_related("document"), request.user, pk=pk)
    reads = job.page_reads.select_related("reading", "page", "job__document")
    return get_object_or_404(reads, number=number)


def picture_of(read: PageRead, key: UUID) -> Delivery:
    """Raises Http404: there is none of this page, or no more."""
    deliveries = Delivery.objects.filter(job=read.job_id, media_type="image/png")
    of_page = deliveries.filter(wish__page=read.number).select_related("errand")
    return get_object_or_404(of_page, pk=key)


def come(delivery: Delivery) -> Delivery:
    """*delivery* as it is after a moment."""
    try:
        is_there(delivery, MOMENT)
    except Refused:
        delivery.refresh_from_db()  # it tells why itself
    return delivery


def part(
    request: HttpRequest,
    read: PageRead,
    delivery: Delivery | None = None,
    *,
    reason: str = "",
    is_awaited: bool = False,
) -> HttpResponse:
    context = {
        "job": read.job,
        "page": read.page,
        "delivery": delivery,
        "reason": reason,
        "is_awaited": is_awaited,
    }
    return render(request, "documents/_redrawn.html", context)
