"""Every door of the API, and who gets through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver
from rest_framework.test import APIClient

from documents.api.urls import urlpatterns
from documents.models import Batch, CodeList, Document, Job, Receipt, SavedExport
from documents.models.people import Role
from documents.services.deliveries import archive_of_jobs
from documents.services.jobs import create_job
from documents.services.keys import create_key
from documents.services.webhooks import create_webhook, send_test
from documents.services.workspaces import invite
from tests.made_roi import made_record, made_template
from tests.made_sources import made_connection, made_source

PUBLIC = {"schema", "docs"}
FORMS = {"documents", "read", "vision-results"}


@dataclass(frozen=True)
class Door:
    """A call; *stranger* and *viewer* are the statuses that they get."""

    name: str
    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    stranger: int = 404
    viewer: int = 200
    by_key: bool = True

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def call(self, client: APIClient, ids: dict[str, Any]) -> int:
        body = {
            name: value.format(**ids) if isinstance(value, str) else value
            for name, value in self.body.items()
        }
        if "jobs" in body:
            body["jobs"] = [one.format(**ids) for one in body["jobs"]]
        path = "/api/v1/" + self.path.format(**ids)
        kind = "multipart" if self.name in FORMS else "json"
        response = getattr(client, self.method)(path, body, format=kind)
        response.close()
        return response.status_code


ROLE, NAME = {"role": "viewer"}, {"name": "x"}
IN_HERS = {"workspace": "{workspace}", "file": ""}
MEMBER, INVITED = (
    "workspaces/{workspace}/members/",
    "workspaces/{workspace}/invitations/",
)
ON_HERS = {"document": "{document}"}
OF_HERS = {"jobs": ["{job}"]}
NO_CHOICE, SHOP = {"text_job": None}, {"merchant": "Corner shop"}
BOTH = "?left={job}&right={job}"
DRAWN = {**ON_HERS, **NAME, "regions": []}
COLUMNS = {"workspace": "{workspace}", "fields": [NAME]}
LISTED = {"workspace": "{workspace}", **NAME, "values": ["A"]}
LAYOUT, FIELD = "roi-templates/{template}/", "fields/{field}/"
LINE = "jobs/{job}/pages/1/lines/0/"
HOOK = "webhooks/{webhook}/"
CALLED = {"url": "https://93.184.215.14/", "events": ["job.failed"]}
TOLD = HOOK + "deliveries/{told}/"
SOURCE = "sources/{source}/"
SCANS = {"kind": "fake", "name": "Scans", "settings": {}}
RECORD, THERE = "records/{record}/", "?workspace={workspace}"
DOORS = [
    Door("documents", "get", "documents/", stranger=200),
    # Without a file nothing is uploaded, but only who may upload is told so.
    Door("documents", "post", "documents/", IN_HERS, stranger=400, viewer=400),
    Door("document", "get", "documents/{document}/"),
    Door("document", "delete", "documents/{document}/", viewer=403),
    Door("document", "patch", "documents/{document}/", NO_CHOICE, viewer=403),
    Door("compare", "get", "documents/{document}/compare/" + BOTH, viewer=409),
    Door("page-image", "get", "documents/{document}/pages/1/image/", viewer=202),
    Door("receipt", "get", "documents/{document}/receipt/"),
    Door("receipt", "patch", "documents/{document}/receipt/", SHOP, viewer=403),
    Door("receipts", "get", "receipts/", stranger=200),
    Door("receipts-export", "get", "receipts/export/", stranger=200),
    Door("tags", "get", "tags/", stranger=200),
    Door("batches", "get", "batches/", stranger=200),
    Door("batches", "post", "batches/", {"workspace": "{workspace}"}, viewer=403),
    Door("batch", "get", "batches/{batch}/"),
    Door("jobs", "get", "jobs/", stranger=200),
    Door("jobs", "post", "jobs/", {"document": "{document}"}, viewer=403),
    Door("job", "get", "jobs/{job}/"),
    Door("cancel", "post", "jobs/{job}/cancel/", viewer=403),
    Door("retry", "post", "jobs/{job}/retry/", viewer=403),
    Door("result", "get", "jobs/{job}/result/", viewer=409),
    Door("line", "patch", LINE, {"text": "x"}, viewer=403),
    Door("line-history", "get", LINE + "history/", viewer=409),
    Door("deliveries", "post", "deliveries/", OF_HERS, viewer=202),
    Door("delivery", "get", "deliveries/{delivery}/", viewer=404),
    Door("delivery", "delete", "deliveries/{delivery}/", viewer=404),
    Door("delivery-file", "get", "deliveries/{delivery}/file/", viewer=404),
    Door("vision-results", "post", "vision-results/", IN_HERS, 400, 400),
    Door("read", "post", "read/", IN_HERS, stranger=400, viewer=400),
    Door("job-fields", "get", "jobs/{job}/fields/"),
    Door("roi-templates", "get", "roi-templates/", stranger=200),
    Door("roi-templates", "post", "roi-templates/", DRAWN, viewer=403),
    Door("roi-template", "get", LAYOUT),
    Door("roi-template", "put", LAYOUT, viewer=403),
    Door("roi-template", "patch", LAYOUT, viewer=403),
    Door("roi-template", "delete", LAYOUT, viewer=403),
    Door("export-roi-template", "get", LAYOUT + "export/"),
    Door("import-roi-template", "post", "roi-templates/import/" + THERE, viewer=403),
    Door("try-roi-template", "post", LAYOUT + "try/", ON_HERS, viewer=403),
    Door("read-again", "post", LAYOUT + "read-again/", viewer=403),
    Door("match", "post", "documents/{document}/match/", viewer=403),
    Door("shared-fields", "get", "shared-fields/" + THERE),
    Door("shared-fields", "put", "shared-fields/", COLUMNS, viewer=403),
    Door("code-lists", "get", "code-lists/", stranger=200),
    Door("code-lists", "post", "code-lists/", LISTED, viewer=403),
    Door("code-list", "get", "code-lists/{codes}/"),
    Door("code-list", "patch", "code-lists/{codes}/", viewer=403),
    Door("code-list", "delete", "code-lists/{codes}/", viewer=403),
    Door("fields", "get", "fields/", stranger=200),
    Door("field", "get", FIELD),
    Door("field", "patch", FIELD, {"value": "7"}, viewer=403),
    Door("reread", "post", FIELD + "reread/", viewer=403),
    Door("crop", "get", FIELD + "crop/"),
    Door("history", "get", FIELD + "history/"),
    Door("records", "get", "records/", stranger=200),
    Door("record", "get", RECORD),
    Door("record", "delete", RECORD, viewer=403),
    Door("approve", "post", RECORD + "approve/", viewer=403),
    Door("reopen", "post", RECORD + "reopen/", viewer=403),
    Door("split", "post", RECORD + "split/", {"page": "2"}, viewer=403),
    Door("merge", "post", RECORD + "merge/", viewer=403),
    Door("exports", "get", "exports/?workspace={workspace}"),
    Door("exports", "post", "exports/", {"workspace": "{workspace}"}, viewer=403),
    Door("saved-exports", "get", "saved-exports/", stranger=200),
    Door(
        "saved-exports",
        "post",
        "saved-exports/",
        {"workspace": "{workspace}", "name": "June"},
        viewer=403,
    ),
    Door("saved-export", "get", "saved-exports/{export}/"),
    Door("saved-export", "delete", "saved-exports/{export}/", viewer=403),
    Door("take-saved-export", "post", "saved-exports/{export}/take/", viewer=403),
    Door("connections", "get", "connections/", stranger=200),
    Door("connection", "delete", "connections/{connection}/", viewer=404),
    Door("connection-folders", "get", "connections/{connection}/folders/", viewer=404),
    Door("sources", "get", "sources/", stranger=200),
    Door(
        "sources",
        "post",
        "sources/",
        {"workspace": "{workspace}", **SCANS},
        viewer=403,
    ),
    # Whoever may have a source of their own may try a place: nothing of hers is there.
    Door("try-source", "post", "sources/try/", stranger=400, viewer=400),
    Door("source", "get", SOURCE),
    Door("source", "patch", SOURCE, NAME, viewer=403),
    Door("source", "delete", SOURCE, viewer=403),
    Door("sync-source", "post", SOURCE + "sync/", viewer=403),
    Door("retry-source", "post", SOURCE + "retry/", viewer=403),
    Door("source-runs", "get", SOURCE + "runs/"),
    Door("source-items", "get", SOURCE + "items/"),
    Door("source-kinds", "get", "source-kinds/", stranger=200),
    Door("webhooks", "get", "webhooks/", stranger=200),
    Door(
        "webhooks",
        "post",
        "webhooks/",
        {"workspace": "{workspace}", **CALLED},
        viewer=403,
    ),
    Door("webhook", "get", HOOK),
    Door("webhook", "patch", HOOK, NAME, viewer=403),
    Door("webhook", "delete", HOOK, viewer=403),
    Door("rotate-secret", "post", HOOK + "rotate-secret/", viewer=403),
    Door("test-webhook", "post", HOOK + "test/", viewer=403),
    Door("webhook-deliveries", "get", HOOK + "deliveries/"),
    Door("webhook-delivery", "get", TOLD),
    Door("redeliver", "post", TOLD + "redeliver/", viewer=403),
    Door("engines", "get", "engines/", stranger=200),
    Door("keys", "get", "keys/", stranger=200, by_key=False),
    Door("keys", "post", "keys/", NAME, stranger=201, viewer=201, by_key=False),
    Door("key", "delete", "keys/{key}/", viewer=404, by_key=False),
    Door("workspaces", "get", "workspaces/", stranger=200),
    Door("workspaces", "post", "workspaces/", NAME, stranger=201, viewer=201),
    Door("workspace", "get", "workspaces/{workspace}/"),
    Door("workspace", "patch", "workspaces/{workspace}/", NAME, viewer=403),
    Door("workspace", "delete", "workspaces/{workspace}/", viewer=403),
    Door("members", "get", MEMBER),
    Door("member", "patch", MEMBER + "{alice}/", ROLE, viewer=403),
    Door("member", "delete", MEMBER + "{alice}/", viewer=403),
    Door("invitations", "get", INVITED, viewer=403),
    Door("invitations", "post", INVITED, ROLE, viewer=403),
    Door("invitation", "delete", INVITED + "{invitation}/", viewer=403),
    Door("accept", "post", "invitations/accept/", {"token": "?"}, 409, 409),
    Door("", "get", "nowhere/", viewer=404),
    Door("", "post", "documents", viewer=404),
]
WRITING = [door for door in DOORS if door.method != "get" and door.name]
doors = pytest.mark.parametrize("door", DOORS, ids=str)


@pytest.fixture
def ids(alice: User, document: Document, fine: None) -> dict[str, Any]:
    workspace = document.workspace
    record = made_record(made_template(alice, document))
    codes = CodeList.objects.create(workspace=workspace, name="codes", values="A")
    job = create_job(document, user=alice, engine="fine")
    Receipt.objects.create(workspace=workspace, document=document, job=job)
    archive = archive_of_jobs(alice, Job.objects.filter(pk=job.pk), "txt")
    hook, _secret = create_webhook(workspace, owner=alice, **CALLED)
    return {
        "alice": alice.pk,
        "batch": Batch.objects.create(workspace=workspace).pk,
        "codes": codes.pk,
        "connection": made_connection(alice).pk,
        "delivery": archive.pk,
        "document": document.pk,
        "export": SavedExport.objects.create(workspace=workspace, name="May").pk,
        "field": record.fields.first().pk,
        "invitation": invite(workspace, by=alice, role=Role.VIEWER)[0].pk,
        "job": job.pk,
        "key": create_key(alice, name="till")[0].pk,
        "record": record.pk,
        "template": record.version.template_id,
        "source": made_source(alice).pk,
        "told": send_test(hook).pk,
        "webhook": hook.pk,
        "workspace": workspace.pk,
    }


@doors
def test_strangers(api, charlie, ids, door):
    api.force_authenticate(charlie)
    assert door.call(api, ids) == door.stranger


@doors
def test_viewers(api, vera, ids, door):
    api.force_authenticate(vera)
    assert door.call(api, ids) == door.viewer


@doors
def test_nobody_comes_in_without_credentials(api, ids, door):
    assert door.call(api, ids) == 401


@pytest.mark.parametrize("door", WRITING, ids=str)
def test_a_read_key_cannot_write(as_reader, ids, door):
    assert door.call(as_reader, ids) == 403


@pytest.mark.parametrize("door", [x for x in DOORS if not x.by_key], ids=str)
def test_some_doors_open_to_no_key(alice, ids, door):
    client = APIClient(HTTP_AUTHORIZATION=f"Bearer {create_key(alice, name='x')[1]}")
    assert door.call(client, ids) == 403


def named(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns)
        else:
            yield one.name or ""


def test_no_door_is_forgotten():
    names = set(named(urlpatterns)) - PUBLIC
    assert {door.name for door in DOORS} == names
