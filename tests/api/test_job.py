"""GET /api/v1/jobs/{id}/, POST …/cancel/ and …/retry/"""

from __future__ import annotations

import pytest

from documents.models import Job
from documents.services.jobs import create_job
from documents.services.readings import read_next
from engines import register

URL = "/api/v1/jobs/{}/"


def test_it_works(api, alice, document, read_through, django_assert_num_queries):
    job = read_through(document)
    api.force_authenticate(alice)
    with django_assert_num_queries(1):
        response = api.get(URL.format(job.pk))
    assert response.status_code == 200
    answer = response.json()
    assert answer.pop("seconds") > 0
    assert answer == {
        "id": str(job.pk),
        "document": str(document.pk),
        "engine": "fine",
        "languages": ["eng"],
        "template": None,
        "state": "succeeded",
        "options": {},
        "progress": {"done": 1, "total": 1, "failed": 0},
        "cached": False,
        "error": "",
        "notice": "",
        "created": job.created.isoformat().replace("+00:00", "Z"),
        "started": job.started.isoformat().replace("+00:00", "Z"),
        "finished": job.finished.isoformat().replace("+00:00", "Z"),
        "updated": job.updated.isoformat().replace("+00:00", "Z"),
    }


@pytest.mark.parametrize("act", ["", "cancel/", "retry/"])
def test_it_hides_other_peoples_jobs(api, alice, charlie, document, fine, act):
    job = create_job(document, user=alice, engine="fine")
    api.force_authenticate(charlie)
    call = api.post if act else api.get
    assert call(URL.format(job.pk) + act).status_code == 404
    assert Job.objects.get().state == "queued"


def test_cancel(api, alice, document, fine):
    job = create_job(document, user=alice, engine="fine")
    api.force_authenticate(alice)
    response = api.post(URL.format(job.pk) + "cancel/")
    assert response.status_code == 200
    assert response.json()["state"] == "cancelled"
    assert response.json()["progress"] == {"done": 1, "total": 1, "failed": 0}
    assert read_next() is False


def test_cancel_leaves_what_has_ended(api, alice, document, read_through):
    job = read_through(document)
    api.force_authenticate(alice)
    response = api.post(URL.format(job.pk) + "cancel/")
    assert response.status_code == 200
    assert response.json()["state"] == "succeeded"


def test_retry(api, alice, document, fine):
    register("refusing", "tests.fakes.Refusing")
    job = create_job(document, user=alice, engine="refusing")
    while read_next():
        pass
    api.force_authenticate(alice)
    assert api.get(URL.format(job.pk)).json()["error"] == (
        "Page 1: The page is too dark to be read. Scan it again."
    )
    register("refusing", "tests.fakes.Fine")
    response = api.post(URL.format(job.pk) + "retry/")
    assert response.status_code == 202
    assert response["Location"] == URL.format(job.pk)
    assert response.json()["state"] == "queued"
    assert response.json()["error"] == ""
    while read_next():
        pass
    assert api.get(URL.format(job.pk)).json()["state"] == "succeeded"


@pytest.mark.parametrize("act", ["cancel/", "retry/"])
def test_a_viewer_only_looks(api, alice, vera, document, fine, act):
    job = create_job(document, user=alice, engine="fine")
    api.force_authenticate(vera)
    assert api.get(URL.format(job.pk)).status_code == 200
    assert api.post(URL.format(job.pk) + act).status_code == 403
