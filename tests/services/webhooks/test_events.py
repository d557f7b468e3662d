"""What is told: of jobs, of values in doubt; and in the words of the document."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import resolve
from django.utils import timezone

from documents.models import (
    Document,
    Errand,
    Field,
    Job,
    Record,
    RoiTemplate,
    Source,
    SourceItem,
    Webhook,
    WebhookDelivery,
    Workspace,
)
from documents.services.closing import close
from documents.services.documents import purge_documents
from documents.services.fields import correct
from documents.services.jobs import cancel_job, create_job, retry_job
from documents.services.queue import claim, fail
from documents.services.records import split
from documents.services.rereading import write
from documents.services.sources.ending import tell
from documents.services.webhooks import emit, events
from engines import FieldReading
from tests.made_roi import made_region, made_template
from tests.services.conftest import MakeDocument, read_all
from tests.services.extracted import laid_over, one_record, read_as, unlike
from tests.services.webhooks.receiver import DOCUMENT

SURE = {"number": "A-1", "date": "2021-12-27", "total": "12.00"}
DOUBTED = {**SURE, "total": ("12.00", "doubtful")}


@pytest.fixture(autouse=True)
def cpu(settings, network: None) -> None:
    """What happens here happens in workers that read."""
    settings.WORKER_CLASS = "cpu"


def told() -> list[tuple[str, dict[str, Any]]]:
    """What was emitted, in its order."""
    rows = WebhookDelivery.objects.order_by("created")
    return [(row.event, row.payload["data"]) for row in rows]


def told_of_fields() -> list[tuple[str, str]]:
    """Which values were told to wait, and why."""
    return [(data["name"], data["cause"]) for event, data in told() if "field" in data]


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


@pytest.fixture
def layout(alice: User) -> RoiTemplate:
    return made_template(alice)


def test_a_value_in_doubt(
    hook: Webhook, document: Document, layout: RoiTemplate
) -> None:
    record = one_record(document, layout, **DOUBTED)
    total = record.fields.get(name="total")
    assert told()[0] == (
        "field.needs_review",
        {
            "field": str(total.pk),
            "name": "total",
            "state": "needs_review",
            "cause": "doubtful",
            "page": 1,
            "record": str(record.pk),
            "job": str(record.job_id),
            "document": str(document.pk),
            "links": {
                "field": f"/api/v1/fields/{total.pk}/",
                "record": f"/api/v1/records/{record.pk}/",
                "page": f"/records/{record.pk}/",
            },
        },
    )
    assert told()[1][0] == "job.succeeded"


def test_another_value_changes_and_a_rule_breaks(
    hook: Webhook, alice: User, document: Document
) -> None:
    names = ["date", "due", "number"]
    layout = made_template(alice, regions=names, rules=["date <= due"])
    values = {"date": "2021-12-27", "due": "2022-01-27", "number": ("A", "doubtful")}
    record = one_record(document, layout, **values)
    correct(record.fields.get(name="date"), "2023-01-01", user=alice)
    assert told_of_fields() == [
        ("number", "doubtful"),
        ("due", "rule"),
    ]


def reread(field: Field, value: str, cause: str = "") -> None:
    found = FieldReading(
        name=field.name,
        kind=field.kind,
        page=1,
        raw=value,
        value=value,
        currency="",
        confidence=0.5,
        cause=cause,
        reason=cause,
        polygon=None,
    )
    box = ((0, 0), (9, 0), (9, 9), (0, 9))
    write(field, found, Field(pk=field.pk), box, None)
    field.refresh_from_db()


def test_a_value_that_is_read_anew(
    hook: Webhook, document: Document, layout: RoiTemplate
) -> None:
    number = one_record(document, layout, **SURE).fields.get(name="number")
    steps = ["doubtful", "doubtful", "", "unreadable"]
    for cause in steps:
        reread(number, "A-2", cause)
        assert number.state == ("needs_review" if cause else "auto")
    assert told_of_fields() == [("number", "doubtful"), ("number", "unreadable")]


def test_a_record_is_split(
    hook: Webhook, alice: User, make_document: MakeDocument
) -> None:
    regions = ["number", made_region("total", 1, page=-1)]
    layout = made_template(alice, regions=regions, pages=2)
    pages = [
        laid_over(layout, {"number": "A-1"}),
        laid_over(layout, {"total": "7.00"}, place=2),
    ]
    record = read_as(make_document(alice, pages=2), pages, template=layout).records
    split(record.get(), 2, user=alice)
    assert told_of_fields() == [("total", "unregistered"), ("number", "unregistered")]


def test_nothing_that_was_read_is_told(
    hook: Webhook, alice: User, document: Document
) -> None:
    """Neither values nor the reasons that quote them."""
    names = ["date", "due", "supplier"]
    layout = made_template(alice, regions=names, rules=["date <= due"])
    values = {"date": "2021-12-27", "due": "2020-01-27", "supplier": "Corner Shop"}
    record = one_record(document, layout, **values)
    said = json.dumps([row.payload for row in WebhookDelivery.objects.all()])
    assert len(told_of_fields()) == 2
    for field in record.fields.all():
        assert field.value not in said
        assert not field.reason or field.reason not in said


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


def shape(value: Any) -> Any:
    """What of *value* the document promises: the names, and of what kind they are."""
    if isinstance(value, dict):
        return {name: shape(one) for name, one in value.items()}
    if isinstance(value, str) and value.startswith("/"):
        return resolve(value).view_name
    return type(value).__name__


def promised(event: str) -> dict[str, Any]:
    """The example of *event* in the document."""
    part = re.split(rf"### .*`{event}`.*\n", DOCUMENT.read_text())[1]
    return json.loads(part.split("```json\n")[1].split("```")[0])


def test_the_document_tells_the_truth(
    hook: Webhook, alice: User, document: Document, layout: RoiTemplate
) -> None:
    one_record(document, layout, **DOUBTED)
    job = Job.objects.get()
    for event, data in told():
        assert shape(promised(event)) == shape(data)
    assert shape(promised("job.failed")) == shape(events.about_job(job))
    assert promised("webhook.test").keys() == {"webhook"}
    whole = json.loads(DOCUMENT.read_text().split("```json\n")[1].split("```")[0])
    assert shape(whole) == {
        **shape(WebhookDelivery.objects.first().payload),
        "data": {},
    }


def test_the_document_tells_of_sources(
    hook: Webhook, alice: User, workspace: Workspace
) -> None:
    source = Source.objects.create(workspace=workspace, owner=alice, kind="folder")
    item = SourceItem.objects.create(
        source=source, key="a", name="a.pdf", next_try=timezone.now()
    )
    tell(source, "It is damaged.", item)
    tell(source, "It is not there.")
    (_event, of_item), (event, of_all) = told()
    assert shape(promised("source.failed")) == shape(of_item)
    assert (event, of_all["item"]) == ("source.failed", None)


def test_each_event_is_in_the_document() -> None:
    for event in (*events.EVENTS, events.TEST):
        assert f"`{event}`" in DOCUMENT.read_text()


def test_a_record_without_a_document_tells_nothing_wrong(
    hook: Webhook, document: Document, layout: RoiTemplate
) -> None:
    """Deliveries live on when what they tell of is deleted."""
    one_record(document, layout, **DOUBTED)
    purge_documents(Document.objects.all())
    assert Record.objects.count() == 0
    assert WebhookDelivery.objects.count() == 2
