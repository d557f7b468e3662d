"""GET /deliveries/, <id>/ and <id>/file/, POST <id>/cancel/: what takes a worker."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from documents.models import Delivery, Job
from documents.models.people import Role
from documents.services.deliveries import pieces
from documents.services.errands import run_next
from documents.views import deliveries
from tests.made import made_document, made_job
from tests.pages.saying import says
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


# Archives


@pytest.fixture
def archive(as_alice: Client, alice: User, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of one of two documents, a piece each."""
    monkeypatch.setattr(pieces, "MOMENT", 0)
    for name in "ab":
        made_job(made_document(alice, name=f"{name}.png"))
    response = as_alice.post("/history/act/", {"take": "as=txt", "all": "yes"})
    return str(response.url)


def test_an_archive_on_its_way(as_alice: Client, archive: str) -> None:
    name = Delivery.objects.get().name
    made = f"{name} is being made:"
    assert says(as_alice.get(archive), "empty") == [
        "The file is being made 0 of 2 documents "
        "You may leave this page: the history leads back to it. Cancel"
    ]
    assert says(as_alice.get("/history/"), "archive") == [
        f"{made} 0 of 2 documents Look"
    ]
    run_next()
    line = as_alice.get("/deliveries/", headers=HTMX)
    assert says(line, "archive") == [f"{made} 1 of 2 documents Look"]
    assert 'hx-trigger="every 3s"' in line.content.decode()
    while run_next():
        pass
    line = as_alice.get("/deliveries/", headers=HTMX)
    assert says(line, "archive") == [f"{name} is ready. Download · More"]
    assert "hx-trigger" not in line.content.decode()
    size = Delivery.objects.get().file.size
    assert says(as_alice.get(archive), "empty") == [
        f"The file is ready 2 documents, {size} bytes. It stays here for a day. "
        "Download Have it here no longer"
    ]


def test_an_archive_that_failed(as_alice: Client, archive: str) -> None:
    delivery = Delivery.objects.get()
    delivery.errand.state, delivery.errand.error = "failed", "It is too large."
    delivery.errand.save()
    assert says(as_alice.get("/history/"), "archive") == [
        f"{delivery.name} could not be made. See why"
    ]
    assert says(as_alice.get(archive), "empty") == [
        "The file could not be made It is too large."
    ]


def test_an_archive_is_cancelled(as_alice: Client, archive: str) -> None:
    run_next()
    response = as_alice.post(f"{archive}cancel/")
    assert response.url == "/history/"
    assert not Delivery.objects.exists()
    assert says(as_alice.get("/history/"), "archive") == []
    assert as_alice.get(archive).status_code == 404
    assert as_alice.post(f"{archive}cancel/").status_code == 404


def test_an_archive_is_its_askers_alone(
    archive: str, as_vera: Client, as_charlie: Client
) -> None:
    for client in (as_vera, as_charlie):
        assert client.get(archive).status_code == 404
        assert client.get(f"{archive}file/").status_code == 404
        assert client.post(f"{archive}cancel/").status_code == 404
        assert says(client.get("/deliveries/"), "archive") == []
    assert Delivery.objects.exists()


def test_who_has_left_the_workspace_finds_nothing(as_vera: Client, job: Job) -> None:
    address = as_vera.post("/history/act/", {"take": "as=txt", "all": "yes"}).url
    assert as_vera.get(address).status_code == 200
    job.workspace.memberships.filter(role=Role.VIEWER).delete()
    assert as_vera.get(address).status_code == 404


def test_the_file_of_a_job_is_not_cancelled(as_alice: Client, job: Job) -> None:
    address = begun(as_alice, job)
    assert as_alice.post(f"{address}cancel/").status_code == 404
    assert Delivery.objects.exists()


def test_without_a_user_it_asks_for_one(client: Client, db: None) -> None:
    assert client.get("/deliveries/").url == "/accounts/login/?next=/deliveries/"
