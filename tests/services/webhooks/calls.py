"""What tests of webhooks do, and what they ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F

from documents.models import Webhook, WebhookDelivery, Workspace
from documents.services.webhooks import emit, go_on

SURE = {"number": "A-1", "date": "2021-12-27", "total": "12.00"}
DOUBTED = {**SURE, "total": ("12.00", "doubtful")}


def told() -> list[tuple[str, dict[str, Any]]]:
    """What was emitted, in its order."""
    rows = WebhookDelivery.objects.order_by("created")
    return [(row.event, row.payload["data"]) for row in rows]


def happen(workspace: Workspace, times: int = 1) -> None:
    for number in range(times):
        emit(workspace, "job.failed", {"number": number})


def call(hook: Webhook, first: WebhookDelivery | None = None) -> None:
    """A worker's moment for *hook*, which is fresh afterwards."""
    question = {"webhook": str(hook.pk)}
    go_on(hook.workspace, {**question, **({"first": str(first.pk)} if first else {})})
    hook.refresh_from_db()


def wait(hook: Webhook, time: timedelta) -> None:
    """*time* goes by."""
    Webhook.objects.filter(pk=hook.pk).update(
        next_try=F("next_try") - time, failing_since=F("failing_since") - time
    )
    hook.deliveries.update(next_try=F("next_try") - time)
    hook.refresh_from_db()


def states() -> list[str]:
    rows = WebhookDelivery.objects.order_by("created")
    return list(rows.values_list("state", flat=True))
