"""What must follow when a user is made or signs up."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_signed_up
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from documents.accounts import INVITATION
from documents.services.workspaces import (
    InvitationError,
    accept_invitation,
    settle_user,
)


@receiver(post_save, sender=get_user_model())
def settle_new_user(
    instance: AbstractBaseUser, created: bool, raw: bool, **_: Any
) -> None:
    if created and not raw:  # a loaded fixture brings its own rows
        settle_user(instance)


@receiver(user_signed_up)
def let_in(request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:
    """Who signed up by an invitation has accepted it."""
    token = request.session.pop(INVITATION, None)
    if token is None:
        return
    try:
        accept_invitation(user, token)
    except InvitationError as refusal:
        if settings.SIGN_UP_OPEN:
            return
        user.delete()  # another bearer of the link was faster
        raise PermissionDenied(str(refusal)) from None
