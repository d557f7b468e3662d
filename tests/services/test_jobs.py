"""Jobs: made, answered from what is known, cancelled, read again."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django_q.models import OrmQ

from documents.models import Document, Job, PageRead, Reading
from documents.models.jobs import Lane, State
from documents.services.jobs import cancel_job, create_job, retry_job
from documents.services.queue import claim, store
from documents.services.readings import read_next
from documents.services.results import job_result
from engines import EngineUnavailable
from engines import Page as EnginePage
from tests.services.conftest import MakeDocument, read_all


def states(job: Job) -> list[str]:
    return list(job.page_reads.values_list("state", flat=True))


def test_it_works(alice: User, document: Document) -> None:
    job = create_job(document, user=alice)
    assert (job.state, states(job)) == (State.QUEUED, [State.QUEUED])
    read_all()
    job.refresh_from_db()
    assert job.started < job.finished
    assert (job.state, job.error, job.cached) == (State.SUCCEEDED, "", False)
    box = {"left": 1, "top": 2, "right": 30, "bottom": 12}
    line = {
        "text": "Total 12.50",
        "confidence": 0.5,
        "polygon": [[1, 2], [30, 2], [30, 12], [1, 12]],
        "words": [{"text": "Total", "box": box, "confidence": 0.5}],
    }
    page = {"number": 1, "width": 60, "height": 40, "text": "Total 12.50"}
    more = {"engine": "fine", "notes": [], "lines": [line]}
    assert job_result(job) == {
        "job": str(job.pk),
        "engine": "fine",
        "pages": [page | more],
    }


def test_workers_hear_of_it_on_commit(
    alice: User, make_document: MakeDocument, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        create_job(make_document(alice, pages=3), user=alice)
    assert OrmQ.objects.count() == 3


def test_a_long_document_wakes_no_crowd(
    alice: User, make_document: MakeDocument, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        create_job(make_document(alice, pages=40), user=alice)
    assert OrmQ.objects.count() == 16


def test_it_takes_every_wish(alice: User, document: Document) -> None:
    job = create_job(
        document,
        user=alice,
        engine="blank",
        languages=["ara", "eng"],
        preprocess="none",
        prompt="Read all text",
        max_side=0,
        lane=Lane.BULK,
    )
    job.refresh_from_db()
    assert (job.engine, job.languages, job.preprocess) == (
        "blank",
        ["ara", "eng"],
        "none",
    )
    assert (job.prompt, job.max_side, job.lane) == ("Read all text", 0, Lane.BULK)
    assert job.page_reads.get().lane == Lane.BULK


def test_an_unknown_engine_is_refused(alice: User, document: Document) -> None:
    with pytest.raises(EngineUnavailable, match="There is no engine “magic”"):
        create_job(document, user=alice, engine="magic")
    assert Job.objects.count() == 0


def test_what_is_known_is_not_read_again(alice: User, document: Document) -> None:
    first = create_job(document, user=alice)
    read_all()
    second = create_job(document, user=alice)
    assert (second.state, second.cached) == (State.SUCCEEDED, True)
    assert second.started == second.finished
    assert not read_next()
    assert Reading.objects.count() == 1
    answers = (job_result(Job.objects.get(pk=job.pk)) for job in (first, second))
    assert [answer["pages"][0]["text"] for answer in answers] == ["Total 12.50"] * 2


@pytest.mark.parametrize(
    "other",
    [
        {"engine": "blank"},
        {"languages": ["fra"]},
        {"preprocess": "none"},
        {"prompt": "Describe it"},
        {"max_side": 800},
    ],
)
def test_another_wish_is_read_anew(
    alice: User, document: Document, other: dict[str, object]
) -> None:
    create_job(document, user=alice)
    read_all()
    assert create_job(document, user=alice, **other).state == State.QUEUED
    read_all()
    assert Reading.objects.count() == 2


def test_the_cache_is_not_shared_between_workspaces(
    alice: User, charlie: User, document: Document, make_document: MakeDocument
) -> None:
    create_job(document, user=alice)
    read_all()
    twin = make_document(charlie)
    Document.objects.filter(pk=twin.pk).update(sha256=document.sha256)
    twin.refresh_from_db()
    assert create_job(twin, user=charlie).state == State.QUEUED


def test_only_unknown_pages_are_read(alice: User, make_document: MakeDocument) -> None:
    document = make_document(alice, pages=3)
    create_job(document, user=alice)
    read_all()
    Reading.objects.filter(page_number=2).update(engine_version="0")
    job = create_job(document, user=alice)
    assert (job.state, job.cached) == (State.QUEUED, False)
    assert states(job) == [State.SUCCEEDED, State.QUEUED, State.SUCCEEDED]


def test_a_cancelled_job_keeps_what_was_read(
    alice: User, make_document: MakeDocument
) -> None:
    job = create_job(make_document(alice, pages=3), user=alice)
    read_next()
    cancel_job(job)
    assert job.state == State.CANCELLED
    assert states(job) == [State.SUCCEEDED, State.CANCELLED, State.CANCELLED]
    assert not read_next()
    assert [page["number"] for page in job_result(job)["pages"]] == [1]


def test_a_worker_that_is_late_stores_nothing(alice: User, document: Document) -> None:
    job = create_job(document, user=alice)
    read = claim()
    cancel_job(job)
    assert not store(read, EnginePage(60, 40), 0.1)
    assert (states(job), Reading.objects.count()) == ([State.CANCELLED], 0)


def test_what_is_done_cannot_be_cancelled(alice: User, document: Document) -> None:
    job = create_job(document, user=alice)
    read_all()
    cancel_job(job)
    assert (job.state, states(job)) == (State.SUCCEEDED, [State.SUCCEEDED])


def test_failed_pages_are_read_again(alice: User, make_document: MakeDocument) -> None:
    job = create_job(make_document(alice, pages=2), user=alice, engine="raising")
    read_all()
    kept = job.page_reads.get(number=1)
    kept.state = State.SUCCEEDED
    kept.save()
    retry_job(job)
    assert (job.state, job.error, job.finished) == (State.QUEUED, "", None)
    assert states(job) == [State.SUCCEEDED, State.QUEUED]
    again = PageRead.objects.get(job=job, number=2)
    assert (again.attempt, again.error) == (0, "")


def test_a_job_that_went_well_has_nothing_to_retry(
    alice: User, document: Document
) -> None:
    job = create_job(document, user=alice)
    read_all()
    retry_job(job)
    assert job.state == State.SUCCEEDED
