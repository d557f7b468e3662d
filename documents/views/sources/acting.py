"""What owners do with a source: visit it now, pause, resume, try again, delete."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from documents.models import Source
from documents.services import sources
from documents.views.lookup import owned
from documents.views.undo import isolated


@login_required
@require_POST
def run(request: HttpRequest, pk: UUID) -> HttpResponse:
    source = owned(Source.objects, request.user, pk=pk)
    if not sources.sync_now(source):
        messages.warning(request, _("It is being visited already."))
    return back(request, source)


@login_required
@require_POST
def pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    source = owned(Source.objects, request.user, pk=pk)
    sources.pause(source)
    return back(request, source)


@login_required
@require_POST
def resume(request: HttpRequest, pk: UUID) -> HttpResponse:
    source = owned(Source.objects, request.user, pk=pk)
    sources.resume(source)
    return back(request, source)


@login_required
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Those files that are named; all that failed where none is."""
    source = owned(Source.objects, request.user, pk=pk)
    keys = [int(one) for one in request.POST.getlist("item") if one.isdecimal()]
    count = sources.retry_items(source, keys if "item" in request.POST else None)
    words = ngettext(
        "%(n)d file is tried again.", "%(n)d files are tried again.", count
    )
    messages.success(request, words % {"n": count})
    return back(request, source)


@login_required
@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    source = owned(Source.objects, request.user, pk=pk)
    sources.delete_source(source)
    words = _("The source “%(name)s” is deleted. Its documents stay.")
    messages.success(request, words % {"name": isolated(source.name)})
    return redirect("sources")


def back(request: HttpRequest, source: Source) -> HttpResponse:
    """To where the button stood."""
    if request.POST.get("from") == "list":
        return redirect("sources")
    return redirect("source", source.pk)
