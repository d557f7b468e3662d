"""How the user likes the product, and where they are logged in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.forms.profile import ProfileForm
from documents.services.profiles import change_profile, end_session


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user.profile)
    if request.method == "POST" and form.is_valid():
        change_profile(request.user, **form.cleaned_data)
        return saved(request, form.cleaned_data["language"])
    return render(request, "profile/profile.html", {"form": form})


def saved(request: HttpRequest, language: str) -> HttpResponse:
    """Say so in the new language; “like the browser” forgets what was chosen before."""
    with translation.override(language or translation.get_language()):
        messages.success(request, _("Saved."))
    response = redirect("profile")
    if not language:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@login_required
@require_POST
def log_out_session(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_object_or_404(UserSession, user=request.user, pk=pk)
    end_session(session)
    messages.success(request, _("That browser is logged out."))
    return redirect("usersessions_list")
