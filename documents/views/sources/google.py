"""Google accounts: connected, disconnected, and looked through for a folder."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from documents.models import Connection
from documents.services import connections
from documents.sources import SourceError
from documents.views.lookup import visible
from documents.views.undo import isolated

BEGUN = "google_begun"  # in the session: what the way back is checked against


@login_required
@require_POST
def connect(request: HttpRequest) -> HttpResponse:
    if not connections.is_offered():
        raise Http404
    begun = connections.begin(way_back(request))
    request.session[BEGUN] = {
        "state": begun.state,
        "verifier": begun.verifier,
        "next": wanted_next(request),
    }
    return redirect(begun.url)


@login_required
@require_safe
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """Where Google sends the browser once its user has, or has not, consented."""
    begun = request.session.pop(BEGUN, None)
    if begun is None:
        words = _(
            "This was begun elsewhere, or too long ago. Connect the account again."
        )
        messages.error(request, words)
        return redirect("sources")
    try:
        connection = connections.finish(
            request.user,
            begun_state=begun["state"],
            verifier=begun["verifier"],
            redirect_uri=way_back(request),
            answer=request.GET.dict(),
        )
    except connections.CannotConnect as error:
        messages.error(request, str(error))
        return redirect(begun["next"])
    words = _("%(account)s is connected.")
    messages.success(request, words % {"account": isolated(connection.account)})
    return redirect(f"{begun['next']}?{urlencode({'connection': connection.pk})}")


@login_required
@require_POST
def disconnect(request: HttpRequest, pk: UUID) -> HttpResponse:
    connection = visible(Connection.objects, request.user, pk=pk)
    messages.success(request, connections.disconnect(connection))
    return redirect("sources")


def way_back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("google_back"))


def wanted_next(request: HttpRequest) -> str:
    """The page of these that asked; the list where none did."""
    path = urlsplit(request.POST.get("next", "")).path
    ours = reverse("sources")
    return path if path.startswith(ours) else ours


@dataclass(frozen=True)
class Step:
    """A folder on the way down to those that are shown."""

    id: str
    name: str
    query: str  # which leads to what is in it


@login_required
@require_safe
@never_cache
def folders(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Those within the last ``parent``; each ``parent`` and its ``name`` are a step."""
    connection = visible(Connection.objects, request.user, pk=pk)
    way = way_down(request.GET.getlist("parent"), request.GET.getlist("name"))
    context = {"connection": connection, "way": way, "here": way[-1] if way else None}
    try:
        found = connections.folders(connection, way[-1].id if way else "")
        steps = [(step.id, step.name) for step in way]
        context["found"] = [step_to(steps, place.id, place.name) for place in found]
    except SourceError as error:
        context["error"] = str(error)
    return render(request, "sources/_folders.html", context)


def way_down(ids: list[str], names: list[str]) -> list[Step]:
    named = [*names, *ids[len(names) :]]  # without a name, an id is one
    steps = list(zip(ids, named, strict=False))
    return [step_to(steps[:at], *step) for at, step in enumerate(steps) if step[0]]


def step_to(way: list[tuple[str, str]], key: str, name: str) -> Step:
    pairs = [
        pair
        for one in [*way, (key, name)]
        for pair in zip(("parent", "name"), one, strict=True)
    ]
    return Step(key, name, urlencode(pairs))
