"""What owners do with a webhook: test it, switch it, deliver again, delete it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from documents.models import Webhook
from documents.services import webhooks
from documents.views.lookup import owned
from documents.views.undo import isolated


@login_required
@require_POST
def test(request: HttpRequest, pk: UUID) -> HttpResponse:
    hook = owned(Webhook.objects, request.user, pk=pk)
    done = _("A test is on its way. The log tells what came of it.")
    return attempt(request, hook, lambda: webhooks.send_test(hook), done)


@login_required
@require_POST
def deliver_again(request: HttpRequest, pk: UUID, delivery: UUID) -> HttpResponse:
    hook = owned(Webhook.objects, request.user, pk=pk)
    row = get_object_or_404(hook.deliveries, pk=delivery)
    done = _("It is on its way again. The log tells what came of it.")
    return attempt(request, hook, lambda: webhooks.redeliver(row), done)


@login_required
@require_POST
def switch(request: HttpRequest, pk: UUID) -> HttpResponse:
    hook = owned(Webhook.objects, request.user, pk=pk)
    webhooks.change_webhook(hook, active="on" in request.POST)
    return redirect("webhook", hook.pk)


@login_required
@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    hook = owned(Webhook.objects, request.user, pk=pk)
    name = isolated(str(hook))
    webhooks.delete_webhook(hook)
    words = _("The webhook “%(name)s” is deleted.") % {"name": name}
    messages.success(request, words)
    return redirect("webhooks")


def attempt(
    request: HttpRequest, hook: Webhook, act: Callable[[], object], done: str
) -> HttpResponse:
    """Do it and say so, or say why it cannot be done."""
    try:
        act()
    except webhooks.IsOff as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("webhook", hook.pk)
