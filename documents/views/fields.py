"""One field: decided, taken back, read again in a moved box; its crops."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.models import Field
from documents.services import fields as act
from documents.services.errands import Refused, TooSlow
from documents.services.sentences import told
from documents.services.waiting import TooManyWait, one_more_waits
from documents.views.groups import grouped
from documents.views.lookup import changeable, visible

AGE = timedelta(minutes=5)  # a box that is moved has another crop at the same address
REFUSALS: tuple[type[Exception], ...] = (act.Claimed, act.NothingToUndo)
MOST_TYPED = 2000


@login_required
@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Do what the form says, and answer with what it changed in the record."""
    field = of_a_reviewer(request, pk)
    try:
        if request.POST.get("act") != "undo":
            act.insist_on_seen(field, request.POST.get("seen", ""))
        field = wanted_act(request)(field)
    except act.InvalidValue as error:
        return sentence(error, 422)
    except REFUSALS as error:
        return sentence(error, 409)
    return changed(request, field)


def wanted_act(request: HttpRequest) -> Callable[[Field], Field]:
    user, given = request.user, request.POST
    typed = given.get("value", "")[:MOST_TYPED]
    reason = given.get("reason", "")[:MOST_TYPED]
    acts: dict[str, Callable[[Field], Field]] = {
        "confirm": lambda field: act.confirm(field, user=user),
        "correct": lambda field: act.correct(field, typed, user=user, reason=reason),
        "reject": lambda field: act.reject(field, user=user, reason=reason),
        "undo": lambda field: act.undo(field, user=user),
    }
    try:
        return acts[given.get("act", "")]
    except KeyError:
        raise Http404 from None


@login_required
@require_POST
def reread(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Read the field in the box that was drawn; waits for a worker."""
    field = of_a_reviewer(request, pk)
    polygon = drawn(request.POST.get("polygon", ""), page_size(field))
    if polygon is None:
        return sentence(_("The box lies outside the page, or is too small."), 422)
    try:
        act.insist_on_seen(field, request.POST.get("seen", ""))
        with one_more_waits():
            field = act.reread(field, polygon, user=request.user)
    except REFUSALS as error:
        return sentence(error, 409)
    except (TooSlow, Refused, TooManyWait) as error:
        return sentence(told(str(error)), 503)
    return changed(request, field)


def page_size(field: Field) -> tuple[int, int]:
    page = field.record.document.pages.filter(number=field.page).first()
    return (page.width or 0, page.height or 0) if page else (0, 0)


def drawn(text: str, size: tuple[int, int]) -> Any:
    """The four corners that *text* names, None where they make no box on the page."""
    try:
        corners = [(float(x), float(y)) for x, y in json.loads(text)]
    except (ValueError, TypeError):
        return None
    across, down = zip(*corners, strict=True) if corners else ((0,), (0,))
    within = all(0 <= x <= size[0] for x in across) and all(
        0 <= y <= size[1] for y in down
    )
    large = max(across) - min(across) >= 2 and max(down) - min(down) >= 2
    return tuple(corners) if len(corners) == 4 and within and large else None


def of_a_reviewer(request: HttpRequest, pk: UUID) -> Field:
    related = Field.objects.select_related("record__version", "record__document")
    return changeable(related, request.user, pk=pk)


def changed(request: HttpRequest, field: Field) -> HttpResponse:
    """The record's fields again: all of them on its own page, elsewhere those that
    still wait and the one that was changed."""
    fields = Field.objects.filter(record=field.record_id)
    if request.POST.get("on") == "record":
        return fragment(request, fields.with_changes(), "record/_fields.html")
    return fragment(request, fields.to_review() | fields.filter(pk=field.pk))


def fragment(
    request: HttpRequest,
    fields: QuerySet[Field],
    template: str = "review/_group.html",
) -> HttpResponse:
    """*fields* of one record, as they are now."""
    groups = grouped(fields.order_by("order", "pk"))
    if not groups:
        raise Http404
    context = {"group": groups[0], "may_change": True, "fragment": True}
    return render(request, template, context)


def sentence(error: object, status: int) -> HttpResponse:
    """A refusal that the page shows beside the field."""
    return HttpResponse(str(error), status=status, content_type="text/plain")


@login_required
@require_safe
def crop(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    return kept_picture(request, pk, "crop")


@login_required
@require_safe
def processed(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    return kept_picture(request, pk, "processed")


def kept_picture(request: HttpRequest, pk: UUID, kind: str) -> HttpResponseBase:
    """The picture that was read, to members only; ``?download=1`` as a file."""
    field = visible(Field.objects, request.user, pk=pk)
    file = getattr(field, kind)
    try:
        content = file.open() if file else None
    except FileNotFoundError:
        content = None
    if content is None:
        raise Http404
    ending = PurePath(file.name).suffix
    response = FileResponse(
        content,
        as_attachment="download" in request.GET,
        filename=f"{field.name}-{kind}{ending}",
    )
    patch_cache_control(response, private=True, max_age=int(AGE.total_seconds()))
    return response
