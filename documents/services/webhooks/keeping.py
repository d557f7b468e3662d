"""How long deliveries are kept, and how many may wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import WebhookDelivery

MOST_WAITING = 10_000  # of one webhook
State = WebhookDelivery.State


def attempt(
    now: datetime,
    *,
    status: int | None = None,
    answer: str = "",
    error: str = "",
    seconds: float = 0.0,
) -> dict[str, Any]:
    """What a delivery keeps of a call, or why there was none."""
    return {
        "at": now.isoformat().replace("+00:00", "Z"),
        "status": status,
        "answer": answer,
        "error": error,
        "seconds": round(seconds, 3),
    }


@transaction.atomic
def give_up(waiting: QuerySet[WebhookDelivery], reason: str) -> int:
    """End those of *waiting*; the ones that were tried tell their own story."""
    now = timezone.now()
    waiting = waiting.filter(state=State.WAITING).order_by()
    waiting.filter(tries=0).update(attempts=[attempt(now, error=reason)])
    return waiting.update(state=State.FAILED, finished=now)


def end_overflowing() -> None:
    """Of what waits for one webhook, give up the oldest beyond MOST_WAITING."""
    waiting = WebhookDelivery.objects.filter(state=State.WAITING).order_by()
    counts = waiting.values("webhook").annotate(count=Count("pk"))
    for found in counts.filter(count__gt=MOST_WAITING):
        mine = waiting.filter(webhook=found["webhook"])
        newest = mine.order_by("-created", "-pk")
        last_kept = newest[MOST_WAITING - 1]
        give_up(mine.filter(created__lt=last_kept.created), overflowing())


def overflowing() -> str:
    reason = _("More than %(most)d calls were waiting: the oldest are not made.")
    return reason % {"most": MOST_WAITING}


def forget_old() -> None:
    """Remove what ended more than WEBHOOK_DAYS ago."""
    oldest = timezone.now() - timedelta(days=settings.WEBHOOK_DAYS)
    ended = WebhookDelivery.objects.exclude(state=State.WAITING)
    ended.filter(finished__lt=oldest).delete()
