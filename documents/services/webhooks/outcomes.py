"""What follows from a call: delivered, tried again later, given up, switched off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Webhook, WebhookDelivery
from documents.services.patience import patient
from documents.services.webhooks.events import TEST
from documents.services.webhooks.switching import switch_off

SECOND, MINUTE, HOUR = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
)
# Between one try of a delivery and the next: about a day in all.
BACK_OFF = (
    *(5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE),
    *(HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 8 * HOUR),
)
IN_A_ROW = 5  # failures; from then on, one try at a time for all that waits
LONGEST_HOLD = HOUR  # of a whole webhook, whatever its host asks for
GIVES_UP_AFTER = timedelta(days=1)  # without one success, and after
LEAST_FAILURES = 10
ATTEMPTS_KEPT = 12
GONE = 410
State = WebhookDelivery.State


@patient
@transaction.atomic
def note_success(delivery: WebhookDelivery, attempt: dict[str, Any]) -> None:
    now = timezone.now()
    write(delivery, attempt, state=State.DELIVERED, finished=now)
    Webhook.objects.filter(pk=delivery.webhook_id).update(
        failures=0, failing_since=None, next_try=None, last_success=now
    )


@patient
@transaction.atomic
def note_failure(
    delivery: WebhookDelivery, attempt: dict[str, Any], wish: timedelta
) -> None:
    """*wish* is how long the host asks to be left alone."""
    now, wish = timezone.now(), min(wish, LONGEST_HOLD)
    tries = delivery.tries + 1
    if tries > len(BACK_OFF) or delivery.event == TEST:
        write(delivery, attempt, state=State.FAILED, finished=now)
    else:
        write(delivery, attempt, next_try=now + max(wish, BACK_OFF[tries - 1]))
    hook = Webhook.objects.select_for_update().get(pk=delivery.webhook_id)
    count_failure(hook, now, wish)
    if attempt["status"] == GONE:
        switch_off(hook, trouble=_("The address said that it is gone (410)."))
    elif is_dead(hook, now):
        reason = _("For more than a day, no call was answered with success.")
        switch_off(hook, trouble=reason)


def write(delivery: WebhookDelivery, attempt: dict[str, Any], **columns: Any) -> None:
    """Store the outcome, unless another worker was faster with one."""
    same = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=State.WAITING, tries=delivery.tries
    )
    attempts = [*delivery.attempts, attempt][-ATTEMPTS_KEPT:]
    same.update(tries=delivery.tries + 1, attempts=attempts, **columns)


def count_failure(hook: Webhook, now: datetime, wish: timedelta) -> None:
    """One more in a row: the more there are, the longer all have to wait."""
    hook.failures += 1
    hook.failing_since = hook.failing_since or now
    hold = wish
    if hook.failures >= IN_A_ROW:
        step = min(hook.failures - IN_A_ROW, len(BACK_OFF) - 1)
        hold = min(max(wish, BACK_OFF[step]), LONGEST_HOLD)
    hook.next_try = now + hold if hold else None
    hook.save(update_fields=["failures", "failing_since", "next_try", "updated"])


def is_dead(hook: Webhook, now: datetime) -> bool:
    long_ago = now - GIVES_UP_AFTER
    return hook.failures >= LEAST_FAILURES and hook.failing_since <= long_ago
