"""One line of a page: put right, and what was done to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import Job, PageRead
from documents.services.texts import corrections
from documents.services.texts.differing import changes
from documents.views.lookup import changeable, may_change, visible
from documents.views.reading import PageView


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, pk: UUID, number: int, place: int) -> HttpResponse:
    """The line, with what else of the page depends on it; a POST puts it right."""
    posted = request.method == "POST"
    job = (changeable if posted else visible)(Job.objects, request.user, pk=pk)
    read = read_of(job, number)
    if posted:
        try:
            correct(request, read, place)
        except corrections.InvalidLine as error:
            return sentence(error, 422)
        except corrections.Outdated as error:
            return sentence(error, 409)
    view = PageView(read.page, read, job.document.page_count)
    context = {"view": view, "place": place, "line": line_of(view, place)}
    return render(request, "documents/_corrected.html", context)


def correct(request: HttpRequest, read: PageRead, place: int) -> None:
    """
    Raises:
        InvalidLine: the line cannot say that.
        Outdated: it says something else than who corrects it believes.
    """
    text, before = request.POST.get("text", ""), request.POST.get("before")
    try:
        corrections.correct_line(read, place, text, user=request.user, before=before)
    except IndexError:
        raise Http404 from None


def read_of(job: Job, number: int) -> PageRead:
    reads = job.page_reads.select_related("reading", "page", "job__document")
    read = reads.filter(number=number).first()
    if read is None:
        raise Http404
    return read


def line_of(view: PageView, place: int) -> dict[str, Any]:
    try:
        return view.lines[place]
    except IndexError:
        raise Http404 from None


@login_required
@require_safe
def history(request: HttpRequest, pk: UUID, number: int, place: int) -> HttpResponse:
    """Who changed the line, when, and what; the newest first."""
    job = visible(Job.objects, request.user, pk=pk)
    made = corrections.history(read_of(job, number), place)
    context = {
        "entries": [(one, changes(one.before, one.after)) for one in made.reverse()],
        "may_change": may_change(request, job.workspace),
        "place": place,
    }
    return render(request, "documents/_line_history.html", context)


def sentence(error: object, status: int) -> HttpResponse:
    """A refusal that the page shows beside the line."""
    return HttpResponse(str(error), status=status, content_type="text/plain")
