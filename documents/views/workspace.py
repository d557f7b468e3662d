"""The workspace one works in: its members, roles and invitations; and further ones."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from documents.forms.workspace import NameForm, RoleForm
from documents.models import Invitation, Membership, Workspace
from documents.models.people import Role
from documents.services import workspaces
from documents.services.profiles import enter_workspace


@login_required
@never_cache
@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    return show(request, Workspace.objects.current_of(request.user))


def show(request: HttpRequest, place: Workspace, link: str = "") -> HttpResponse:
    members = place.memberships.select_related("user")
    mine = members.get(user=request.user)
    return render(
        request,
        "workspace/workspace.html",
        {
            "place": place,
            "mine": mine,
            "owns": mine.role == Role.OWNER,
            "members": members,
            "invitations": place.invitations.open().select_related("created_by"),
            "roles": Role.choices,
            "link": link,
            "invite_form": RoleForm(),
        },
    )


@login_required
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        made = workspaces.create_workspace(request.user, form.cleaned_data["name"])
        enter_workspace(request.user, made)
    return answer(request, form)


@login_required
@require_POST
def rename(request: HttpRequest, pk: str) -> HttpResponse:
    place = owned(request, pk)
    form = NameForm(request.POST)
    if form.is_valid():
        workspaces.rename_workspace(place, form.cleaned_data["name"])
    return answer(request, form)


@login_required
@require_POST
def delete(request: HttpRequest, pk: str) -> HttpResponse:
    place = owned(request, pk)
    done = _("The workspace “%(name)s” is deleted.") % {"name": place.name}
    return attempt(request, lambda: workspaces.delete_workspace(place), done)


@login_required
@require_POST
def leave(request: HttpRequest, pk: str) -> HttpResponse:
    place = get_object_or_404(Workspace.objects.visible_to(request.user), pk=pk)
    done = _("You have left “%(name)s”.") % {"name": place.name}
    return attempt(request, lambda: workspaces.leave(place, request.user), done)


@login_required
@never_cache
@require_POST
def invite(request: HttpRequest, pk: str) -> HttpResponse:
    """The one answer that shows the link: only its digest is kept."""
    place = owned(request, pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return answer(request, form)
    _invitation, token = workspaces.invite(
        place, by=request.user, role=form.cleaned_data["role"]
    )
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    return show(request, place, link)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: str) -> HttpResponse:
    invitation = get_object_or_404(
        Invitation.objects.visible_to(request.user).open(), pk=pk
    )
    owned(request, invitation.workspace_id)
    workspaces.revoke_invitation(invitation)
    messages.success(request, _("The invitation is revoked; its link is void."))
    return redirect("workspace")


@login_required
@require_POST
def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    membership = member(request, pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return answer(request, form)
    role = form.cleaned_data["role"]
    return attempt(request, lambda: workspaces.change_role(membership, role))


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    membership = member(request, pk)
    name = membership.user.get_username()
    done = _("%(name)s is no longer a member.") % {"name": name}
    return attempt(request, lambda: workspaces.remove_member(membership), done)


def owned(request: HttpRequest, pk: str) -> Workspace:
    """Not there for strangers, refused to members without the right."""
    place = get_object_or_404(Workspace.objects.visible_to(request.user), pk=pk)
    if not Workspace.objects.owned_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied(
            _("Only an owner of “%(name)s” may do this. Ask one of them.")
            % {"name": place.name}
        )
    return place


def member(request: HttpRequest, pk: int) -> Membership:
    members = Membership.objects.visible_to(request.user).select_related("user")
    membership = get_object_or_404(members, pk=pk)
    owned(request, membership.workspace_id)
    return membership


def attempt(
    request: HttpRequest, act: Callable[[], None], done: str | None = None
) -> HttpResponse:
    """Do it and say so, or say why it cannot be done."""
    try:
        act()
    except workspaces.WorkspaceError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done or _("Saved."))
    return redirect("workspace")


def answer(request: HttpRequest, form: NameForm | RoleForm) -> HttpResponse:
    if form.is_valid():
        messages.success(request, _("Saved."))
    for errors in form.errors.values():
        messages.error(request, " ".join(errors))
    return redirect("workspace")
