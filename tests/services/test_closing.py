"""Jobs end once, with their records, however many workers see their last page end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connections

from documents.models import Job, Record
from documents.models.jobs import State
from documents.services.closing import close
from documents.services.jobs import create_job
from documents.services.queue import claim, store
from tests.made_roi import made_template
from tests.services.conftest import MakeDocument
from tests.services.extracted import laid_over

WORKERS = 4


@pytest.mark.django_db(transaction=True)
def test_it_works(alice: User, make_document: MakeDocument) -> None:
    layout = made_template(alice)
    document = make_document(alice, pages=2)
    job = create_job(document, user=alice, template=layout, text=False)
    for number in range(2):
        store(claim(), None, 0.0, laid_over(layout, {"number": f"A-{number}"}))
    start = Barrier(WORKERS)

    def end() -> bool:
        try:
            start.wait()
            return close(job.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        calls = [pool.submit(end) for _ in range(WORKERS)]
        ended = sorted(call.result() for call in calls)
    assert ended == [False] * (WORKERS - 1) + [True]
    assert Job.objects.get().state == State.SUCCEEDED
    found = Record.objects.order_by("first_page").values_list("number", flat=True)
    assert list(found) == ["A-0", "A-1"]


@pytest.mark.django_db(transaction=True)
def test_twins_of_two_jobs_that_end_at_once(
    alice: User, make_document: MakeDocument
) -> None:
    """Each must see the other's record: one of them, and only one, is the newer."""
    layout = made_template(alice)
    jobs = []
    for _ in range(WORKERS):
        jobs.append(
            create_job(make_document(alice), user=alice, template=layout, text=False)
        )
        store(claim(), None, 0.0, laid_over(layout, {"number": "A-1"}))
    start = Barrier(WORKERS)

    def end(job: Job) -> bool:
        try:
            start.wait()
            return close(job.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        assert list(pool.map(end, jobs)) == [True] * WORKERS
    oldest = Record.objects.get(twin=None)
    assert list(Record.objects.exclude(twin=None).values_list("twin", flat=True)) == [
        oldest.pk
    ] * (WORKERS - 1)
