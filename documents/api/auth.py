"""Keys and what their scopes allow."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from documents.models import ApiKey

if TYPE_CHECKING:
    # REST framework loads this module while it is loading its own views.
    from rest_framework.views import APIView

USE_NOTED_EVERY = timedelta(minutes=1)


class KeyAuthentication(TokenAuthentication):
    """``Authorization: Bearer <key>``.

    Knox reads the header. Finding the key is ours: by its digest, in one query, and
    without removing expired keys, which their owner still wants to see in the list.
    """

    def authenticate_credentials(self, token: bytes) -> tuple[AbstractBaseUser, ApiKey]:
        try:
            digest = hash_token(token.decode())
            key = ApiKey.objects.select_related("user").get(digest=digest)
        except (UnicodeDecodeError, ApiKey.DoesNotExist):
            raise AuthenticationFailed(_("There is no such API key.")) from None
        now = timezone.now()
        if key.expiry is not None and key.expiry <= now:
            raise AuthenticationFailed(_("This API key has expired. Make a new one."))
        if not key.user.is_active:
            raise AuthenticationFailed(_("This account is switched off."))
        if key.last_used is None or key.last_used < now - USE_NOTED_EVERY:
            ApiKey.objects.filter(pk=key.pk).update(last_used=now)
        return key.user, key


class HasScope(BasePermission):
    """A key needs ``read`` to look and ``write`` to change; a session may do both."""

    message = _("This API key may not do that: it lacks the scope for it.")

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.auth, ApiKey):
            return True
        scope = "read" if request.method in SAFE_METHODS else "write"
        return scope in request.auth.scopes


class SessionOnly(BasePermission):
    """What a key must never do, such as making further keys."""

    message = _("An API key cannot do that. Log in to the site and do it there.")

    def has_permission(self, request: Request, view: APIView) -> bool:
        return not isinstance(request.auth, ApiKey)
