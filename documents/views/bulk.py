"""One wish for many documents: those ticked, or all that match what was looked for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from documents.forms.history import HistoryForm
from documents.forms.reading import ReadingForm
from documents.models import Document
from documents.services.archives import archive_texts
from documents.services.bulk import read_documents_again
from documents.services.documents import trash_documents
from documents.views.history import found_documents, query_of
from documents.views.lookup import current_workspace, insist_on_changing
from documents.views.undo import offer_undo
from documents.views.uploads import first_error


@login_required
@require_POST
def act(request: HttpRequest) -> HttpResponseBase:
    documents = chosen_documents(request)
    wish = request.POST.get("act", "")
    if wish == "texts":
        archive = archive_texts(documents)
        return FileResponse(archive, as_attachment=True, filename="texts.zip")
    insist_on_changing(request, current_workspace(request))
    if not documents.exists():
        messages.info(request, _("Tick at least one document first."))
    elif wish == "read":
        read_again(request, documents)
    elif wish == "trash":
        trash(request, documents)
    return redirect(f"{reverse('history')}?{query_of(request)}")


def chosen_documents(request: HttpRequest) -> QuerySet:
    if request.POST.get("all"):
        return found_documents(request, HistoryForm(request.GET).wishes)
    return found_documents(request, {}).filter(pk__in=ticked(request))


def ticked(request: HttpRequest) -> list[UUID]:
    """The ids that were sent; what is no id was not sent by our page."""
    ids = []
    for text in request.POST.getlist("document"):
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return ids


def read_again(request: HttpRequest, documents: QuerySet) -> None:
    form = ReadingForm(request.POST, workspace=current_workspace(request))
    if not form.is_valid():
        messages.error(request, first_error(form))
        return
    count = read_documents_again(documents, user=request.user, wishes=form.wishes)
    words = ngettext(
        "%(n)d document is being read again.",
        "%(n)d documents are being read again.",
        count,
    )
    messages.success(request, words % {"n": count})


def trash(request: HttpRequest, documents: QuerySet) -> None:
    one = documents.first()
    count = trash_documents(Document.objects.filter(pk__in=documents.values("pk")))
    one.refresh_from_db(fields=["trashed"])
    words = ngettext(
        "%(n)d document is in the trash.", "%(n)d documents are in the trash.", count
    )
    offer_undo(request, words % {"n": count}, one.trashed)
