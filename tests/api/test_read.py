"""POST /api/v1/read/"""

from __future__ import annotations

import threading
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from documents.models import Document, Job
from documents.services.readings import read_next
from tests.api.conftest import error, put

URL = "/api/v1/read/"


def test_it_works(api, alice, workspace, picture, read_through):
    """A page that was read before is answered at once: no engine, no waiting."""
    job = read_through(put(workspace, picture()))
    api.force_authenticate(alice)
    wish = {"file": picture(), "engine": "fine"}
    response = api.post(f"{URL}?wait=0", wish, format="multipart")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    again = Job.objects.exclude(pk=job.pk).get()
    assert again.cached
    assert response["Location"] == f"/api/v1/jobs/{again.pk}/"
    known = api.get(f"/api/v1/jobs/{job.pk}/result/").json()
    assert response.json() == {**known, "job": str(again.pk)}


def test_plain_text(api, alice, workspace, picture, read_through):
    read_through(put(workspace, picture()))
    api.force_authenticate(alice)
    wish = {"file": picture(), "engine": "fine"}
    response = api.post(f"{URL}?as=txt", wish, format="multipart")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content == b"Total 12.50\n"


def test_what_takes_longer_is_answered_with_the_job(api, alice, picture, fine):
    api.force_authenticate(alice)
    wish = {"file": picture(), "engine": "fine", "languages": ["eng", "ara"]}
    response = api.post(f"{URL}?wait=0", wish, format="multipart")
    assert response.status_code == 202
    job = Job.objects.get()
    assert response["Location"] == f"/api/v1/jobs/{job.pk}/"
    assert response["Retry-After"] == "1"
    assert response.json() == api.get(response["Location"]).json()
    assert job.languages == ["eng", "ara"]
    assert job.document.source == "api"


@pytest.mark.django_db(transaction=True)
def test_it_waits_for_a_worker(api, alice, picture, fine):
    worker = threading.Thread(target=read_one)
    worker.start()
    api.force_authenticate(alice)
    wish = {"file": picture(), "engine": "fine"}
    response = api.post(f"{URL}?as=txt&wait=60", wish, format="multipart")
    worker.join()
    assert response.status_code == 200
    assert response.content == b"Total 12.50\n"
    assert Job.objects.get().cached is False


def read_one() -> None:
    """A worker that finds its page within a minute."""
    end = time.monotonic() + 60
    while not read_next() and time.monotonic() < end:
        time.sleep(0.02)
    connection.close()


def test_when_too_many_wait_it_does_not(api, alice, picture, fine, nobody_may_wait):
    api.force_authenticate(alice)
    wish = {"file": picture(), "engine": "fine"}
    response = api.post(f"{URL}?wait=120", wish, format="multipart")
    assert response.status_code == 202
    assert response.json()["state"] == "queued"
    assert nobody_may_wait == 8  # half of 16 threads


@pytest.mark.parametrize(
    ("query", "attr"),
    [("wait=121", "wait"), ("wait=-1", "wait"), ("wait=x", "wait"), ("as=x", "as")],
)
def test_it_rejects_what_makes_no_sense(api, alice, picture, query, attr):
    api.force_authenticate(alice)
    response = api.post(f"{URL}?{query}", {"file": picture()}, format="multipart")
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == [attr]
    assert Document.objects.count() == 0


def test_a_bad_file_is_refused(api, alice):
    api.force_authenticate(alice)
    wish = {"file": SimpleUploadedFile("scan.png", b"")}
    response = api.post(URL, wish, format="multipart")
    assert response.status_code == 400
    reason = "The file is empty. Choose another one."
    assert response.json() == error(reason, "empty_file")
    assert Job.objects.count() == 0


def test_it_hides_other_peoples_workspaces(api, charlie, workspace, picture):
    api.force_authenticate(charlie)
    wish = {"file": picture(), "workspace": workspace.pk}
    response = api.post(URL, wish, format="multipart")
    assert response.status_code == 404
    assert Document.objects.count() == 0
