"""One wish for many documents: those ticked, or all that match what was looked for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from documents.forms.history import HistoryForm
from documents.forms.reading import ReadingForm
from documents.models import Document
from documents.services.bulk import read_documents_again
from documents.services.deliveries import CannotArchive, archive_of_documents
from documents.services.documents import trash_documents
from documents.services.results import ResultNotReady
from documents.views.deliveries import wait_for
from documents.views.formats import NoSuchChoice, wishes_in
from documents.views.history import found_documents, query_of
from documents.views.lookup import current_workspace, insist_on_changing
from documents.views.undo import offer_undo
from documents.views.uploads import first_error
from engines import EXPORTS


@login_required
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    documents = chosen_documents(request)
    wish = "take" if "take" in request.POST else request.POST.get("act", "")
    if wish != "take":
        insist_on_changing(request, current_workspace(request))
    if not documents.exists():
        messages.info(request, _("Tick at least one document first."))
    elif wish == "take":
        return take(request, documents)
    elif wish == "read":
        read_again(request, documents)
    elif wish == "trash":
        trash(request, documents)
    return back(request)


def back(request: HttpRequest) -> HttpResponse:
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


def take(request: HttpRequest, documents: QuerySet) -> HttpResponse:
    """The texts in one file: at once where it is made in a moment."""
    try:
        as_, wishes = chosen_format(QueryDict(request.POST["take"]))
        delivery = archive_of_documents(request.user, documents, as_, **wishes)
    except (CannotArchive, NoSuchChoice, ResultNotReady) as refusal:
        messages.error(request, str(refusal))
        return back(request)
    return wait_for(delivery)


def chosen_format(query: QueryDict) -> tuple[str, dict[str, Any]]:
    """Raises NoSuchChoice: the menu has none of that kind."""
    as_ = query.get("as", "")
    if as_ not in EXPORTS:
        raise NoSuchChoice(_("There is no such format. Choose one from the menu."))
    return as_, wishes_in(query)


def read_again(request: HttpRequest, documents: QuerySet) -> None:
    workspace = current_workspace(request)
    form = ReadingForm(request.POST, workspace=workspace)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return
    count = read_documents_again(
        documents, workspace=workspace, user=request.user, wishes=form.wishes
    )
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
