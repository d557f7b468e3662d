"""POSTs that may be repeated: the first one acts, the others get its answer.

The row is made before the act, under a unique constraint, so that of two calls at
once only one acts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import IdempotentCall

# Longer than any request takes: what is still in flight then was killed.
ABANDONED = timedelta(minutes=10)


class IdempotencyError(Exception):
    """The repeated call can be neither done nor answered."""


class OtherBody(IdempotencyError):
    """The key was used for another request."""


class StillRunning(IdempotencyError):
    """The first call with this key has no answer yet."""


def begin(
    *, user: AbstractBaseUser, method: str, path: str, key: str, body: str
) -> tuple[IdempotentCall, bool]:
    """The memory of this call, and whether it is to be done now.

    Raises:
        OtherBody, StillRunning
    """
    forget_old_calls(user)
    call, new = IdempotentCall.objects.get_or_create(
        user=user, method=method, path=path, key=key, defaults={"body": body}
    )
    if new:
        return call, True
    if call.body != body:
        raise OtherBody(_("This Idempotency-Key was used for another request."))
    if call.status is None:
        raise StillRunning(
            _("The first request with this Idempotency-Key is still running.")
        )
    return call, False


def forget_old_calls(user: AbstractBaseUser) -> None:
    now = timezone.now()
    expired = Q(created__lt=now - timedelta(hours=settings.IDEMPOTENCY_HOURS))
    abandoned = Q(status=None, created__lt=now - ABANDONED)
    IdempotentCall.objects.filter(expired | abandoned, user=user).delete()


def finish(
    call: IdempotentCall, *, status: int, headers: dict[str, str], answer: Any
) -> None:
    call.status, call.headers, call.answer = status, headers, answer
    call.save(update_fields=["status", "headers", "answer"])


def forget(call: IdempotentCall) -> None:
    """Let the call be made again: it came to nothing."""
    call.delete()
