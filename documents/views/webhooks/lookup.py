"""Webhooks by their ids: members see them, owners alone have a hand in them."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from documents.models import Webhook, Workspace
from documents.views.lookup import visible


def managed(user: AbstractBaseUser, pk: UUID) -> Webhook:
    """
    Raises:
        Http404: for strangers it is not there.
        PermissionDenied: for members who do not own the workspace.
    """
    hook = visible(Webhook.objects.select_related("owner"), user, pk=pk)
    insist_on_owning(user, hook.workspace_id)
    return hook


def owns(user: AbstractBaseUser, workspace: UUID) -> bool:
    return Workspace.objects.owned_by(user).filter(pk=workspace).exists()


def insist_on_owning(user: AbstractBaseUser, workspace: UUID) -> None:
    if not owns(user, workspace):
        raise PermissionDenied(
            _("Only owners of the workspace manage its webhooks. Ask one of them.")
        )
