"""The document for receivers tells the truth about what is sent."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import resolve
from django.utils import timezone

from documents.models import (
    Document,
    Job,
    RoiTemplate,
    Source,
    SourceItem,
    Webhook,
    WebhookDelivery,
    Workspace,
)
from documents.services.sources.ending import tell
from documents.services.webhooks import events
from engines import CAUSES
from tests.services.extracted import one_record
from tests.services.webhooks.calls import DOUBTED, told
from tests.services.webhooks.receiver import DOCUMENT

pytestmark = pytest.mark.usefixtures("cpu")


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


def test_each_cause_is_in_the_document() -> None:
    for cause in CAUSES:
        assert f"`{cause}`" in DOCUMENT.read_text()
