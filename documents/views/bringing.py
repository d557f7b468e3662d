"""Results from elsewhere for a document that is here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.models import Document
from documents.services.imports import content_of, import_vision
from documents.services.results import ResultNotReady
from documents.services.sentences import told
from documents.views.jobs import address
from documents.views.lookup import changeable
from engines import FileError


@login_required
@require_POST
def bring(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what Google Vision read of the document, and show it."""
    document = changeable(Document.objects.alive(), request.user, pk=pk)
    file = request.FILES.get("result")
    if file is None:
        messages.error(request, _("Choose a file first."))
        return redirect("document", pk)
    try:
        job = import_vision(
            workspace=document.workspace,
            user=request.user,
            content=content_of(file),
            name=file.name or "",
            document=document,
        )
    except (FileError, ResultNotReady) as error:
        messages.error(request, told(str(error)))
        return redirect("document", pk)
    return redirect(address(job))
