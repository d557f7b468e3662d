"""Signatures: by the specification, by our own snippet, and against whoever tries."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from documents.models import Webhook
from documents.services.webhooks import rotate_secret
from documents.services.webhooks.signing import headers, new_secret
from tests.services.webhooks.receiver import Verify, snippet

BODY = '{"type":"job.failed","data":{"error":"لا شيء"}}'.encode()
WINDOW = timedelta(minutes=5)


def library(secret: str, headers: dict[str, str], body: bytes) -> None:
    try:
        Verifier(secret).verify(body, headers)
    except WebhookVerificationError as error:
        raise ValueError(str(error)) from error


verifiers = pytest.mark.parametrize("verify", [snippet(), library])


def signed(hook: Webhook, age: timedelta = timedelta()) -> dict[str, str]:
    return headers(hook, "a-call", BODY, timezone.now() - age)


@verifiers
def test_it_works(hook: Webhook, secret: str, verify: Verify) -> None:
    given = signed(hook)
    assert list(given) == ["webhook-id", "webhook-timestamp", "webhook-signature"]
    verify(secret, given, BODY)


def test_it_is_the_specifications(hook: Webhook, secret: str) -> None:
    now = timezone.now()
    theirs = Verifier(secret).sign("a-call", now, BODY.decode())
    assert headers(hook, "a-call", BODY, now)["webhook-signature"] == theirs


@verifiers
def test_another_secret(hook: Webhook, verify: Verify) -> None:
    with pytest.raises(ValueError, match="signature"):
        verify(new_secret(), signed(hook), BODY)


@verifiers
def test_another_body(hook: Webhook, secret: str, verify: Verify) -> None:
    with pytest.raises(ValueError, match="signature"):
        verify(secret, signed(hook), BODY + b" ")


@verifiers
@pytest.mark.parametrize("age", [1.1 * WINDOW, -1.1 * WINDOW])
def test_beyond_the_replay_window(
    hook: Webhook, secret: str, verify: Verify, age: timedelta
) -> None:
    with pytest.raises(ValueError, match=r"too (old|new)"):
        verify(secret, signed(hook, age), BODY)


@verifiers
def test_within_the_replay_window(hook: Webhook, secret: str, verify: Verify) -> None:
    verify(secret, signed(hook, 0.9 * WINDOW), BODY)


@verifiers
@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp"])
def test_headers_are_signed_too(
    hook: Webhook, secret: str, verify: Verify, name: str
) -> None:
    changed = {"webhook-id": "another", "webhook-timestamp": str(int(time.time()) - 9)}
    with pytest.raises(ValueError, match="signature"):
        verify(secret, {**signed(hook), name: changed[name]}, BODY)


@verifiers
def test_a_new_secret_and_the_one_before(
    hook: Webhook, secret: str, verify: Verify
) -> None:
    fresh = rotate_secret(hook)
    hook.refresh_from_db()
    given = signed(hook)
    assert len(given["webhook-signature"].split()) == 2
    verify(secret, given, BODY)
    verify(fresh, given, BODY)


def test_the_one_before_signs_for_a_day(hook: Webhook, secret: str) -> None:
    fresh = rotate_secret(hook)
    hook.refresh_from_db()
    for hours, secrets in ((23, [fresh, secret]), (25, [fresh])):
        later = timezone.now() + timedelta(hours=hours)
        given = headers(hook, "a-call", BODY, later)["webhook-signature"].split()
        text = BODY.decode()
        assert given == [Verifier(one).sign("a-call", later, text) for one in secrets]


def test_secrets_are_long_and_sealed(hook: Webhook, secret: str) -> None:
    assert secret.startswith("whsec_")
    assert len(secret) == len("whsec_") + 44
    assert secret not in str(Webhook.objects.values().get())
    assert new_secret() != new_secret()
