"""What is told of values that somebody has to look at."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User

from documents.models import (
    Document,
    Field,
    RoiTemplate,
    Webhook,
    WebhookDelivery,
)
from documents.services.fields import correct
from documents.services.records import split
from documents.services.rereading import write
from engines import FieldReading
from tests.made_roi import made_region, made_template
from tests.services.conftest import MakeDocument
from tests.services.extracted import laid_over, one_record, read_as
from tests.services.webhooks.calls import DOUBTED, SURE, told

pytestmark = pytest.mark.usefixtures("cpu")


def told_of_fields() -> list[tuple[str, str]]:
    """Which values were told to wait, and why."""
    return [(data["name"], data["cause"]) for event, data in told() if "field" in data]


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
