"""Errands: asked, answered by a worker, given up; rows are the truth."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.utils import timezone
from django_q.models import OrmQ

from documents.models import Document, Errand, Job, Worker, Workspace
from documents.models.jobs import State
from documents.services import errands
from documents.services.errands import Refused, TooSlow, ask, put, run_next
from documents.services.jobs import create_job
from documents.services.readings import read_on
from documents.services.sweep import Swept, sweep
from documents.services.workers import HOST
from documents.tasks import run_errand
from engines import TemplateError
from tests.services.conftest import MakeDocument

BROKEN = "This could not be done. The site's log says why; try something else."
SLOW = "No worker has answered in time. Try again in a moment."


def echo(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    return {"workspace": str(workspace.pk), **question}


def decline(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    raise Refused("The document was deleted.")


def reject(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    raise TemplateError("“total” lies outside the page.")


def stumble(workspace: Workspace, question: dict[str, Any]) -> dict[str, Any]:
    raise KeyError("secret")


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind for each of the functions above."""
    for kind in (echo, decline, reject, stumble):
        dotted = f"{__name__}.{kind.__name__}"
        monkeypatch.setitem(errands.KINDS, kind.__name__, dotted)


@pytest.fixture
def workspace(alice: User) -> Workspace:
    return alice.personal_workspace


def row() -> tuple[str, int, str]:
    return Errand.objects.values_list("state", "attempt", "error").get()


def test_it_works(
    workspace: Workspace, worker_at_hand, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(workspace, "echo", {"page": 1})
    assert answer == {"workspace": str(workspace.pk), "page": 1}
    assert row() == ("done", 1, "")
    assert [wake_up.func() for wake_up in OrmQ.objects.all()] == [
        "documents.tasks.run_errand"
    ]


@pytest.mark.django_db(transaction=True)
def test_another_thread_answers(workspace: Workspace) -> None:
    def work() -> None:
        while not run_next():
            pass
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    answer = ask(workspace, "echo", {})
    thread.join()
    assert answer == {"workspace": str(workspace.pk)}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("decline", "The document was deleted."),
        ("reject", "“total” lies outside the page."),
        ("stumble", BROKEN),
    ],
)
def test_it_is_refused(
    workspace: Workspace, worker_at_hand, kind: str, reason: str
) -> None:
    with pytest.raises(Refused) as refusal:
        ask(workspace, kind, {})
    assert str(refusal.value) == reason
    assert row() == ("failed", 1, reason)


def test_nobody_answers_and_nothing_is_left_to_do(workspace: Workspace) -> None:
    with pytest.raises(TooSlow) as refusal:
        ask(workspace, "echo", {}, wait=0)
    assert str(refusal.value) == SLOW
    assert Errand.objects.count() == 0
    assert not run_next()


def test_there_is_no_such_errand(workspace: Workspace) -> None:
    with pytest.raises(ValueError, match="there is no errand tea"):
        put(workspace, "tea", {})


def test_the_oldest_comes_first(workspace: Workspace) -> None:
    for number in range(3):
        put(workspace, "echo", {"number": number})
    assert run_next()
    done = Errand.objects.filter(state="done").values_list("question", flat=True)
    assert list(done) == [{"number": 0}]


def test_of_two_workers_one_has_it(workspace: Workspace) -> None:
    put(workspace, "echo", {})
    assert errands.claim()
    assert errands.claim() is None


def test_a_late_answer_is_not_kept(workspace: Workspace) -> None:
    put(workspace, "echo", {})
    late = errands.claim()
    Errand.objects.update(lease=timezone.now())
    assert sweep() == Swept(errands=1, wake_ups=1)
    assert run_next()
    errands.end(late, state="done", answer={"late": True})
    assert Errand.objects.get().answer == {"workspace": str(workspace.pk)}


def test_what_hangs_twice_is_given_up(workspace: Workspace) -> None:
    put(workspace, "echo", {})
    for expected in (("waiting", 1, ""), ("failed", 2, BROKEN)):
        errands.claim()
        Errand.objects.update(lease=timezone.now())
        sweep()
        assert row() == expected
    assert not run_next()


def test_the_errand_of_a_dead_worker_is_done_by_another(workspace: Workspace) -> None:
    put(workspace, "echo", {})
    errands.claim()
    # No process has this number: the kernel's largest is 4194304.
    dead = Worker.objects.create(host=HOST, pid=2**22 + 1, seen=timezone.now())
    Errand.objects.update(worker=dead)
    assert sweep() == Swept(dead=1, wake_ups=1)
    assert row() == ("waiting", 1, "")


def test_lost_wake_ups_are_made_up_for(
    workspace: Workspace, document: Document, alice: User
) -> None:
    put(workspace, "echo", {})
    create_job(document, user=alice)
    assert sweep() == Swept(wake_ups=2)
    assert sorted(wake_up.func() for wake_up in OrmQ.objects.all()) == [
        "documents.tasks.read_next",
        "documents.tasks.run_errand",
    ]
    assert sweep() == Swept()


def test_answers_are_gone_within_the_hour(workspace: Workspace) -> None:
    put(workspace, "echo", {})
    Errand.objects.update(created=timezone.now() - timedelta(minutes=59), state="done")
    sweep()
    assert Errand.objects.count() == 1
    Errand.objects.update(created=timezone.now() - timedelta(minutes=61))
    sweep()
    assert Errand.objects.count() == 0


def test_errands_go_before_pages_one_at_a_time(
    workspace: Workspace, alice: User, make_document: MakeDocument
) -> None:
    """Whoever waits is served between two pages; pages are never starved."""
    for number in range(4):
        put(workspace, "echo", {"number": number})
    create_job(make_document(alice, pages=2), user=alice)
    read_on(may_go_on=lambda: True)
    assert set(Errand.objects.values_list("state", flat=True)) == {"done"}
    assert Job.objects.get().state == State.SUCCEEDED
    [wake_up] = OrmQ.objects.all()
    assert wake_up.func() == "documents.tasks.read_next"


def test_a_wake_up_for_an_errand_that_is_done(db) -> None:
    run_errand()
    assert Errand.objects.count() == 0
