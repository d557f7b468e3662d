"""Workers hear of webhooks for which something waits."""

from __future__ import annotations

from django.utils import timezone

from documents.models import Errand, Webhook, WebhookDelivery
from documents.services import errands
from documents.services.webhooks.keeping import end_overflowing

KIND = "webhook"


def start_due() -> int:
    """Have workers call the webhooks for which something waits; say how many."""
    end_overflowing()
    due = Webhook.objects.due(timezone.now()).select_related("workspace")
    return sum(map(wake, due))


def wake(hook: Webhook, first: WebhookDelivery | None = None) -> bool:
    """Have a worker call *hook*, unless one is about to, or it is too early.

    What somebody waits for goes *first*, and before its time.
    """
    question = {"webhook": str(hook.pk)}
    if first:
        question["first"] = str(first.pk)
    elif hook.next_try and hook.next_try > timezone.now():
        return False
    waiting = Errand.objects.filter(kind=KIND, state=Errand.State.WAITING)
    if waiting.filter(question=question).exists():
        return False
    errands.put(hook.workspace, KIND, question)
    return True
