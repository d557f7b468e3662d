"""The doubtful fields, record by record: opened, held, let go, approved and next."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from documents.forms.review import ReviewForm
from documents.models import Field, Record
from documents.services.claims import claim, free_for, release
from documents.views.groups import Group, grouped
from documents.views.lookup import current_workspace, may_change, visible

WINDOW = 30  # fields that come at once, and the rest of the last one's record
MOST_HELD = 500  # a page holds no more than it can have been given


@login_required
@require_safe
@never_cache  # it takes fields: an old copy would show what others have by now
def review(request: HttpRequest) -> HttpResponse:
    everything = waiting_fields(request)
    form = ReviewForm(request.GET, queue=everything)
    queue = everything.matching(form.wishes)
    total = everything.count()
    context: dict[str, Any] = {
        "form": form,
        "groups": taken(request, queue) if total else [],
        "total": total,
        "found": queue.count() if form.wishes else total,
        "filtered": bool(form.wishes),
        "others": held_by_others(request, queue),
        "query": request.GET.urlencode(),
        "may_change": may_change(request, current_workspace(request)),
    }
    return render(request, "review/review.html", context)


@login_required
@require_safe
@never_cache
def more(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What comes after the record *pk*, as groups alone."""
    record = visible(Record.objects, request.user, pk=pk)
    queue = waiting_fields(request)
    wishes = ReviewForm(request.GET, queue=queue).wishes
    later = queue.matching(wishes).of_records_after(record.created, record.pk)
    context = {
        "groups": taken(request, later),
        "may_change": may_change(request, current_workspace(request)),
    }
    return render(request, "review/_groups.html", context)


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Hold what is shown for another five minutes."""
    claim(named_fields(request), user=request.user)
    return HttpResponse(status=204)


@login_required
@require_POST
def let_go(request: HttpRequest) -> HttpResponse:
    release(named_fields(request), user=request.user)
    return HttpResponse(status=204)


def waiting_fields(request: HttpRequest) -> QuerySet[Field]:
    """All that someone has to look at in the current workspace."""
    mine = Field.objects.visible_to(request.user).to_review()
    return mine.filter(workspace=current_workspace(request))


def taken(request: HttpRequest, queue: QuerySet[Field]) -> list[Group]:
    """The next records of *queue* that nobody else is at, held from now on.

    Whole records, with all that waits in them, filtered out or not: two reviewers are
    never at the same invoice, and its approval asks for the rest as well.
    """
    free = queue.filter(free_for(request.user)).in_turn()
    records = {field.record_id for field in free.only("record_id")[:WINDOW]}
    fields = Field.objects.to_review().filter(record__in=records)
    if may_change(request, current_workspace(request)):
        claim(fields, user=request.user)
        fields = fields.filter(claimed_by=request.user)
    return grouped(fields.in_turn())


def held_by_others(request: HttpRequest, queue: QuerySet[Field]) -> QuerySet[Field]:
    """Who else is at fields of *queue*: how many, until when."""
    held = queue.exclude(free_for(request.user)).order_by()
    counts = held.values("claimed_by__username").annotate(
        fields=Count("pk"), until=Max("claimed_until")
    )
    return counts.order_by("claimed_by__username")


def named_fields(request: HttpRequest) -> QuerySet[Field]:
    """The fields that the page names, as far as they are the user's to change."""
    keys = []
    for text in request.POST.getlist("field")[:MOST_HELD]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return Field.objects.changeable_by(request.user).filter(pk__in=keys)
