"""One webhook: how it is, and the log of what was sent to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from documents.forms.webhooks import LogForm
from documents.models import Webhook, WebhookDelivery
from documents.services.webhooks import EVENTS
from documents.views.lookup import owns, visible

ROWS = 30


@login_required
@require_safe
def webhook(request: HttpRequest, pk: UUID) -> HttpResponse:
    return render(request, "webhooks/webhook.html", shown(request, pk))


@login_required
@require_safe
@never_cache
def log(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What changes by itself, asked for every two seconds while it does."""
    return render(request, "webhooks/_log.html", shown(request, pk))


def shown(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    hooks = Webhook.objects.select_related("owner")
    hook = visible(hooks, request.user, pk=pk)
    form = LogForm(request.GET)
    rows = hook.deliveries.filter(**form.wishes)
    part = Paginator(rows, ROWS).get_page(request.GET.get("part"))
    return {
        "hook": hook,
        "owns": owns(request.user, hook.workspace_id),
        "hears": [(event, EVENTS[event]) for event in hook.events],
        "form": form,
        "state": form.wishes.get("state", ""),
        "part": part,
        "is_moving": hook.active and is_moving(part),
    }


def is_moving(part: Page) -> bool:
    """Whether something is sent for the first time right now."""
    waiting = WebhookDelivery.State.WAITING
    return any(row.state == waiting and not row.tries for row in part)
