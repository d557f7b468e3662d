"""Workers make themselves known, and the health doors tell of them."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from documents.models import Worker
from documents.services import workers
from documents.services.health import missing
from documents.services.workers import HOST, beat, begin_of, register_worker, say_warm


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test registers is forgotten with it."""
    monkeypatch.setattr(workers, "_current", None)


@pytest.fixture
def worker(db) -> Worker:
    return register_worker(os.getpid())


def test_it_works(worker: Worker) -> None:
    assert workers.current_worker() == worker
    say_warm(worker, ["fine"])
    row = Worker.objects.get()
    assert (row.host, row.pid, row.warm, row.engines) == (
        HOST,
        os.getpid(),
        True,
        ["fine"],
    )
    assert 10 * 2**20 < row.memory < 10 * 2**30


def test_a_namesake_is_replaced(worker: Worker) -> None:
    again = register_worker(os.getpid())
    assert list(Worker.objects.all()) == [again]
    assert again.pk != worker.pk


def test_the_heartbeat_keeps_the_row_fresh(worker: Worker) -> None:
    Worker.objects.update(seen=timezone.now() - timedelta(minutes=1))
    assert not Worker.objects.alive().exists()
    assert beat(worker)
    assert Worker.objects.alive().exists()


def test_the_heart_learns_that_it_was_taken_for_dead(worker: Worker) -> None:
    worker.delete()
    assert not beat(worker)


def test_a_process_knows_its_age() -> None:
    age = timezone.now() - begin_of(os.getpid())
    assert timedelta(0) < age < timedelta(hours=2)


def test_ready_with_a_warm_worker(client: Client, worker: Worker) -> None:
    say_warm(worker, ["fine"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ready", "missing": []},
    )


def test_not_ready_without_a_worker(client: Client, db) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503,
        {"status": "not ready", "missing": ["worker"]},
    )


def test_not_ready_while_one_of_them_still_loads(worker: Worker) -> None:
    say_warm(worker, ["fine"])
    cold = Worker.objects.create(host="elsewhere", pid=1, seen=timezone.now())
    assert missing() == ["worker"]
    Worker.objects.filter(pk=cold.pk).update(seen=timezone.now() - timedelta(hours=1))
    assert missing() == []


def test_ready_while_one_of_them_is_replaced(worker: Worker) -> None:
    say_warm(worker, ["fine"])
    Worker.objects.update(started=timezone.now() - timedelta(seconds=20))
    Worker.objects.create(host="elsewhere", pid=1, seen=timezone.now())
    assert missing() == []


def test_the_web_alone_may_be_asked(client: Client, db) -> None:
    answer = client.get("/readyz?only=web")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ready", "missing": []},
    )


def test_not_ready_without_a_database(client: Client, db) -> None:
    def refuse(execute, sql, params, many, context):
        raise OperationalError("no such table")

    with connection.execute_wrapper(refuse):
        assert missing() == ["database"]


def test_alive(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
