"""Signatures by the Standard Webhooks specification (standardwebhooks.com), v1.

A webhook's sealed secret holds [{"secret": "whsec_…", "until"?: moment}], the newest
first: the one before it signs too until then, so that receivers can change over.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from documents.models import Webhook
from documents.services.sealing import opened, seal

PREFIX = "whsec_"
SECRET_BYTES = 32
CHANGE_OVER = timedelta(hours=24)


def new_secret() -> str:
    return PREFIX + b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sealed(secret: str) -> str:
    """
    Raises:
        CannotSeal
    """
    return seal([{"secret": secret}])


def replaced(hook: Webhook, secret: str, now: datetime) -> str:
    """What *hook* keeps when *secret* takes the place of its secret.

    Raises:
        CannotSeal
    """
    newest = opened(hook.secret)[0]["secret"]
    until = (now + CHANGE_OVER).isoformat()
    return seal([{"secret": secret}, {"secret": newest, "until": until}])


def headers(hook: Webhook, key: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers that sign *body*, which is called *key*, as sent at *now*.

    Raises:
        CannotSeal
    """
    moment = str(int(now.timestamp()))
    signed = b".".join((key.encode(), moment.encode(), body))
    valid = [one["secret"] for one in opened(hook.secret) if is_valid(one, now)]
    return {
        "webhook-id": key,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(signature(one, signed) for one in valid),
    }


def is_valid(kept: dict[str, Any], now: datetime) -> bool:
    return "until" not in kept or datetime.fromisoformat(kept["until"]) > now


def signature(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return "v1," + b64encode(hmac.digest(key, signed, sha256)).decode()
