"""One record: its page beside its fields, its approval, where it begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents.models import Field, Page, Record
from documents.services import records as act
from documents.services.claims import free_for
from documents.services.sentences import told
from documents.views.fields import fragment, sentence
from documents.views.groups import Group, grouped
from documents.views.lookup import changeable, may_change, visible

RELATED = ("document", "version__template", "twin", "approved_by", "job")


@login_required
@require_safe
def record(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = visible(Record.objects.select_related(*RELATED), request.user, pk=pk)
    context: dict[str, Any] = {
        "record": shown,
        "group": group_of(shown),
        "pages": pages_of(shown),
        "before": before(shown),
        "may_change": may_change(request, shown.workspace),
    }
    return render(request, "record/record.html", context)


def group_of(record: Record) -> Group:
    fields = record.fields.with_changes().order_by("order", "pk")
    return next(iter(grouped(fields)), Group(record, []))


def pages_of(record: Record) -> QuerySet[Page]:
    numbers = (record.first_page, record.last_page)
    return record.document.pages.filter(number__range=numbers)


def before(record: Record) -> Record | None:
    """The record that ends where this one begins: what it can be joined to."""
    others = Record.objects.alive().filter(document=record.document_id)
    return others.filter(last_page__lt=record.first_page).order_by("last_page").last()


@login_required
@require_POST
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From its own page: there again, or on to the next. From the queue: what it
    looks like now."""
    shown = changeable(Record.objects, request.user, pk=pk)
    on_queue = request.POST.get("on") == "review"
    try:
        act.approve(shown, user=request.user)
    except act.CannotApprove as error:
        if on_queue:
            return sentence(error, 409)
        messages.error(request, str(error))
        return redirect("record", pk)
    if on_queue:
        return fragment(request, shown.fields.all())
    if "next" not in request.POST:
        messages.success(request, _("Approved."))
        return redirect("record", pk)
    following = next_of(request, shown)
    if following is None:
        messages.success(request, _("Approved. Nothing else waits."))
        return redirect("review")
    return redirect("record", following.pk)


def next_of(request: HttpRequest, record: Record) -> Record | None:
    """The record that has waited longest, of those nobody else is at."""
    mine = Record.objects.visible_to(request.user).filter(workspace=record.workspace_id)
    waiting = mine.filter(state=Record.State.TO_REVIEW).exclude(pk=record.pk)
    held = Field.objects.exclude(free_for(request.user)).filter(record__in=waiting)
    return (
        waiting.exclude(pk__in=held.values("record")).order_by("created", "pk").first()
    )


@login_required
@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = changeable(Record.objects, request.user, pk=pk)
    act.reopen(shown, user=request.user)
    if request.POST.get("on") == "review":
        return fragment(request, shown.fields.all())
    return redirect("record", pk)


@login_required
@require_POST
def split(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An invoice of its own begins at ``page``."""
    page = request.POST.get("page", "")
    number = int(page) if page.isdecimal() else 0
    done = _("Split. The new record is being read.")
    return moved(
        request, pk, lambda shown: act.split(shown, number, user=request.user), done
    )


@login_required
@require_POST
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    done = _("Joined to the one before.")
    return moved(request, pk, lambda shown: act.merge(shown, user=request.user), done)


def moved(
    request: HttpRequest, pk: UUID, doing: Callable[[Record], Record], done: str
) -> HttpResponse:
    """To the record that came of it; the reason where it cannot be."""
    shown = changeable(Record.objects, request.user, pk=pk)
    try:
        after = doing(shown)
    except ValueError as error:
        messages.error(request, told(str(error)))
        return redirect("record", pk)
    messages.success(request, done)
    return redirect("record", after.pk)


@login_required
@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It was no invoice."""
    shown = changeable(Record.objects, request.user, pk=pk)
    document = shown.document_id
    act.delete_record(shown)
    messages.success(request, _("The record is gone. Its document is still here."))
    return redirect("document", document)


@login_required
@require_safe
def printed(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Scan, fields, crops and who changed what, as one PDF."""
    # Only those who print load what draws a PDF.
    from documents.services.printing import name_of, record_pdf

    shown = visible(Record.objects.select_related(*RELATED), request.user, pk=pk)
    return FileResponse(record_pdf(shown), filename=name_of(shown))
