"""The sweep finds what died, hangs or was lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from django_q.models import OrmQ

from documents.models import Document, Job, PageRead, Worker
from documents.models.jobs import State
from documents.services.jobs import create_job
from documents.services.queue import claim, store
from documents.services.sweep import Swept, release, sweep
from documents.services.workers import HOST
from engines import Page as EnginePage
from tests.services.conftest import MakeDocument

CRASHED = "The engine crashed on this page. Try another engine."
TOO_SLOW = (
    "The engine took longer than 120 seconds. Try a smaller picture or another engine."
)


@pytest.fixture
def process() -> Iterator[subprocess.Popen]:
    """Something that runs until it is killed."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def worker(db, process: subprocess.Popen) -> Worker:
    return Worker.objects.create(host=HOST, pid=process.pid, seen=timezone.now())


@pytest.fixture
def read(alice: User, document: Document, worker: Worker) -> PageRead:
    """A page that the worker is reading."""
    create_job(document, user=alice)
    claim()
    PageRead.objects.update(worker=worker)
    return PageRead.objects.get()


def die(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()


def row() -> tuple[str, int, str]:
    return PageRead.objects.values_list("state", "attempt", "error").get()


def test_all_is_well(read: PageRead) -> None:
    assert sweep() == Swept()
    assert row() == (State.RUNNING, 1, "")


def test_the_page_of_a_dead_worker_is_read_again(
    read: PageRead, process: subprocess.Popen
) -> None:
    die(process)
    assert sweep() == Swept(dead=1, wake_ups=1)
    assert row() == (State.QUEUED, 1, CRASHED)
    assert (Worker.objects.count(), OrmQ.objects.count()) == (0, 1)


def test_a_zombie_is_dead(read: PageRead, process: subprocess.Popen) -> None:
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert sweep().dead == 1


def test_another_process_of_the_same_number_is_not_the_worker(read: PageRead) -> None:
    Worker.objects.update(started=timezone.now() - timedelta(hours=1))
    assert sweep().dead == 1
    assert row() == (State.QUEUED, 1, CRASHED)


def test_after_three_attempts_it_is_over(
    read: PageRead, process: subprocess.Popen
) -> None:
    PageRead.objects.update(attempt=3)
    die(process)
    assert sweep() == Swept(dead=1, jobs=1)
    assert row() == (State.FAILED, 3, CRASHED)
    job = Job.objects.get()
    assert (job.state, job.error) == (State.FAILED, f"Page 1: {CRASHED}")


def test_a_worker_that_hangs_is_killed(
    read: PageRead, process: subprocess.Popen
) -> None:
    PageRead.objects.update(lease=timezone.now() - timedelta(seconds=1))
    assert sweep().overdue == 1
    assert process.wait() == -signal.SIGKILL
    assert row() == (State.QUEUED, 1, TOO_SLOW)


def test_a_worker_of_another_machine_is_not_ours_to_kill(
    read: PageRead, process: subprocess.Popen
) -> None:
    Worker.objects.update(host="elsewhere")
    PageRead.objects.update(lease=timezone.now() - timedelta(seconds=1))
    assert sweep() == Swept(overdue=1, wake_ups=1)
    assert process.poll() is None
    assert row() == (State.QUEUED, 1, TOO_SLOW)


def test_a_late_answer_after_the_sweep_is_not_kept(
    read: PageRead, process: subprocess.Popen
) -> None:
    die(process)
    sweep()
    assert not store(read, EnginePage(60, 40), 1.0)


def test_workers_of_other_machines_are_forgotten_after_a_day(db) -> None:
    day = timedelta(days=1, seconds=1)
    Worker.objects.create(host="elsewhere", pid=1, seen=timezone.now() - day)
    Worker.objects.create(host="elsewhere", pid=2, seen=timezone.now())
    sweep()
    assert [worker.pid for worker in Worker.objects.all()] == [2]


def test_lost_wake_ups_are_replaced_once(
    alice: User, make_document: MakeDocument
) -> None:
    create_job(make_document(alice, pages=3), user=alice)
    assert sweep().wake_ups == 3
    assert sweep().wake_ups == 0


def test_a_wake_up_that_a_dead_cluster_holds_does_not_count(
    alice: User, document: Document
) -> None:
    create_job(document, user=alice)
    sweep()
    OrmQ.objects.update(lock=timezone.now() + timedelta(minutes=5))
    assert sweep().wake_ups == 1


def test_a_job_that_was_left_open_is_closed(alice: User, document: Document) -> None:
    create_job(document, user=alice)
    store(claim(), EnginePage(60, 40), 1.0)
    assert sweep() == Swept(jobs=1)
    assert Job.objects.get().state == State.SUCCEEDED


def test_stopping_in_good_order_costs_no_attempt(
    read: PageRead, process: subprocess.Popen
) -> None:
    release()
    assert row() == (State.RUNNING, 1, "")
    die(process)
    release()
    assert row() == (State.QUEUED, 0, "")
    assert Worker.objects.count() == 0
