"""Workspaces, their members and the invitations that let people in."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document, Invitation, Membership, Profile, Workspace
from documents.models.people import Role
from documents.querysets.people import digest_of
from documents.services import crops, references

INVITATION_LIFE = timedelta(days=7)


class WorkspaceError(Exception):
    """What was asked would leave a workspace, or its people, in disorder."""


class InvitationError(WorkspaceError):
    """The invitation lets nobody in: used, expired, revoked or never made."""


@transaction.atomic
def settle_user(user: AbstractBaseUser) -> Workspace:
    """Give a new *user* a profile and a personal workspace."""
    workspace = Workspace.objects.create(name=user.get_username(), personal_of=user)
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    Profile.objects.create(user=user, workspace=workspace)
    return workspace


@transaction.atomic
def create_workspace(user: AbstractBaseUser, name: str) -> Workspace:
    """A workspace that *user* owns, to share."""
    workspace = Workspace.objects.create(name=name)
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    return workspace


def rename_workspace(workspace: Workspace, name: str) -> None:
    workspace.name = name
    workspace.save(update_fields=["name"])


@transaction.atomic
def delete_workspace(workspace: Workspace) -> None:
    """Remove an empty *workspace* with its layouts; nobody loses a document by it.

    Raises:
        WorkspaceError: it is somebody's personal one, or holds documents.
    """
    _lock(workspace)
    if workspace.personal_of_id:
        raise WorkspaceError(_("A personal workspace stays as long as its user."))
    if Document.objects.filter(workspace=workspace).exists():
        raise WorkspaceError(
            _(
                "This workspace still holds documents. Delete them first, "
                "and empty them from the trash."
            )
        )
    files = references.names_of(workspace)
    workspace.delete()
    transaction.on_commit(lambda: crops.remove(files))


def invite(
    workspace: Workspace, *, by: AbstractBaseUser, role: str
) -> tuple[Invitation, str]:
    """An invitation for one bearer, and its token: it can never be seen again."""
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        workspace=workspace,
        role=Role(role),
        digest=digest_of(token),
        created_by=by,
        expires=timezone.now() + INVITATION_LIFE,
    )
    return invitation, token


@transaction.atomic
def accept_invitation(user: AbstractBaseUser, token: str) -> Membership:
    """Make *user* a member, once for each token, and take them there.

    A member who opens a link of their own workspace keeps their role, and the link
    its use.

    Raises:
        InvitationError: the token lets nobody in.
    """
    invitation = Invitation.objects.by_token(token).first()
    if invitation is None:
        raise InvitationError(
            _("This invitation is used up or has expired. Ask for a new link.")
        )
    workspace = invitation.workspace
    membership = workspace.memberships.filter(user=user).first()
    if membership is None:
        if not Invitation.objects.by_token(token).update(accepted_by=user):
            raise InvitationError(_("This invitation was used just now."))
        membership = workspace.memberships.create(user=user, role=invitation.role)
    Profile.objects.filter(user=user).update(workspace=workspace)
    return membership


def revoke_invitation(invitation: Invitation) -> None:
    invitation.delete()


@transaction.atomic
def change_role(membership: Membership, role: str) -> None:
    """Raises WorkspaceError when the workspace would lose its last owner."""
    if role != Role.OWNER:
        _check_owner_remains(membership)
        _revoke_invitations_of(membership)
    membership.role = Role(role)
    membership.save(update_fields=["role"])


@transaction.atomic
def remove_member(membership: Membership) -> None:
    """Raises WorkspaceError when the workspace would lose its last owner."""
    _check_owner_remains(membership)
    _revoke_invitations_of(membership)
    membership.delete()


def leave(workspace: Workspace, user: AbstractBaseUser) -> None:
    """Raises WorkspaceError when *user* is the last owner, or the workspace theirs."""
    remove_member(workspace.memberships.get(user=user))


def _check_owner_remains(membership: Membership) -> None:
    workspace = _lock(membership.workspace)
    if workspace.personal_of_id == membership.user_id:
        raise WorkspaceError(
            _("This is the personal workspace of %(user)s, who stays its owner.")
            % {"user": membership.user.get_username()}
        )
    others = workspace.memberships.owners().exclude(pk=membership.pk)
    if membership.role == Role.OWNER and not others.exists():
        raise WorkspaceError(
            _("A workspace needs an owner. Make another member owner first.")
        )


def _revoke_invitations_of(membership: Membership) -> None:
    """Links die with the right to make them."""
    Invitation.objects.open().filter(
        workspace=membership.workspace, created_by=membership.user
    ).delete()


def _lock(workspace: Workspace) -> Workspace:
    """Two owners who leave at the same moment must do it one after the other."""
    return Workspace.objects.select_for_update().get(pk=workspace.pk)
