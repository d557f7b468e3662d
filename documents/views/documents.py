"""One document: its picture beside its text, and what can be done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from documents.forms.reading import ReadingForm
from documents.models import Document
from documents.services.descriptions import is_description
from documents.services.documents import trash_documents
from documents.services.jobs import create_job
from documents.views.describing import described
from documents.views.formats import format_groups
from documents.views.hits import hits_on
from documents.views.lookup import changeable, may_change, visible
from documents.views.reading import Progress, open_page
from documents.views.undo import isolated, offer_undo
from documents.views.uploads import first_error


@login_required
@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = visible(Document.objects, request.user, pk=pk)
    jobs = list(shown.jobs.with_progress().order_by("-created", "-pk"))
    job = chosen(shown, jobs, request.GET.get("job", ""))
    context: dict[str, Any] = {
        "document": shown,
        "job": job,
        "jobs": jobs,
        "may_change": may_change(request, shown.workspace),
        "view": open_page(shown, job, page_number(request, shown)),
    }
    context["hits"] = hits_on(context["view"], shown, request.GET.get("q", ""))
    context |= described(shown, context["view"])
    if request.headers.get("HX-Target") == "page":
        return render(request, "documents/_page.html", context)
    context |= {
        "progress": Progress(job, shown),
        "formats": format_groups(),
        "form": ReadingForm(
            workspace=shown.workspace,
            user=request.user,
            initial={"engine": job.engine if job else "auto"},
        ),
    }
    return render(request, "documents/document.html", context)


def chosen(document: Document, jobs: list, wish: str) -> Any:
    """The job that was asked for, else the one whose text is the document's, else the
    newest; None when there is none.

    One that read fields alone, or describes the picture, does not hide the text that
    an older one has read.
    """
    wish = wish or str(document.text_job_id or "")
    if not wish:
        of_text = [job for job in jobs if job.text]
        readers = (job for job in of_text if not is_description(job))
        return next(readers, next(iter(of_text or jobs), None))
    for job in jobs:
        if str(job.pk) == wish:
            return job
    raise Http404


def page_number(request: HttpRequest, document: Document) -> int:
    wish = request.GET.get("page", "1")
    number = int(wish) if wish.isdecimal() else 1
    return max(1, min(number, document.page_count))


@login_required
@require_POST
def read_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = changeable(Document.objects, request.user, pk=pk)
    form = ReadingForm(request.POST, workspace=document.workspace, user=request.user)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("document", pk)
    job = create_job(document, user=request.user, **form.wishes)
    return redirect(f"{reverse('document', args=[pk])}?job={job.pk}")


@login_required
@require_POST
def trash_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = changeable(Document.objects, request.user, pk=pk)
    trash_documents(Document.objects.filter(pk=pk))
    document.refresh_from_db()
    words = _("%(name)s is in the trash.") % {"name": isolated(document.name)}
    offer_undo(request, words, document.trashed)
    return redirect("home")
