"""Following an invitation's link: who it is from, log in or sign up, join."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from documents.accounts import INVITATION, invitation_of
from documents.services.workspaces import InvitationError, accept_invitation


@require_safe
@never_cache
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the token in the session, out of the address bar and of later logs."""
    request.session[INVITATION] = token
    return redirect("join")


@require_safe
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    invitation = invitation_of(request)
    status = 200 if invitation else 404
    context = {"invitation": invitation}
    return render(request, "workspace/join.html", context, status=status)


@login_required
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    token = request.session.pop(INVITATION, "")
    try:
        membership = accept_invitation(request.user, token)
    except InvitationError as refusal:
        messages.error(request, str(refusal))
        return redirect("home")
    welcome = _("Welcome to “%(name)s”.") % {"name": membership.workspace.name}
    messages.success(request, welcome)
    return redirect("home")
