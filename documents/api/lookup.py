"""Rows by their ids: 404 to a stranger, 403 to a member without the right."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.generics import GenericAPIView, get_object_or_404

from documents.models import Workspace


class Visible(GenericAPIView):
    """A view of the ``queryset``'s rows, as far as the caller may see them."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().visible_to(self.request.user)


def visible(rows: QuerySet, user: AbstractBaseUser, **lookup: object) -> Model:
    return get_object_or_404(rows.visible_to(user), **lookup)


def changeable(rows: QuerySet, user: AbstractBaseUser, **lookup: object) -> Model:
    if row := rows.changeable_by(user).filter(**lookup).first():
        return row
    return refuse(rows, user, lookup, _("You may look at this workspace, no more."))


def owned(rows: QuerySet, user: AbstractBaseUser, **lookup: object) -> Model:
    if row := rows.owned_by(user).filter(**lookup).first():
        return row
    return refuse(rows, user, lookup, _("Only an owner of the workspace may do that."))


def refuse(
    rows: QuerySet, user: AbstractBaseUser, lookup: dict[str, object], reason: str
) -> Model:
    if rows.visible_to(user).filter(**lookup).exists():
        raise PermissionDenied(reason)
    raise Http404


def workspace_for(user: AbstractBaseUser, pk: object = None) -> Workspace:
    """The workspace named in a request; without a name it is the user's own.

    Not the one chosen in the browser: a click there must not redirect a program.
    """
    if pk is None:
        return user.personal_workspace
    return changeable(Workspace.objects, user, pk=pk)
