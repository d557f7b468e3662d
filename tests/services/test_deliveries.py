"""Deliveries: made once by a worker, forgotten after a day, gone with the document."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.utils import timezone

from documents.models import Delivery, Document, Errand, Job
from documents.services import errands
from documents.services.deliveries import forget_old, is_there, ordered
from documents.services.documents import purge
from documents.services.errands import Refused, run_next
from documents.services.housekeeping import HOUR
from documents.services.results import ResultNotReady
from documents.services.texts.corrections import correct_line
from tests.made import made_document, made_job
from tests.slides import MEDIA_TYPE, add_slides

BROKEN = "This could not be done. The site's log says why; try something else."


@pytest.fixture(autouse=True)
def slides(monkeypatch: pytest.MonkeyPatch) -> None:
    add_slides(monkeypatch)


@pytest.fixture
def job(alice: User) -> Job:
    return made_job(made_document(alice, name="trip.tiff", pages=2), "ss")


def content(delivery: Delivery) -> str:
    with delivery.file.open("rb") as file:
        return file.read().decode()


def test_it_works(job: Job) -> None:
    delivery = ordered(job, "slides", None, {"background": "white"})
    assert not is_there(delivery, 0)
    assert (delivery.name, delivery.media_type) == ("trip.slides", MEDIA_TYPE)
    assert (delivery.done, delivery.total) == (0, 2)
    assert run_next()
    assert is_there(delivery, 0)
    assert (delivery.done, delivery.total) == (2, 2)
    size = job.document.pages.get(number=1)
    assert content(delivery) == (
        f"trip.tiff {{1: {(size.width, size.height)}, 2: {(size.width, size.height)}}}"
        " white"
    )


def test_a_corrected_job_makes_another_file(alice: User, job: Job) -> None:
    first = ordered(job, "slides", None, {})
    correct_line(job.page_reads.get(number=1), 0, "Corner Shop 2", user=alice)
    job.refresh_from_db()
    again = ordered(job, "slides", None, {})
    assert again != first
    assert ordered(job, "slides", None, {}) == again


def test_the_same_is_made_once(job: Job) -> None:
    first = ordered(job, "slides", None, {})
    assert ordered(job, "slides", None, {}) == first
    assert Errand.objects.count() == 1
    run_next()
    assert ordered(job, "slides", None, {}) == first
    assert Errand.objects.count() == 1
    assert ordered(job, "slides", 2, {}) != first
    assert ordered(job, "slides", None, {"background": "white"}) != first


def test_another_answer_is_another_file(job: Job) -> None:
    first = ordered(job, "slides", None, {})
    job.save()
    assert ordered(job, "slides", None, {}) != first


def test_what_failed_tells_why_and_is_tried_anew(job: Job) -> None:
    delivery = ordered(job, "slides", None, {"layout": True})
    run_next()
    with pytest.raises(Refused, match=r"There is no picture of page 1\."):
        is_there(delivery, 0)
    again = ordered(job, "slides", None, {"layout": True})
    assert again == delivery
    assert not again.error


def test_a_job_that_still_runs_has_none(alice: User) -> None:
    with pytest.raises(ResultNotReady):
        ordered(made_job(made_document(alice), "q"), "slides", None, {})
    assert not Delivery.objects.exists()


def test_nothing_is_made_of_a_document_in_the_trash(job: Job) -> None:
    ordered(job, "slides", None, {})
    Document.objects.update(trashed=timezone.now())
    run_next()
    errand = Errand.objects.get()
    assert (errand.state, errand.error) == (
        "failed",
        "The document was deleted meanwhile.",
    )


def test_it_goes_with_its_document(
    job: Job, django_capture_on_commit_callbacks: object
) -> None:
    delivery = ordered(job, "slides", None, {})
    run_next()
    assert is_there(delivery, 0)
    with django_capture_on_commit_callbacks(execute=True):
        purge(job.document)
    assert not Delivery.objects.exists()
    assert not default_storage.exists(delivery.file.name)


def test_it_goes_after_a_day(
    job: Job, django_capture_on_commit_callbacks: object
) -> None:
    old, young = (ordered(job, "slides", n, {}) for n in (1, 2))
    while run_next():
        pass
    assert is_there(old, 0)
    yesterday = timezone.now() - timedelta(days=1, seconds=HOUR)
    Delivery.objects.filter(pk=old.pk).update(created=yesterday)
    with django_capture_on_commit_callbacks(execute=True):
        forget_old()
    assert list(Delivery.objects.all()) == [young]
    assert not default_storage.exists(old.file.name)


def test_the_slower_of_two_workers_leaves_nothing(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = ordered(job, "slides", None, {})
    monkeypatch.setattr("documents.services.deliveries.keeping.kept", lambda _: False)
    run_next()
    assert not Delivery.objects.get().file
    assert default_storage.listdir("deliveries") == ([], [])
    assert errands.Errand.objects.get().state == "done"
    assert not is_there(delivery, 0)
