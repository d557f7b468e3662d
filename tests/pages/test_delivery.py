"""GET /deliveries/<id>/ and …/file/: a download that takes a worker."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Delivery, Job
from documents.services.errands import run_next
from documents.views import deliveries
from tests.made import made_document, made_job
from tests.slides import MEDIA_TYPE, add_slides

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def slides(monkeypatch: pytest.MonkeyPatch) -> None:
    add_slides(monkeypatch)
    monkeypatch.setattr(deliveries, "MOMENT", 0)


@pytest.fixture
def job(alice: User) -> Job:
    return made_job(made_document(alice, name="trip.tiff", pages=2), "ss")


def begun(client: Client, job: Job, **wishes: str) -> str:
    """The address that a download leads to."""
    response = client.get(f"/jobs/{job.pk}/result/", {"as": "slides", **wishes})
    assert response.status_code == 302
    address: str = response.url
    return address


def test_it_works(as_alice: Client, job: Job) -> None:
    address = begun(as_alice, job)
    delivery = Delivery.objects.get()
    assert address == f"/deliveries/{delivery.pk}/"
    waiting = as_alice.get(address).content.decode()
    assert "0 of 2 pages" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    run_next()
    part = as_alice.get(address, headers=HTMX).content.decode()
    assert part.strip().startswith('<div id="delivery"')
    assert "hx-trigger" not in part
    assert f"{address}file/" in part
    file = as_alice.get(f"{address}file/")
    assert file["Content-Type"] == MEDIA_TYPE
    assert file["Content-Disposition"] == 'attachment; filename="trip.slides"'
    assert b"".join(file.streaming_content).startswith(b"trip.tiff")
    assert begun(as_alice, job) == f"{address}file/"


def test_a_failure_is_told(as_alice: Client, job: Job) -> None:
    address = begun(as_alice, job, layout="true")
    run_next()
    shown = as_alice.get(address).content.decode()
    assert "The file could not be made" in shown
    assert "There is no picture of page 1." in shown
    assert "hx-trigger" not in shown


def test_a_file_that_is_not_there_yet_is_waited_for(as_alice: Client, job: Job) -> None:
    address = begun(as_alice, job)
    response = as_alice.get(f"{address}file/")
    assert (response.status_code, response.url) == (302, address)


def test_a_stranger_finds_nothing(
    as_alice: Client, as_charlie: Client, job: Job
) -> None:
    address = begun(as_alice, job)
    run_next()
    for door in (address, f"{address}file/"):
        assert as_charlie.get(door).status_code == 404
    gone = "/deliveries/00000000-0000-4000-8000-000000000000/"
    assert as_alice.get(gone).status_code == 404
