"""POST /documents/{id}/match/, /roi-templates/{id}/try/ and …/read-again/"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from documents.models import Document, Errand, Job, RoiTemplate
from documents.services.errands import run_next
from documents.services.workspaces import create_workspace
from tests.api.conftest import error, put
from tests.made import encoded, made_document
from tests.made_invoices import printed_invoice
from tests.made_roi import (
    made_definition,
    made_record,
    made_region,
    made_template,
    made_template_job,
    made_version,
)

URL = "/api/v1/roi-templates/"
BOX = {"left": 0.05, "top": 0.05, "right": 0.38, "bottom": 0.085}


@pytest.fixture
def scan(alice) -> Document:
    """A page with enough print on it to be known again."""
    file = SimpleUploadedFile(
        "scan.png", encoded(printed_invoice(), "PNG"), "image/png"
    )
    return put(alice.personal_workspace, file)


@pytest.fixture
def template(alice, scan) -> RoiTemplate:
    region = made_region("supplier", box=BOX)
    return made_template(alice, scan, regions=[region], prepared=False)


@contextmanager
def a_worker() -> Iterator[None]:
    """One that does the first errand it finds within two minutes."""

    def work() -> None:
        end = time.monotonic() + 120
        while not run_next() and time.monotonic() < end:
            time.sleep(0.02)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    yield
    worker.join()


@pytest.mark.django_db(transaction=True)
def test_it_finds_the_template(api, alice, scan, template):
    api.force_authenticate(alice)
    with a_worker():
        response = api.post(f"/api/v1/documents/{scan.pk}/match/?wait=100", {})
    assert response.status_code == 200
    (found,) = response.json()["matches"]
    assert found.pop("score") > 0.9
    assert found == {
        "template": str(template.pk),
        "name": "Corner Shop",
        "version": 1,
        "rung": "features",
        "reason": "",
    }


@pytest.mark.django_db(transaction=True)
def test_where_none_fits(api, alice, scan, template):
    receipt = made_document(alice)
    api.force_authenticate(alice)
    with a_worker():
        response = api.post(f"/api/v1/documents/{receipt.pk}/match/?wait=100", {})
    assert response.status_code == 200
    assert response.json() == {"matches": []}


@pytest.mark.django_db(transaction=True)
def test_it_shows_what_would_be_read(api, alice, scan, template):
    api.force_authenticate(alice)
    with a_worker():
        response = api.post(f"{URL}{template.pk}/try/?wait=100", {"document": scan.pk})
    assert response.status_code == 200
    told = response.json()
    assert told["registration"]["rung"] == "features"
    (field,) = told["fields"]
    assert field.pop("confidence") > 0.8
    assert field.pop("polygon")[0] == [field["box"]["left"], field["box"]["top"]]
    assert field.pop("box")["right"] == pytest.approx(380, abs=5)
    assert field == {
        "name": "supplier",
        "raw": "Corner Shop Limited",
        "value": "Corner Shop Limited",
        "currency": "",
        "cause": "",
        "reason": "",
    }
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_field_is_read_again_in_another_box(api, alice, scan, template):
    job = made_template_job(scan, template)
    record = made_record(template, {"supplier": ("?", 0.2, "doubtful")}, job=job)
    field = record.fields.get()
    api.force_authenticate(alice)
    box = {"left": 380, "top": 118, "right": 50, "bottom": 69}  # corners in any order
    with a_worker():
        response = api.post(f"/api/v1/fields/{field.pk}/reread/", {"box": box})
    assert response.status_code == 200
    told = response.json()
    assert (told["value"], told["read_value"]) == ("Corner Shop Limited",) * 2
    assert told == api.get(f"/api/v1/fields/{field.pk}/").json()
    acts = api.get(f"/api/v1/fields/{field.pk}/history/").json()["results"]
    assert [(one["act"], one["by"], one["before"]) for one in acts] == [
        ("read", "alice", "?")
    ]


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_cannot_do_is_said(api, alice, scan, template):
    template.pages.all().delete()
    api.force_authenticate(alice)
    with a_worker():
        response = api.post(f"{URL}{template.pk}/try/", {"document": scan.pk})
    assert response.status_code == 422
    assert response.json() == error("The layout was deleted.", "refused")


def test_nobody_waits_for_ever(api, alice, scan, template):
    api.force_authenticate(alice)
    response = api.post(f"/api/v1/documents/{scan.pk}/match/?wait=1", {})
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    reason = "No worker has answered in time. Try again in a moment."
    assert response.json()["errors"][0]["detail"] == reason
    assert not Errand.objects.exists()


def test_when_too_many_wait_it_is_said_at_once(api, alice, scan, nobody_may_wait):
    api.force_authenticate(alice)
    response = api.post(f"/api/v1/documents/{scan.pk}/match/?wait=120", {})
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    reason = "Too many requests wait already. Try again in a moment."
    assert response.json()["errors"][0]["detail"] == reason
    assert not Errand.objects.exists()


@pytest.mark.parametrize(
    ("path", "wish", "status", "attr"),
    [
        ("documents/{scan}/match/", {"page": 2}, 404, None),
        ("documents/{scan}/match/", {"page": "x"}, 400, "page"),
        ("documents/{scan}/match/", {"colour": 7}, 400, "colour"),
        ("documents/{scan}/match/?wait=121", {}, 400, "wait"),
        ("roi-templates/{template}/try/", {}, 400, "document"),
        ("roi-templates/{template}/try/", {"document": "7"}, 400, "document"),
        ("roi-templates/{template}/try/", {"document": "{scan}", "page": 2}, 404, None),
    ],
)
def test_it_rejects_what_makes_no_sense(
    api, alice, scan, template, path, wish, status, attr
):
    ids = {"scan": str(scan.pk), "template": str(template.pk)}
    wish = {k: v.format(**ids) if isinstance(v, str) else v for k, v in wish.items()}
    api.force_authenticate(alice)
    response = api.post(f"/api/v1/{path.format(**ids)}", wish)
    assert response.status_code == status
    assert [one["attr"] for one in response.json()["errors"]] == [attr]
    assert not Errand.objects.exists()


def test_a_page_of_another_workspace(api, alice, scan, template):
    other = made_document(alice, workspace=create_workspace(alice, "Accounts"))
    api.force_authenticate(alice)
    response = api.post(f"{URL}{template.pk}/try/", {"document": other.pk})
    assert response.status_code == 400
    reason = "This template belongs to another workspace."
    assert response.json() == error(reason, "invalid", "document")


def test_records_of_older_versions_are_read_again(api, alice, template):
    old, kept = made_record(template), made_record(template, state="approved")
    made_version(template, made_definition(["number"]), number=2)
    made_record(template)
    before = set(Job.objects.values_list("pk", flat=True))
    api.force_authenticate(alice)
    response = api.post(f"{URL}{template.pk}/read-again/")
    assert response.status_code == 202
    assert response.json() == {"records": 1}
    job = Job.objects.exclude(pk__in=before).get()
    assert (job.document, job.template, job.text) == (old.document, template, False)
    assert (job.created_by, job.state, job.lane) == (alice, "queued", 1)
    assert kept.document != job.document


def test_those_that_were_found_by_themselves_are_looked_for_again(api, alice, template):
    record = made_record(template)
    Job.objects.filter(pk=record.job_id).update(any_template=True, template=None)
    made_version(template, made_definition(["number"]), number=2)
    api.force_authenticate(alice)
    api.post(f"{URL}{template.pk}/read-again/")
    job = Job.objects.exclude(pk=record.job_id).get()
    assert (job.any_template, job.template, job.text) == (True, None, False)


def test_it_hides_other_peoples(api, charlie, scan, template):
    mine = made_document(charlie)
    api.force_authenticate(charlie)
    assert api.post(f"/api/v1/documents/{scan.pk}/match/", {}).status_code == 404
    for act in ("try", "read-again"):
        wish = {"document": mine.pk} if act == "try" else {}
        assert api.post(f"{URL}{template.pk}/{act}/", wish).status_code == 404
    assert not Errand.objects.exists()
