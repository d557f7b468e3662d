"""Workers that die anywhere in a visit: each file is taken once all the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from documents.models import Errand, Source, SourceItem, SourceRun
from documents.services import errands, sources
from documents.services.sources import looking, running, settling, taking
from documents.services.uploads import upload
from tests.services.sources.conftest import TAKEN, counts, let_pass, states
from tests.sources.fakes import Place


class Killed(BaseException):
    """The worker has died."""


def before(act: Callable[..., Any]) -> Callable[..., Any]:
    def dead(*args: Any, **kwargs: Any) -> Any:
        raise Killed

    return dead


def after(act: Callable[..., Any]) -> Callable[..., Any]:
    def dead(*args: Any, **kwargs: Any) -> Any:
        act(*args, **kwargs)
        raise Killed

    return dead


# What a worker does one after the other: it may die before and after each.
STEPS = [
    (running, "look_around"),
    (looking, "keep"),
    (looking, "new_items"),  # within the transaction of rows and cursor
    (running, "take"),
    (taking, "begin"),
    (taking, "upload"),
    (taking, "keep"),
    (taking, "note_taken"),  # within the transaction of document, job and item
    (taking, "create_job"),
    (taking, "gather"),
    (taking, "tag"),
    (running, "settle"),
    (settling, "note_settled"),
    (running, "end_visit"),
    (running, "pass_on"),
    (errands, "put"),
    (errands, "end"),
]
IDS = [f"{module.__name__.rpartition('.')[2]}.{name}" for module, name in STEPS]


def die(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, when: Any, *, times: int
) -> None:
    """Let the worker die there the first *times*."""
    act, left = getattr(module, name), [times]

    def deadly(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        return (act if left[0] < 0 else when(act))(*args, **kwargs)

    monkeypatch.setattr(module, name, deadly)


def work(source: Source) -> int:
    """Sweep and work until nothing is left to do; say how many workers have died."""
    deaths = 0
    for _time in range(20):
        try:
            for _step in range(20):
                sources.start_due()
                errands.run_next()
        except Killed:
            deaths += 1
            let_pass(source, minutes=2)
        if source.runs.exclude(state="running").exists():
            break
        let_pass(source, minutes=2)
    return deaths


@pytest.fixture(autouse=True)
def once_a_year(source: Source) -> None:
    """No other visit is due while a test lets time pass."""
    Source.objects.update(schedule="0 0 1 1 *")


def insist_on_once(source: Source, place: Place) -> None:
    assert states(source) == TAKEN
    assert counts() == (3, 3)
    assert set(place.settled.items()) == {(name, True) for name in TAKEN}
    assert set(source.items.values_list("settled", flat=True)) == {True}
    assert list(source.runs.values_list("state", "found")) == [("succeeded", 3)]


@pytest.mark.parametrize("when", [before, after])
@pytest.mark.parametrize(("module", "name"), STEPS, ids=IDS)
def test_it_goes_on(
    source: Source,
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    when: Any,
) -> None:
    monkeypatch.setattr(running, "MOMENT", 0.0)  # a file, or a look, in each step
    die(monkeypatch, module, name, when, times=1)
    assert work(source) == 1
    insist_on_once(source, place)


@pytest.mark.parametrize(
    ("module", "name"),
    [(taking, "upload"), (taking, "create_job"), (running, "settle")],
)
def test_it_dies_twice_in_the_same_place(
    source: Source,
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
) -> None:
    die(monkeypatch, module, name, after, times=2)
    assert work(source) == 2
    insist_on_once(source, place)


@pytest.mark.parametrize(
    ("trouble", "deaths"),
    [
        ("look after b.tiff", 1),  # it has moved on, and comes there no more
        ("b.tiff", 2),
        ("fetched b.tiff", 2),
        ("settled b.tiff", 2),
    ],
)
def test_it_dies_at_the_place(
    source: Source, place: Place, trouble: str, deaths: int
) -> None:
    place.troubles[trouble] = [Killed(), Killed()]
    assert work(source) == deaths
    insist_on_once(source, place)


def test_a_file_that_ends_its_worker_is_given_up(source: Source, place: Place) -> None:
    place.troubles["b.tiff"] = [Killed() for _time in range(9)]
    assert work(source) == 3
    assert states(source) == {
        **TAKEN,
        "b.tiff": (
            "failed",
            "Each attempt to take this file was cut short. Try again, or bring the "
            "file in by hand.",
        ),
    }
    assert place.settled == {"a.tiff": True, "b.tiff": False, "c.tiff": True}


def test_an_errand_that_comes_twice_is_passed_on_once(
    source: Source, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOMENT", 0.0)
    sources.start_due()
    question = Errand.objects.get().question
    errands.run_next()
    sources.go_on(source.workspace, question)
    assert Errand.objects.filter(state="waiting").count() == 1


def test_a_late_worker_changes_nothing(source: Source, place: Place) -> None:
    """Another one takes the file while the first is still at it."""
    sources.start_due()
    [errand] = Errand.objects.all()
    overtaken: list[str] = []

    def slow(**wish: Any) -> Any:
        document = upload(**wish)
        if not overtaken:
            overtaken.append(wish["name"])
            sources.go_on(source.workspace, errand.question)
        return document

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(taking, "upload", slow)
        errands.run_next()
    assert overtaken == ["a.tiff"]
    assert states(source) == TAKEN
    assert counts() == (3, 3)
    assert SourceRun.objects.get().taken == 3


def test_who_looks_behind_another_keeps_nothing(source: Source, place: Place) -> None:
    sources.start_due()
    run = SourceRun.objects.get()
    late = Source.objects.get(pk=source.pk)
    connector = running.connector_of(late)
    looks = connector.look(late.cursor)
    first = next(looks)
    looking.look_around(source, run, running.connector_of(source), until=float("inf"))
    with pytest.raises(looking.Overtaken):
        looking.keep(late, run, first)
    assert SourceItem.objects.count() == 3
    source.refresh_from_db()
    assert source.cursor == {"after": "c.tiff"}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_time(source: Source, place: Place) -> None:
    sources.start_due()
    question = Errand.objects.get().question
    gate = threading.Barrier(2)

    def step() -> None:
        gate.wait(timeout=30)
        sources.go_on(source.workspace, question)
        connections.close_all()

    threads = [threading.Thread(target=step) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    errands.run_next()
    assert states(source) == TAKEN
    assert counts() == (3, 3)
    assert SourceRun.objects.get().taken == 3


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_the_same_time_begin_one_visit(source: Source) -> None:
    gate, begun = threading.Barrier(4), []

    def sweep() -> None:
        gate.wait(timeout=30)
        begun.append(sources.start_due())
        connections.close_all()

    threads = [threading.Thread(target=sweep) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(begun) == [0, 0, 0, 1]
    assert Errand.objects.count() == SourceRun.objects.count() == 1
