"""API keys: the list, a new one shown once, and its end. By session only."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from documents.forms.keys import KeyForm
from documents.models import ApiKey
from documents.services.keys import create_key, revoke_key


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    form = KeyForm(request.POST or None)
    made, secret = None, ""
    if request.method == "POST" and form.is_valid():
        made, secret = create_key(
            request.user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires=form.expires(),
        )
        form = KeyForm()
    return render(
        request,
        "keys/list.html",
        {
            "form": form,
            "made": made,
            "secret": secret,
            "site": request.build_absolute_uri("/"),
            "keys": ApiKey.objects.visible_to(request.user),
            "now": timezone.now(),
        },
    )


@login_required
@require_POST
def revoke(request: HttpRequest, pk: str) -> HttpResponse:
    key = get_object_or_404(ApiKey.objects.visible_to(request.user), pk=pk)
    revoke_key(key)
    messages.success(request, _("The key “%(name)s” is revoked.") % {"name": key.name})
    return redirect("keys")
