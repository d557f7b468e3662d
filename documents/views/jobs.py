"""A job: how far it is, stop it, try again, take its result home."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import conditional_page, require_POST, require_safe

from documents.models import Job
from documents.services.jobs import cancel_job, retry_job
from documents.services.results import ResultNotReady, export_job
from documents.services.sentences import told
from documents.views.deliveries import order
from documents.views.formats import NoSuchChoice, chosen_format, format_groups
from documents.views.lookup import changeable, may_change, visible
from documents.views.reading import Progress
from engines import EXPORTS


@login_required
@require_safe
@conditional_page
def job_status(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asked for once a second until the job has ended."""
    job = visible(Job.objects.with_progress(), request.user, pk=pk)
    context = {
        "job": job,
        "document": job.document,
        "progress": Progress(job, job.document),
        "may_change": may_change(request, job.workspace),
        "formats": format_groups(),
        "fragment": True,
    }
    return render(request, "documents/_job.html", context)


@login_required
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = changeable(Job.objects, request.user, pk=pk)
    cancel_job(job)
    return redirect(address(job))


@login_required
@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = changeable(Job.objects, request.user, pk=pk)
    retry_job(job)
    return redirect(address(job))


@login_required
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = visible(Job.objects.select_related("document"), request.user, pk=pk)
    try:
        name, number, wishes = chosen_format(request.GET, job)
        if EXPORTS[name].is_slow:
            return order(job, name, number, **wishes)
        export = export_job(job, name, number=number, **wishes)
    except NoSuchChoice as error:
        messages.error(request, str(error))
        return redirect(address(job))
    except ResultNotReady as error:
        messages.info(request, told(str(error)))
        return redirect(address(job))
    return HttpResponse(
        export.content,
        content_type=export.media_type,
        headers={"Content-Disposition": content_disposition_header(True, export.name)},
    )


def address(job: Job) -> str:
    return f"{reverse('document', args=[job.document_id])}?job={job.pk}"
