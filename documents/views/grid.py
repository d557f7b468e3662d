"""Values of one kind side by side: odd ones marked, the others confirmed at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from documents.models import Field
from documents.services import fields as act
from documents.services.claims import claim, free_for
from documents.views.lookup import (
    current_workspace,
    insist_on_changing,
    may_change,
)
from documents.views.review import waiting_fields

TILES = 60
PICTURED = ("workspace", "record__version")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def grid(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return confirm_shown(request)
    everything = pictured(request)
    counts = everything.counts_of("kind")
    kind = request.GET.get("kind", "")
    if kind not in counts:
        kind = next(iter(counts), "")
    context: dict[str, Any] = {
        "kinds": counts.items(),
        "kind": kind,
        "tiles": tiles(request, everything.filter(kind=kind)),
        "may_change": may_change(request, current_workspace(request)),
    }
    return render(request, "review/grid.html", context)


def pictured(request: HttpRequest) -> QuerySet[Field]:
    """Without a picture and a value there is nothing to compare at a glance."""
    return waiting_fields(request).exclude(crop="").exclude(value="")


def tiles(request: HttpRequest, fields: QuerySet[Field]) -> list[Field]:
    """The same print together, so that an odd one stands out."""
    free = fields.filter(free_for(request.user)).order_by("value", "pk")
    keys = list(free.values_list("pk", flat=True)[:TILES])
    shown = Field.objects.filter(pk__in=keys).order_by("value", "pk")
    if may_change(request, current_workspace(request)):
        claim(shown, user=request.user)
        shown = shown.filter(claimed_by=request.user)
    return list(shown.select_related("record__document"))


def confirm_shown(request: HttpRequest) -> HttpResponse:
    """Confirm what was shown and not marked: ``shown`` is "<id> <mark>" of each."""
    insist_on_changing(request, current_workspace(request))
    odd = set(request.POST.getlist("odd"))
    confirmed = overtaken = 0
    for pk, seen in parted(request.POST.getlist("shown")[:TILES]):
        if str(pk) not in odd:
            done = confirm_one(request, pk, seen)
            confirmed, overtaken = confirmed + done, overtaken + (not done)
    tell(request, confirmed, overtaken)
    kind = request.POST.get("kind", "")
    return redirect(reverse("review_grid", query={"kind": kind}))


def parted(texts: list[str]) -> list[tuple[UUID, str]]:
    found = []
    for text in texts:
        pk, _blank, seen = text.partition(" ")
        try:
            found.append((UUID(pk), seen))
        except ValueError:
            continue
    return found


def confirm_one(request: HttpRequest, pk: UUID, seen: str) -> bool:
    fields = Field.objects.changeable_by(request.user).select_related(*PICTURED)
    field = fields.to_review().filter(pk=pk).first()
    if field is None:
        return False
    try:
        act.insist_on_seen(field, seen)
        act.confirm(field, user=request.user)
    except act.Claimed:
        return False
    return True


def tell(request: HttpRequest, confirmed: int, overtaken: int) -> None:
    words = ngettext(
        "%(count)d value was confirmed.", "%(count)d values were confirmed.", confirmed
    )
    messages.success(request, words % {"count": confirmed})
    if overtaken:
        words = ngettext(
            "%(count)d was left alone: someone else has changed it, or is at it.",
            "%(count)d were left alone: someone else has changed them, or is at them.",
            overtaken,
        )
        messages.warning(request, words % {"count": overtaken})
