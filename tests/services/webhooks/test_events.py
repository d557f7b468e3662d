"""What is told: of jobs, to whom, and when."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from documents.models import (
    Document,
    Errand,
    Record,
    RoiTemplate,
    Webhook,
    WebhookDelivery,
    Workspace,
)
from documents.services.closing import close
from documents.services.documents import purge_documents
from documents.services.jobs import cancel_job, create_job, retry_job
from documents.services.queue import claim, fail
from documents.services.webhooks import emit
from tests.services.conftest import read_all
from tests.services.extracted import laid_over, one_record, read_as, unlike
from tests.services.webhooks.calls import DOUBTED, SURE, told

pytestmark = pytest.mark.usefixtures("cpu")


def test_it_works(hook: Webhook, alice: User, document: Document) -> None:
    job = create_job(document, user=alice)
    read_all()
    row = WebhookDelivery.objects.get()
    assert (row.webhook, row.event, row.state, row.tries) == (
        hook,
        "job.succeeded",
        "waiting",
        0,
    )
    assert row.payload == {
        "id": str(row.pk),
        "type": "job.succeeded",
        "timestamp": row.next_try.isoformat().replace("+00:00", "Z"),
        "workspace": str(document.workspace_id),
        "data": {
            "job": str(job.pk),
            "state": "succeeded",
            "error": "",
            "cached": False,
            "document": str(document.pk),
            "batch": None,
            "external_id": "",
            "links": {
                "job": f"/api/v1/jobs/{job.pk}/",
                "result": f"/api/v1/jobs/{job.pk}/result/",
                "page": f"/documents/{document.pk}/",
            },
        },
    }


def test_a_job_answered_from_earlier_readings(
    hook: Webhook, alice: User, document: Document
) -> None:
    create_job(document, user=alice)
    read_all()
    again = create_job(document, user=alice)
    event, data = told()[1]
    assert (event, data["job"], data["cached"]) == (
        "job.succeeded",
        str(again.pk),
        True,
    )


def test_a_job_that_fails_and_is_retried(
    hook: Webhook, alice: User, document: Document, settings
) -> None:
    settings.MAX_ATTEMPTS = 1
    job = create_job(document, user=alice)
    fail(claim(), "It cannot be read.")
    close(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    retry_job(job)
    read_all()
    assert [(e, d["state"], d["error"]) for e, d in told()] == [
        ("job.failed", "failed", "Page 1: It cannot be read."),
        ("job.succeeded", "succeeded", ""),
    ]


def test_of_a_cancelled_job_nothing_is_told(
    hook: Webhook, alice: User, document: Document
) -> None:
    cancel_job(create_job(document, user=alice))
    assert told() == []


def test_a_job_whose_layout_is_not_found(hook: Webhook, document: Document) -> None:
    read_as(document, [unlike()])
    assert [(event, data["state"]) for event, data in told()] == [
        ("job.succeeded", "needs_template")
    ]


def test_a_job_whose_records_cannot_be_made(
    hook: Webhook, document: Document, layout: RoiTemplate, caplog
) -> None:
    """No record can be made of fields without a name."""
    broken = laid_over(layout, SURE)
    del broken["fields"][0]["name"]
    read_as(document, [broken], template=layout)
    event, data = told()[0]
    assert (event, data["state"]) == ("job.failed", "failed")
    assert data["error"].startswith("The fields were read, but no record")


def test_who_does_not_listen_hears_nothing(
    hook: Webhook, workspace: Workspace, charlie: User, django_assert_num_queries
) -> None:
    Webhook.objects.update(events=["job.failed"])
    with django_assert_num_queries(1):
        emit(workspace, "job.succeeded", {})
    with django_assert_num_queries(1):
        emit(charlie.personal_workspace, "job.failed", {})
    Webhook.objects.update(active=False)
    with django_assert_num_queries(1):
        emit(workspace, "job.failed", {})
    assert told() == []


def test_what_is_rolled_back_is_not_told(
    hook: Webhook, workspace: Workspace, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        emit(workspace, "job.failed", {})
        transaction.set_rollback(True)
    assert (told(), callbacks) == ([], [])


def test_workers_are_woken_once(
    hook: Webhook, workspace: Workspace, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(3):
            emit(workspace, "job.failed", {})
    errand = Errand.objects.get()
    assert (errand.kind, errand.engine_class, errand.question) == (
        "webhook",
        "network",
        {"webhook": str(hook.pk)},
    )


def test_a_record_without_a_document_tells_nothing_wrong(
    hook: Webhook, document: Document, layout: RoiTemplate
) -> None:
    """Deliveries live on when what they tell of is deleted."""
    one_record(document, layout, **DOUBTED)
    purge_documents(Document.objects.all())
    assert Record.objects.count() == 0
    assert WebhookDelivery.objects.count() == 2
