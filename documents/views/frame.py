"""The frame's own doors: another language, another workspace."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from documents.models import Workspace
from documents.services.profiles import enter_workspace, prefer_language


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's cookie for this browser and, when known, the user's own preference."""
    code = request.POST.get("language", "")
    if request.user.is_authenticated and code in dict(settings.LANGUAGES):
        prefer_language(request.user, code)
    return set_language(request)


@login_required
@require_POST
def enter(request: HttpRequest, pk: str) -> HttpResponse:
    workspace = get_object_or_404(Workspace.objects.visible_to(request.user), pk=pk)
    enter_workspace(request.user, workspace)
    return redirect("home")
