"""Rows by their ids: 404 to a stranger, 403 to a member without the right."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from documents.models import Workspace


def visible(rows: QuerySet, user: AbstractBaseUser, **lookup: object) -> Model:
    return get_object_or_404(rows.visible_to(user), **lookup)


def changeable(rows: QuerySet, user: AbstractBaseUser, **lookup: object) -> Model:
    row = visible(rows, user, **lookup)
    if not rows.changeable_by(user).filter(pk=row.pk).exists():
        raise PermissionDenied(only_looking())
    return row


def owned(rows: QuerySet, user: AbstractBaseUser, **lookup: object) -> Model:
    row = visible(rows, user, **lookup)
    insist_on_owning(user, row.workspace_id)
    return row


def owns(user: AbstractBaseUser, workspace: UUID) -> bool:
    return Workspace.objects.owned_by(user).filter(pk=workspace).exists()


def insist_on_owning(user: AbstractBaseUser, workspace: UUID) -> None:
    if not owns(user, workspace):
        raise PermissionDenied(_("Only an owner of the workspace may do that."))


def current_workspace(request: HttpRequest) -> Workspace:
    """The one its user works in; asked of the database once a request."""
    if not hasattr(request, "workspace"):
        request.workspace = Workspace.objects.current_of(request.user)
    return request.workspace


def may_change(request: HttpRequest, workspace: Workspace) -> bool:
    mine = Workspace.objects.changeable_by(request.user)
    return mine.filter(pk=workspace.pk).exists()


def insist_on_changing(request: HttpRequest, workspace: Workspace) -> None:
    if not may_change(request, workspace):
        raise PermissionDenied(only_looking())


def only_looking() -> str:
    return _("You may look at this workspace, no more. Ask one of its owners.")
