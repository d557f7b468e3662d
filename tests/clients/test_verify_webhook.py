"""verify_webhook: what others sign by the same standard is taken, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest
from standardwebhooks import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"type": "job.succeeded", "data": {"job": "7"}}'


def signed(body: str = BODY, ago: timedelta = timedelta()) -> dict[str, str]:
    moment = datetime.now(UTC) - ago
    return {
        "Webhook-Id": "msg_1",
        "Webhook-Timestamp": str(int(moment.timestamp())),
        "Webhook-Signature": "v1,b2xk " + Webhook(SECRET).sign("msg_1", moment, body),
    }


def test_it_works(ocrsite: ModuleType) -> None:
    call = ocrsite.verify_webhook(SECRET, signed(), BODY.encode())
    assert call == {"type": "job.succeeded", "data": {"job": "7"}}


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        (dict, "The call carries no signature."),
        (
            lambda: {**signed(), "Webhook-Timestamp": "now"},
            "The call carries no signature.",
        ),
        (lambda: signed("another"), "The signature is not that of the secret."),
        (
            lambda: {**signed(), "Webhook-Id": "2"},
            "The signature is not that of the secret.",
        ),
        (
            lambda: signed(ago=timedelta(minutes=6)),
            "The call is too old, or the clocks differ.",
        ),
        (
            lambda: signed(ago=timedelta(minutes=-6)),
            "The call is too old, or the clocks differ.",
        ),
    ],
)
def test_it_refuses(
    ocrsite: ModuleType, headers: Callable[[], dict[str, str]], reason: str
) -> None:
    with pytest.raises(ocrsite.OcrsiteError) as refusal:
        ocrsite.verify_webhook(SECRET, headers(), BODY.encode())
    assert str(refusal.value) == reason
