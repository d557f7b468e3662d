"""The queue: who is served next, and what a claim is worth."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.utils import timezone
from django_q.models import OrmQ

from documents.models import Document, Job, PageRead, Reading
from documents.models.jobs import Lane, State
from documents.services import patience, readings
from documents.services.closing import close
from documents.services.jobs import create_job
from documents.services.queue import claim, enqueue, lease, store, store_text, take
from documents.services.readings import read_next, read_on
from engines import Page as EnginePage
from tests.services.conftest import MakeDocument


def test_it_works(alice: User, document: Document) -> None:
    job = create_job(document, user=alice)
    before = timezone.now()
    read = claim()
    row = PageRead.objects.get()
    assert (row.state, row.attempt, row.worker) == (State.RUNNING, 1, None)
    assert before + lease() <= row.lease <= timezone.now() + lease()
    assert (read.attempt, read.job, read.page.document) == (1, job, document)
    assert Job.objects.get().state == State.RUNNING


def test_nothing_waits(db) -> None:
    assert claim() is None


def test_of_two_workers_one_has_the_page(alice: User, document: Document) -> None:
    create_job(document, user=alice)
    first, second = PageRead.objects.get(), PageRead.objects.get()
    assert take(first)
    assert not take(second)
    assert PageRead.objects.get().attempt == 1


def test_somebody_waits_before_a_mass_job(
    alice: User, charlie: User, make_document: MakeDocument
) -> None:
    bulk = create_job(make_document(alice, pages=2), user=alice, lane=Lane.BULK)
    mine = create_job(make_document(charlie), user=charlie)
    assert [claim().job for _ in range(3)] == [mine, bulk, bulk]


def test_workspaces_take_turns(
    alice: User, charlie: User, make_document: MakeDocument
) -> None:
    long = create_job(make_document(alice, pages=4), user=alice)
    short = create_job(make_document(charlie, pages=2), user=charlie)
    assert [claim().job for _ in range(6)] == [long, short, long, short, long, long]


def test_a_worker_that_went_on_counts_no_longer(
    alice: User, charlie: User, make_document: MakeDocument
) -> None:
    """Fairness looks at what runs now, not at what was read before."""
    long = create_job(make_document(alice, pages=3), user=alice)
    read_next()
    create_job(make_document(charlie), user=charlie)
    assert claim().job == long


def test_the_oldest_comes_first(alice: User, make_document: MakeDocument) -> None:
    jobs = [create_job(make_document(alice), user=alice) for _ in range(3)]
    assert [claim().job for _ in range(3)] == jobs


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")
def test_the_claim_is_one_query_and_finds_its_index(
    alice: User, document: Document, django_assert_num_queries
) -> None:
    create_job(document, user=alice)
    with django_assert_num_queries(1) as queries:
        PageRead.objects.fairest("cpu")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries.captured_queries[0]['sql']}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    assert "queued_pages" in plan


def test_a_late_answer_is_not_kept(alice: User, document: Document) -> None:
    create_job(document, user=alice)
    late = claim()
    PageRead.objects.update(state=State.QUEUED)
    current = claim()
    assert not store(late, EnginePage(60, 40, text="late"), 1.0)
    assert Reading.objects.count() == 0
    assert store(current, EnginePage(60, 40, text="in time"), 1.0)
    assert [reading.text for reading in Reading.objects.all()] == ["in time"]


def test_text_that_comes_too_late_is_not_kept_either(
    alice: User, document: Document
) -> None:
    create_job(document, user=alice)
    late = claim()
    PageRead.objects.update(state=State.QUEUED)
    current = claim()
    assert not store_text(late, EnginePage(60, 40, text="late"), 1.0)
    assert Reading.objects.count() == 0
    assert store_text(current, EnginePage(60, 40, text="in time"), 1.0)
    assert PageRead.objects.get().reading.text == "in time"
    assert PageRead.objects.get().state == State.RUNNING


def test_two_jobs_share_the_reading_of_the_same_page(
    alice: User, document: Document
) -> None:
    for _ in range(2):
        create_job(document, user=alice)
    reads = [claim(), claim()]
    assert [store(read, EnginePage(60, 40), 1.0) for read in reads] == [True, True]
    assert Reading.objects.get().page_reads.count() == 2


def test_a_job_is_closed_once_and_not_before_its_last_page(
    alice: User, make_document: MakeDocument
) -> None:
    job = create_job(make_document(alice, pages=2), user=alice)
    store(claim(), EnginePage(60, 40), 1.0)
    assert not close(job.pk)
    store(claim(), EnginePage(60, 40), 1.0)
    assert close(job.pk)
    assert not close(job.pk)


def test_a_wake_up_is_passed_on_while_pages_wait(
    alice: User, make_document: MakeDocument
) -> None:
    create_job(make_document(alice, pages=3), user=alice)
    read_on(may_go_on=lambda: True)
    assert OrmQ.objects.count() == 1
    assert Job.objects.get().state == State.SUCCEEDED


def test_the_last_page_wakes_nobody(alice: User, document: Document) -> None:
    create_job(document, user=alice)
    read_on(may_go_on=lambda: True)
    assert OrmQ.objects.count() == 0


def test_after_a_moment_others_have_their_turn(
    alice: User, make_document: MakeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "MOMENT", 0.0)
    job = create_job(make_document(alice, pages=3), user=alice)
    read_on(may_go_on=lambda: True)
    assert job.page_reads.queued().count() == 2


def test_a_cluster_that_is_to_stop_begins_no_page(
    alice: User, document: Document
) -> None:
    job = create_job(document, user=alice)
    read_on(may_go_on=lambda: False)
    assert job.page_reads.get().attempt == 0


def test_nothing_to_enqueue(db) -> None:
    enqueue("documents.tasks.read_next", times=0)
    assert OrmQ.objects.count() == 0


def test_a_short_timeout_makes_a_short_lease(settings) -> None:
    settings.ENGINE_TIMEOUT = 2
    assert lease() == timedelta(seconds=4)
    settings.ENGINE_TIMEOUT = 120
    assert lease() == timedelta(seconds=150)


def test_it_waits_for_a_locked_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_WAIT", 0.01)
    answers = iter([OperationalError("database is locked")] * 3)

    @patience.patient
    def act() -> str:
        for error in answers:
            raise error
        return "done"

    assert act() == "done"


def test_it_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.0)

    @patience.patient
    def act() -> None:
        raise OperationalError("database is locked") from sqlite3.OperationalError()

    with pytest.raises(OperationalError):
        act()
