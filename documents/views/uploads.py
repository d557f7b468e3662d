"""Files and URLs from the first page: one a request with script, several without."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from errno import ENOSPC
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from documents.forms.reading import ReadingForm
from documents.models import Document, Workspace
from documents.services.batches import gather
from documents.services.fetching import fetched
from documents.services.imports import content_of, import_vision, is_result
from documents.services.jobs import create_job
from documents.services.sentences import told
from documents.services.uploads import upload
from documents.services.waiting import TooManyWait
from documents.storage import StorageTrouble
from documents.views.jobs import address
from documents.views.lookup import current_workspace, insist_on_changing
from documents.views.undo import isolated
from engines import FileError


@dataclass(frozen=True)
class Outcome:
    """What became of a file or URL: an address when it is taken in, else a sentence."""

    name: str
    url: str = ""
    known: bool = False  # the workspace had it: read again
    error: str = ""
    status: int = 201


def take_upload(request: HttpRequest) -> HttpResponse:
    workspace = current_workspace(request)
    insist_on_changing(request, workspace)
    outcomes = [
        take_file(request, workspace, file) for file in request.FILES.getlist("file")
    ]
    if url := request.POST.get("url", "").strip():
        outcomes.append(take_url(request, workspace, url))
    if not outcomes:
        outcomes.append(Outcome("", error=_("Choose a file first."), status=400))
    if request.get_preferred_type(["text/html", "application/json"]) != "text/html":
        return JsonResponse(asdict(outcomes[0]), status=outcomes[0].status)
    return tell(request, outcomes)


def take_file(
    request: HttpRequest, workspace: Workspace, file: UploadedFile
) -> Outcome:
    given = nullcontext(file)
    return take(request, workspace, given, file.name or "", Document.Source.WEB)


def take_url(request: HttpRequest, workspace: Workspace, url: str) -> Outcome:
    given = fetched(url, request.user)
    return take(request, workspace, given, url, Document.Source.URL)


def take(
    request: HttpRequest,
    workspace: Workspace,
    given: AbstractContextManager[UploadedFile],
    name: str,
    source: Document.Source,
) -> Outcome:
    """Take in the file that is *given*; a refusal is told of what was called *name*."""
    form = ReadingForm(request.POST, workspace=workspace, user=request.user)
    if not form.is_valid():
        return Outcome(name, error=first_error(form), status=400)
    try:
        with given as file:
            if is_result(file):
                return keep_result(request, workspace, file, source)
            document, new = upload(
                workspace=workspace,
                user=request.user,
                file=file,
                name=file.name or "",
                source=source,
            )
    except FileError as error:
        return Outcome(name, error=told(str(error)), status=400)
    except TooManyWait as error:
        return Outcome(name, error=str(error), status=503)
    except StorageTrouble as error:
        return Outcome(name, error=str(error), status=503)
    except OSError as error:
        if error.errno != ENOSPC:
            raise
        return Outcome(name, error=_("The server's disk is full."), status=507)
    return start(request, document, new, form.wishes)


def start(
    request: HttpRequest, document: Document, new: bool, wishes: dict[str, Any]
) -> Outcome:
    if new and (batch := batch_of(request)):
        gather(document, batch, request.user)
    job = create_job(document, user=request.user, **wishes)
    return Outcome(document.name, address(job), not new, status=201 if new else 200)


def keep_result(
    request: HttpRequest, workspace: Workspace, file: File, source: Document.Source
) -> Outcome:
    """What Google Vision read elsewhere, on blank pages: its picture is not here."""
    job = import_vision(
        workspace=workspace,
        user=request.user,
        content=content_of(file),
        name=file.name or "",
        source=source,
    )
    if (batch := batch_of(request)) and not job.document.batch_id:
        gather(job.document, batch, request.user)
    return Outcome(job.document.name, address(job))


def batch_of(request: HttpRequest) -> UUID | None:
    """The drop this file belongs to: an id that the page drew for all of its files."""
    try:
        return UUID(request.POST.get("batch", ""))
    except ValueError:
        return None


def first_error(form: ReadingForm) -> str:
    return next(str(errors[0]) for errors in form.errors.values())


def tell(request: HttpRequest, outcomes: list[Outcome]) -> HttpResponse:
    """Without script: messages for what was refused, then the document, or the list."""
    taken = [outcome for outcome in outcomes if outcome.url]
    for outcome in outcomes:
        if outcome.error:
            name = f"{isolated(outcome.name)}: " if outcome.name else ""
            messages.error(request, name + outcome.error)
        elif outcome.known:
            known = _("%(name)s was here already and is being read again.")
            messages.info(request, known % {"name": isolated(outcome.name)})
    if len(outcomes) == len(taken) == 1:
        return redirect(taken[0].url)
    return redirect("home")
