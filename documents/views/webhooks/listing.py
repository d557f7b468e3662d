"""The webhooks of a workspace, and how they are."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.models import Webhook
from documents.services.starting import network_notice
from documents.views.lookup import current_workspace, owns

WAITING = Count("deliveries", filter=Q(deliveries__state="waiting"))


@login_required
@require_safe
def webhooks(request: HttpRequest) -> HttpResponse:
    workspace = current_workspace(request)
    mine = Webhook.objects.visible_to(request.user).filter(workspace=workspace)
    hooks = list(mine.annotate(waiting=WAITING))
    context: dict[str, Any] = {
        "hooks": hooks,
        "notice": network_notice() if hooks else "",
        "owns": owns(request.user, workspace.pk),
    }
    return render(request, "webhooks/list.html", context)
