"""The form of a source: for a new one, for changes, and to test a place first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from documents.forms.sources import SourceForm
from documents.models import Source, Workspace
from documents.services import sources
from documents.services.sealing import CannotSeal
from documents.services.waiting import TooManyWait
from documents.sources import KINDS, Kind, SourceError
from documents.views.lookup import current_workspace, insist_on_owning, owned
from documents.views.sources.offers import offer, offers
from documents.views.undo import isolated

Made = TypeVar("Made")


@login_required
@require_safe
def choose_kind(request: HttpRequest) -> HttpResponse:
    insist_on_owning(request.user, current_workspace(request).pk)
    context = {"offers": offers(request.user)}
    return render(request, "sources/choose.html", context)


@login_required
@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "POST"])
def new_source(request: HttpRequest, kind: str) -> HttpResponse:
    workspace = current_workspace(request)
    insist_on_owning(request.user, workspace.pk)
    form = form_of(request, kind_called(kind), workspace)

    def create() -> Source:
        return sources.create_source(
            workspace, owner=request.user, kind=kind, **form.wishes
        )

    return answered(request, form, create)


@login_required
@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "POST"])
def edit_source(request: HttpRequest, pk: UUID) -> HttpResponse:
    source = owned(Source.objects, request.user, pk=pk)
    form = form_of(request, kind_called(source.kind), source.workspace, source)

    def change() -> Source:
        return sources.change_source(source, by=request.user, **form.wishes)

    return answered(request, form, change)


def kind_called(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def form_of(
    request: HttpRequest,
    kind: Kind,
    workspace: Workspace,
    source: Source | None = None,
) -> SourceForm:
    chosen = request.GET.get("connection")  # just connected
    return SourceForm(
        request.POST or None,
        kind=kind,
        user=request.user,
        workspace=workspace,
        source=source,
        initial={"connection": chosen} if chosen else None,
    )


def answered(
    request: HttpRequest, form: SourceForm, save: Callable[[], Source]
) -> HttpResponse:
    """The page, with what a test or an attempt to save has led to; or the source."""
    context: dict[str, Any] = {"form": form}
    if form.source is None:
        context["offer"] = offer(form.kind, request.user)
        if context["offer"].reason:
            return render(request, "sources/form.html", context)
    if "test" in request.POST:
        context["answer"] = tested(form, request)
        if request.htmx:
            return render(request, "sources/_answer.html", context)
    elif form.is_valid() and (source := attempted(form, save)):
        words = _("“%(name)s” is saved.") % {"name": isolated(source.name)}
        messages.success(request, words)
        return redirect("source", source.pk)
    return render(request, "sources/form.html", context)


def tested(form: SourceForm, request: HttpRequest) -> str | None:
    """What the place answers; None where the form tells what is wrong."""
    form.fields["name"].required = False  # it matters to no place
    if not (form.may_move and form.is_valid()):
        return None

    def look() -> str:
        place = {"connection": None, **form.place_wishes}
        return sources.try_source(
            form.kind.name, user=request.user, source=form.source, **place
        )

    return attempted(form, look)


def attempted(form: SourceForm, act: Callable[[], Made]) -> Made | None:
    """What *act* makes; None where the form tells what is wrong."""
    try:
        return act()
    except sources.InvalidSource as error:
        form.show(error.errors)
    except (SourceError, CannotSeal, TooManyWait) as error:
        form.add_error(None, str(error))
    return None
