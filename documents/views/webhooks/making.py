"""A webhook made or changed; the answers that show a secret are the only ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from documents.forms.webhooks import WebhookForm
from documents.models import Webhook
from documents.services.fetching import FetchError
from documents.services.sealing import CannotSeal
from documents.services.webhooks import change_webhook, create_webhook, rotate_secret
from documents.views.lookup import current_workspace, insist_on_owning, owned
from documents.views.undo import isolated
from documents.views.webhooks.webhook import shown


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new_webhook(request: HttpRequest) -> HttpResponse:
    workspace = current_workspace(request)
    insist_on_owning(request.user, workspace.pk)
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hook, secret = create_webhook(
                workspace, owner=request.user, **form.cleaned_data
            )
        except FetchError as error:
            form.add_error("url", str(error))
        except CannotSeal as error:
            form.add_error(None, str(error))
        else:
            return with_secret(request, hook, secret)
    return render(request, "webhooks/form.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def edit_webhook(request: HttpRequest, pk: UUID) -> HttpResponse:
    hook = owned(Webhook.objects, request.user, pk=pk)
    known = {"url": hook.url, "name": hook.name, "events": hook.events}
    form = WebhookForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            change_webhook(hook, **form.cleaned_data)
        except FetchError as error:
            form.add_error("url", str(error))
        else:
            words = _("“%(name)s” is saved.") % {"name": isolated(str(hook))}
            messages.success(request, words)
            return redirect("webhook", hook.pk)
    return render(request, "webhooks/form.html", {"form": form, "hook": hook})


@login_required
@never_cache
@require_POST
def new_secret(request: HttpRequest, pk: UUID) -> HttpResponse:
    hook = owned(Webhook.objects, request.user, pk=pk)
    try:
        secret = rotate_secret(hook)
    except CannotSeal as error:
        messages.error(request, str(error))
        return redirect("webhook", hook.pk)
    return with_secret(request, hook, secret, is_second=True)


def with_secret(
    request: HttpRequest, hook: Webhook, secret: str, *, is_second: bool = False
) -> HttpResponse:
    context: dict[str, Any] = shown(request, hook.pk)
    context |= {"secret": secret, "is_second": is_second}
    return render(request, "webhooks/webhook.html", context)
