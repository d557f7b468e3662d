"""What can be heard of, and in which words: ids, states, sentences and links.

Never what was read: a receiver fetches that with a key of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Field, Job, Record, Webhook, WebhookDelivery, Workspace
from documents.models.jobs import State
from documents.services.webhooks.waking import wake

EVENTS = {
    "job.succeeded": _("A document was read."),
    "job.failed": _("A document could not be read."),
    "field.needs_review": _("A value waits for someone to look at it."),
    "source.failed": _("A source could not be visited."),
}
TEST = "webhook.test"
ENDINGS = {
    State.SUCCEEDED: "job.succeeded",
    State.NEEDS_TEMPLATE: "job.succeeded",  # read, though none of its fields
    State.FAILED: "job.failed",
}


def emit(workspace: Workspace, event: str, data: dict[str, Any]) -> None:
    """Let *event* be told to the webhooks that want to hear of it.

    Within the transaction in which it happened: what is rolled back is not told.
    """
    emit_all(workspace.pk, event, [data])


def emit_all(workspace: UUID, event: str, happenings: Sequence[dict[str, Any]]) -> None:
    """Where nobody listens, all that this costs is one small query."""
    mine = Webhook.objects.filter(workspace=workspace).select_related("workspace")
    hooks = list(mine.hearing(event))
    if not hooks:
        return
    rows = [delivery(hook, event, data) for data in happenings for hook in hooks]
    with transaction.atomic():
        WebhookDelivery.objects.bulk_create(rows)
        # Workers are other processes: they may only hear of rows that are committed.
        transaction.on_commit(lambda: list(map(wake, hooks)))


def delivery(hook: Webhook, event: str, data: dict[str, Any]) -> WebhookDelivery:
    now = timezone.now()
    row = WebhookDelivery(webhook=hook, event=event, next_try=now)
    row.payload = {
        "id": str(row.pk),
        "type": event,
        "timestamp": now.isoformat().replace("+00:00", "Z"),
        "workspace": str(hook.workspace_id),
        "data": data,
    }
    return row


def tell_of_job(job: Job) -> None:
    """That *job* has ended; of a cancelled one nothing is told."""
    if event := ENDINGS.get(State(job.state)):
        emit_all(job.workspace_id, event, [about_job(job)])


def about_job(job: Job) -> dict[str, Any]:
    document = job.document
    return {
        "job": str(job.pk),
        "state": str(job.state),
        "error": job.error,
        "cached": job.cached,
        "document": str(document.pk),
        "batch": str(document.batch_id) if document.batch_id else None,
        "external_id": document.external_id,
        "links": {
            "job": f"/api/v1/jobs/{job.pk}/",
            "result": f"/api/v1/jobs/{job.pk}/result/",
            "page": f"/documents/{document.pk}/",
        },
    }


def tell_of_doubts(record: Record, fields: Iterable[Field]) -> None:
    """That *fields* of *record* have come to need review."""
    doubts = [about_field(record, field) for field in fields]
    if doubts:
        emit_all(record.workspace_id, "field.needs_review", doubts)


def about_field(record: Record, field: Field) -> dict[str, Any]:
    """The cause says why; the reason, a sentence, may quote what was read."""
    return {
        "field": str(field.pk),
        "name": field.name,
        "state": str(field.state),
        "cause": field.cause,
        "page": field.page,
        "record": str(record.pk),
        "job": str(record.job_id),
        "document": str(record.document_id),
        "links": {
            "field": f"/api/v1/fields/{field.pk}/",
            "record": f"/api/v1/records/{record.pk}/",
            "page": f"/records/{record.pk}/",
        },
    }
