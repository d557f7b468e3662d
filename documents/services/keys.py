"""API keys: made once, shown once, revoked by their owner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from documents.models import ApiKey

SCOPES = ("read", "write")


def create_key(
    user: AbstractBaseUser,
    *,
    name: str,
    scopes: Iterable[str] = SCOPES,
    expires: datetime | None = None,
) -> tuple[ApiKey, str]:
    """A new key of *user*, and its secret: the only time that anybody can see it."""
    wanted = set(scopes)
    if not wanted or not wanted <= set(SCOPES):
        raise ValueError(f"scopes are among {', '.join(SCOPES)}, and at least one")
    digest, secret = get_digest_token()
    key = ApiKey(
        user=user,
        name=name,
        scopes=[scope for scope in SCOPES if scope in wanted],
        token_key=secret[: CONSTANTS.TOKEN_KEY_LENGTH],
        digest=digest,
        expiry=expires,
    )
    key.save(force_insert=True)
    return key, secret


def revoke_key(key: ApiKey) -> None:
    key.delete()
