"""What must follow when a user is made or signs up, and when a document is made."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_signed_up
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from documents.accounts import INVITATION
from documents.models import Document
from documents.services.deliveries import remove_files
from documents.services.texts.search import index_name
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


@receiver(post_save, sender=Document)
def let_it_be_found(instance: Document, created: bool, raw: bool, **_: Any) -> None:
    """By its name; what it says is indexed when it is read."""
    if created and not raw:
        index_name(instance)


@receiver(post_delete, sender="documents.Delivery")
def remove_delivered(instance: Any, **_: Any) -> None:
    """Whatever it went with: its day, its document, its user."""
    key, name = instance.pk, instance.file.name  # once it is gone it has no key
    transaction.on_commit(lambda: remove_files(key, name))


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
