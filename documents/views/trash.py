"""What was deleted lately, and the way back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from documents.models import Document
from documents.services.documents import restore_documents
from documents.views.bulk import ticked
from documents.views.history import ROWS, after, following
from documents.views.listing import document_rows
from documents.views.lookup import current_workspace, insist_on_changing, may_change


@login_required
@require_safe
def trash(request: HttpRequest) -> HttpResponse:
    documents = trashed_documents(request).newest_first()
    rows = document_rows(after(documents, request.GET.get("after", ""))[: ROWS + 1])
    context = {
        "rows": rows[:ROWS],
        "following": following(request, rows),
        "days": settings.TRASH_DAYS,
        "may_change": may_change(request, current_workspace(request)),
    }
    return render(request, "documents/trash.html", context)


@login_required
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Bring back those ticked, or all that went at the moment an undo names."""
    insist_on_changing(request, current_workspace(request))
    chosen = chosen_documents(request)
    asked = chosen.count()
    restored = restore_documents(chosen)
    words = ngettext("%(n)d document is back.", "%(n)d documents are back.", restored)
    if restored:
        messages.success(request, words % {"n": restored})
    if restored < asked:
        messages.warning(
            request, _("What has been uploaded anew since then stays in the trash.")
        )
    return redirect("history")


def trashed_documents(request: HttpRequest) -> QuerySet:
    mine = Document.objects.trash_of(request.user)
    return mine.filter(workspace=current_workspace(request))


def chosen_documents(request: HttpRequest) -> QuerySet:
    trashed = trashed_documents(request)
    if moment := parse_datetime(request.POST.get("trashed", "")):
        return trashed.filter(trashed=moment)
    return trashed.filter(pk__in=ticked(request))
