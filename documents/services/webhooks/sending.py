"""Calls are made: one webhook at a time, by one worker at a time.

The lease, ``busy_until``, keeps others away meanwhile; what a worker leaves behind that
dies is called again by the next one, so that each delivery is made at least once.
"""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Webhook, WebhookDelivery, Workspace
from documents.services.fetching.errors import FetchError
from documents.services.fetching.posting import Answer, Caller
from documents.services.patience import patient
from documents.services.sealing import CannotSeal
from documents.services.webhooks.keeping import attempt
from documents.services.webhooks.outcomes import note_failure, note_success
from documents.services.webhooks.signing import headers
from documents.services.webhooks.waking import wake

MOMENT = 5.0  # seconds that a worker takes for one webhook at a time
SPARE = 10  # seconds of the lease for all that is no call
State = WebhookDelivery.State


def go_on(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    """Call one webhook for a moment (in a worker)."""
    hook = claimed(question["webhook"])
    if hook is None:
        return {}
    try:
        call_for_a_moment(hook, question.get("first"))
    finally:
        release(hook)
    # Only now: what was emitted meanwhile has woken nobody.
    due = Webhook.objects.due(timezone.now()).select_related("workspace")
    if hook := due.filter(pk=hook.pk).first():
        wake(hook)
    return {}


@patient
def claimed(key: str) -> Webhook | None:
    """The webhook, now this worker's; None where another one calls it already."""
    now = timezone.now()
    at_rest = Q(busy_until=None) | Q(busy_until__lt=now)
    lease = now + timedelta(seconds=MOMENT + settings.WEBHOOK_SECONDS + SPARE)
    free = Webhook.objects.filter(at_rest, pk=key, active=True)
    if not free.update(busy_until=lease):
        return None
    return Webhook.objects.select_related("workspace").get(pk=key)


@patient
def release(hook: Webhook) -> None:
    held = Webhook.objects.filter(pk=hook.pk, busy_until=hook.busy_until)
    held.update(busy_until=None)


def call_for_a_moment(hook: Webhook, first: str | None) -> None:
    end = time.monotonic() + MOMENT
    row = asked_for(hook, first) or next_of(hook)
    with Caller(
        hook.url,
        seconds=settings.WEBHOOK_SECONDS,
        allowed=settings.FETCH_ALLOWED_NETWORKS,
    ) as caller:
        while row and row.webhook.url == hook.url:
            deliver(caller, row)
            row = next_of(hook) if time.monotonic() < end else None


@patient
def asked_for(hook: Webhook, key: str | None) -> WebhookDelivery | None:
    """What somebody waits for, whether or not it is due."""
    if key is None:
        return None
    rows = hook.deliveries.filter(state=State.WAITING, webhook__active=True)
    return rows.filter(pk=key).select_related("webhook").first()


@patient
def next_of(hook: Webhook) -> WebhookDelivery | None:
    """What waits for the longest time."""
    now = timezone.now()
    not_held = Q(webhook__next_try=None) | Q(webhook__next_try__lte=now)
    rows = hook.deliveries.due(now).filter(not_held, webhook__active=True)
    return rows.order_by("next_try", "created").select_related("webhook").first()


def deliver(caller: Caller, row: WebhookDelivery) -> None:
    """Make one call, and keep what came of it."""
    now, begun = timezone.now(), time.monotonic()
    body = json.dumps(row.payload, separators=(",", ":"), ensure_ascii=False).encode()
    try:
        signed = headers(row.webhook, str(row.pk), body, now)
        answer = caller.post(body, signed)
        said = {"status": answer.status, "answer": answer.text}
        error = "" if answer.is_success else refusal(answer)
        wish = answer.retry_after(now)
    except (FetchError, CannotSeal) as failure:
        said, error, wish = {}, str(failure), timedelta()
    made = attempt(now, error=error, seconds=time.monotonic() - begun, **said)
    if error:
        note_failure(row, made, wish)
    else:
        note_success(row, made)


def refusal(answer: Answer) -> str:
    if answer.is_redirect:
        words = _("It leads on to another address, which is not followed (%(status)d).")
    else:
        words = _("It was answered with %(status)d, which is no success.")
    return words % {"status": answer.status}
