"""Whatever is sent to the API, it never fails, and answers as its schema says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, strategies
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from documents.api.throttling import PerCaller
from documents.models import Batch, CodeList, Delivery, Document
from documents.services.deliveries import archive_of_jobs
from documents.services.errands import run_next
from documents.services.keys import create_key
from ocrsite.wsgi import application
from tests.made_roi import made_record, made_template
from tests.made_sources import made_source

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 12  # for each call


def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The site, whose answers are closed, as a server does it."""
    response = application(environ, start_response)
    try:
        return [b"".join(response)]
    finally:
        response.close()


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The test's own transaction outlives each request, as with Django's client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def headers(alice, monkeypatch) -> dict[str, str]:
    monkeypatch.setitem(PerCaller.THROTTLE_RATES, "caller", "100000/min")
    return {"Authorization": f"Bearer {create_key(alice, name='anything')[1]}"}


@pytest.fixture
def ids(document, read_through) -> dict[str, UUID]:
    """Things that are there, by the first word of their addresses."""
    record = made_record(made_template(document.workspace.personal_of, document))
    workspace = document.workspace
    codes = CodeList.objects.create(workspace=workspace, name="codes", values="A")
    return {
        "code-lists": codes.pk,
        "fields": record.fields.first().pk,
        "records": record.pk,
        "roi-templates": record.version.template_id,
        "documents": document.pk,
        "jobs": read_through(document).pk,
        "deliveries": archive(document).pk,
        "sources": made_source(workspace.personal_of).pk,
        "batches": Batch.objects.create(workspace=workspace).pk,
        "workspaces": workspace.pk,
    }


def archive(document: Document) -> Delivery:
    """Made to its end."""
    made = archive_of_jobs(document.workspace.personal_of, document.jobs.all(), "txt")
    while run_next():
        pass
    return made


@pytest.mark.usefixtures("nobody_may_wait", "one_connection")
def test_it_works(headers, ids):
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", site)
    found = [one.ok() for one in schema.get_all_operations()]
    assert len(found) > 30
    for operation in sorted(found, key=lambda one: one.method == "delete"):
        send_anything(operation, headers, ids)


def send_anything(
    operation: Any, headers: dict[str, str], ids: dict[str, UUID]
) -> None:
    noun = operation.path.split("/")[3]

    @given(case=operation.as_strategy(), real=strategies.booleans())
    @hypothesis_settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: schemathesis.Case, real: bool) -> None:
        if real and noun in ids and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = str(ids[noun])
        answer = case.call(headers=headers)
        # Nobody may wait here: what needs a worker's answer says so, by the schema.
        is_too_many = answer.status_code == 503 and "too_many_wait" in answer.text
        checks = CHECKS if is_too_many else [not_a_server_error, *CHECKS]
        case.validate_response(answer, checks=checks)

    send()
