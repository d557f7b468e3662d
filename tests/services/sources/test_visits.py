"""Visits to sources: what is there is taken once, and what fails is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from documents.models import (
    Batch,
    Document,
    Errand,
    Job,
    Source,
    SourceItem,
    SourceRun,
    Webhook,
    WebhookDelivery,
)
from documents.models.jobs import Lane
from documents.services import sources
from documents.services.sealing import seal
from documents.services.sources import running
from documents.services.sources.ending import forget_old_runs
from documents.sources import ItemRefused, NeedsSomebody, SourceError
from engines import UnsupportedFile
from tests.fakes import scan
from tests.services.sources.conftest import (
    counts,
    let_pass,
    run_all,
    states,
)
from tests.sources.fakes import Place

DOWN = "The server does not answer. It is tried again."
TAKEN = dict.fromkeys(("a.tiff", "b.tiff", "c.tiff"), ("taken", ""))


def about(source: Source) -> dict[str, object]:
    """What its owner sees of it."""
    columns = ("failures", "error", "busy_until")
    return Source.objects.values(*columns).get(pk=source.pk)


def last_run(source: Source) -> dict[str, object]:
    columns = ("state", "has_looked", "found", "taken", "failed", "error")
    return source.runs.values(*columns)[0]


def pause_of(source: Source) -> timedelta:
    """How long it is until the next visit, to the minute."""
    source.refresh_from_db()
    seconds = (source.next_run - timezone.now()).total_seconds()
    return timedelta(minutes=round(seconds / 60))


@pytest.fixture
def never(source: Source) -> Source:
    """It is visited once, and then only for what is tried again."""
    Source.objects.update(schedule="")
    source.refresh_from_db()
    return source


@pytest.fixture
def hook(alice: User) -> Webhook:
    return Webhook.objects.create(
        workspace=alice.personal_workspace,
        url="https://example.org/",
        events=["source.failed"],
        secret=seal("x"),
    )


def told() -> list[dict[str, object]]:
    return [
        row.payload["data"] for row in WebhookDelivery.objects.order_by("created", "pk")
    ]


def test_it_works(source: Source, place: Place, alice: User) -> None:
    begun = timezone.now()
    run_all()
    assert states(source) == TAKEN
    assert counts() == (3, 3)
    assert place.settled == dict.fromkeys(TAKEN, True)
    document = Document.objects.get(name="b.tiff")
    assert document.source == "mail"
    assert document.created_by == alice
    assert [tag.name for tag in document.tags.all()] == ["scanned"]
    assert list(Batch.objects.values_list("name", "created_by")) == [
        ("Scans", alice.pk)
    ]
    assert Batch.objects.get().documents.count() == 3
    jobs = Job.objects.values_list("lane", "created_by", "any_template", "text")
    assert set(jobs) == {(Lane.BULK, alice.pk, True, True)}
    assert last_run(source) == {
        "state": "succeeded",
        "has_looked": True,
        "found": 3,
        "taken": 3,
        "failed": 0,
        "error": "",
    }
    assert about(source) == {"failures": 0, "error": "", "busy_until": None}
    source.refresh_from_db()
    assert source.cursor == {"after": "c.tiff"}
    assert source.last_success > begun
    assert begun < source.next_run <= begun + timedelta(minutes=15)
    assert set(source.items.values_list("settled", flat=True)) == {True}
    assert place.closed == 2  # by the test before it was kept, and by the visit


def test_only_what_is_new_is_taken(source: Source, place: Place) -> None:
    run_all()
    place.files["d.tiff"] = scan(1, 9)
    let_pass(source, minutes=15)
    run_all()
    assert states(source) == {**TAKEN, "d.tiff": ("taken", "")}
    assert place.fetched == [*TAKEN, "d.tiff"]
    assert [run.found for run in source.runs.all()] == [1, 3]
    assert Batch.objects.count() == 2


def test_a_second_listing_takes_nothing_twice(source: Source, place: Place) -> None:
    run_all()
    Source.objects.update(cursor={})
    let_pass(source, minutes=15)
    run_all()
    assert place.fetched == list(TAKEN)
    assert counts() == (3, 3)


def test_new_content_under_an_old_name_is_new(source: Source, place: Place) -> None:
    run_all()
    place.files["a.tiff"] = scan(1, 9)
    Source.objects.update(cursor={})
    let_pass(source, minutes=15)
    run_all()
    assert counts() == (4, 4)


def test_what_the_workspace_has_is_not_read_again(source: Source, place: Place) -> None:
    place.files["again.tiff"] = place.files["a.tiff"]
    run_all()
    assert counts() == (3, 3)
    assert states(source) == {**TAKEN, "again.tiff": ("taken", "")}
    assert SourceItem.objects.filter(document__name="a.tiff").count() == 2


@pytest.mark.parametrize(
    ("trouble", "state", "error"),
    [
        (ItemRefused("It is larger than Google exports."), "failed", None),
        (UnsupportedFile("This is no picture."), "skipped", None),
    ],
)
def test_a_file_that_can_never_be_taken(
    source: Source,
    place: Place,
    hook: Webhook,
    trouble: Exception,
    state: str,
    error: None,
) -> None:
    place.troubles["b.tiff"] = [trouble]
    run_all()
    assert states(source) == {**TAKEN, "b.tiff": (state, str(trouble))}
    assert place.settled == {"a.tiff": True, "b.tiff": False, "c.tiff": True}
    assert last_run(source)["failed"] == (state == "failed")
    assert last_run(source)["state"] == "succeeded"
    item = source.items.get(name="b.tiff")
    about_it = {
        "source": str(source.pk),
        "name": "Scans",
        "item": {"id": item.pk, "name": "b.tiff"},
        "error": str(trouble),
    }
    assert told() == ([about_it] if state == "failed" else [])


def test_what_is_no_document_is_left_alone(source: Source, place: Place) -> None:
    place.files["b.tiff"] = b"no picture"
    run_all()
    state, error = states(source)["b.tiff"]
    assert state == "skipped"
    assert error.startswith("This file cannot be read: it is no picture or PDF.")
    assert counts() == (2, 2)


def test_a_file_that_has_gone(never: Source, place: Place) -> None:
    place.troubles["b.tiff"] = [SourceError(DOWN)]
    run_all()
    assert states(never)["b.tiff"] == ("waiting", DOWN)
    del place.files["b.tiff"]
    let_pass(never, minutes=1)
    run_all()
    assert states(never) == {**TAKEN, "b.tiff": ("skipped", "")}
    assert "b.tiff" not in place.settled
    place.files["b.tiff"] = scan(1, 1)
    Source.objects.update(cursor={}, next_run=timezone.now())
    run_all()
    assert states(never) == TAKEN


def test_what_its_place_says_is_gone_waits_no_more(never: Source, place: Place) -> None:
    place.troubles["b.tiff"] = [SourceError(DOWN)]
    run_all()
    place.gone = ("key of a.tiff", "key of b.tiff")
    let_pass(never, minutes=1)
    run_all()
    assert states(never) == {**TAKEN, "b.tiff": ("skipped", "")}
    assert place.fetched == list(TAKEN)


def test_files_are_tried_again_later_and_later_then_shown(
    never: Source, place: Place, hook: Webhook
) -> None:
    place.troubles["b.tiff"] = [SourceError(DOWN) for _time in range(6)]
    pauses = []
    run_all()
    assert states(never) == {**TAKEN, "b.tiff": ("waiting", DOWN)}
    while states(never)["b.tiff"] == ("waiting", DOWN):
        pauses.append(pause_of(never))
        let_pass(never, hours=6)
        run_all()
    assert [pause.total_seconds() / 60 for pause in pauses] == [1, 5, 15, 60, 360]
    assert states(never) == {**TAKEN, "b.tiff": ("failed", DOWN)}
    assert place.settled == {"a.tiff": True, "b.tiff": False, "c.tiff": True}
    assert [one["item"]["name"] for one in told()] == ["b.tiff"]
    never.refresh_from_db()
    assert never.next_run is None
    assert sources.retry_items(never) == 1
    run_all()
    assert states(never) == TAKEN
    assert place.settled["b.tiff"] is True
    assert counts() == (3, 3)


def test_a_connector_trips_over_one_file(
    never: Source, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.troubles["b.tiff"] = [KeyError("part")]
    run_all()
    broken = "This could not be done. The site's log says why; try something else."
    assert states(never) == {**TAKEN, "b.tiff": ("waiting", broken)}
    assert "KeyError" in caplog.text


def test_a_place_that_is_down(source: Source, place: Place, hook: Webhook) -> None:
    """A visit fails; the next ones come later and later, and one word is said."""
    place.troubles["look"] = [SourceError(DOWN) for _time in range(5)]
    Source.objects.update(schedule="* * * * *")
    pauses = []
    for failures in range(1, 6):
        sources.start_due()
        run_all()
        assert about(source) == {
            "failures": failures,
            "error": DOWN,
            "busy_until": None,
        }
        pauses.append(pause_of(source))
        let_pass(source, hours=1)
    assert [pause.total_seconds() / 60 for pause in pauses] == [1, 5, 15, 60, 60]
    assert told() == [
        {"source": str(source.pk), "name": "Scans", "item": None, "error": DOWN}
    ]
    run_all()
    assert states(source) == TAKEN
    assert about(source) == {"failures": 0, "error": "", "busy_until": None}


def test_a_place_that_gives_out_no_file(source: Source, place: Place) -> None:
    """After some in a row the others are not even tried."""
    place.files = {f"{number}.tiff": scan(1, number) for number in range(7)}
    place.troubles = {name: [SourceError(DOWN)] for name in place.files}
    run_all()
    assert len(place.fetched) == running.MOST_IN_A_ROW
    assert about(source) == {"failures": 1, "error": DOWN, "busy_until": None}
    let_pass(source, minutes=15)
    run_all()
    assert place.fetched[5:7] == ["5.tiff", "6.tiff"]  # who waits longest


def test_a_file_that_fails_holds_up_no_other(source: Source, place: Place) -> None:
    place.files = {f"{number}.tiff": scan(1, number) for number in range(8)}
    for number in (0, 2, 3, 4, 6):
        place.troubles[f"{number}.tiff"] = [SourceError(DOWN)]
    run_all()
    taken = source.items.filter(state="taken").order_by("key")
    assert [item.name for item in taken] == ["1.tiff", "5.tiff", "7.tiff"]
    assert last_run(source)["state"] == "succeeded"


@pytest.mark.parametrize("name", ["look", "b.tiff", "settle b.tiff"])
def test_somebody_is_needed(source: Source, place: Place, name: str) -> None:
    reason = "The password is wrong. Enter it again."
    place.troubles[name] = [NeedsSomebody(reason)]
    run_all()
    assert about(source) == {"failures": 1, "error": reason, "busy_until": None}
    source.refresh_from_db()
    assert source.next_run is None
    assert sources.waits_for_somebody(source)
    sources.resume(source)
    assert source.error == ""
    run_all()
    assert states(source) == TAKEN
    assert set(source.items.values_list("attempts", flat=True)) == {1}
    assert place.settled == dict.fromkeys(TAKEN, True)


def test_a_connector_with_a_bug(
    source: Source, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.troubles["look"] = [KeyError("secret")]
    run_all()
    broken = "This could not be done. The site's log says why; try something else."
    assert about(source) == {"failures": 1, "error": broken, "busy_until": None}
    assert "KeyError" in caplog.text


def test_a_place_that_lets_nothing_be_moved(source: Source, place: Place) -> None:
    place.troubles["settle b.tiff"] = [SourceError("It cannot be moved.")]
    run_all()
    assert states(source) == TAKEN
    assert last_run(source)["error"] == "It cannot be moved."
    let_pass(source, minutes=15)
    run_all()
    assert place.settled == dict.fromkeys(TAKEN, True)
    assert place.fetched == list(TAKEN)
    assert last_run(source)["state"] == "succeeded"


def test_files_that_are_settled_together(source: Source, place: Place) -> None:
    run_all()
    assert place.waited == {"a.tiff": True, "b.tiff": True, "c.tiff": False}


def test_what_is_not_ready_yet_is_looked_at_soon(never: Source, place: Place) -> None:
    place.again_in = 120.0
    run_all()
    assert pause_of(never) == timedelta(minutes=2)


def test_a_step_lets_others_have_their_turn(
    source: Source, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOMENT", 0.0)
    run_all()
    assert states(source) == TAKEN
    assert counts() == (3, 3)
    assert Errand.objects.count() > 3
    assert source.runs.count() == 1
    assert set(Errand.objects.values_list("state", flat=True)) == {"done"}


def test_an_owner_who_has_left(source: Source, place: Place, alice: User) -> None:
    alice.memberships.update(role="viewer")
    run_all()
    source.refresh_from_db()
    assert source.error == (
        "alice may not bring documents into this workspace any more. "
        "Let another owner make a source of their own."
    )
    assert source.next_run is None
    assert place.fetched == []


def test_an_engine_that_is_there_no_more(never: Source, place: Place) -> None:
    Source.objects.update(engine="absent")
    run_all()
    reason = "It is not here. pip install absent"
    assert set(states(never).values()) == {("waiting", reason)}
    Source.objects.update(engine="fine")
    let_pass(never, minutes=1)
    run_all()
    assert states(never) == TAKEN
    assert set(Job.objects.values_list("engine", flat=True)) == {"fine"}


def test_a_paused_source_rests(source: Source, place: Place) -> None:
    sources.start_due()
    sources.pause(source)
    run_all()
    assert place.fetched == []
    assert last_run(source)["state"] == "succeeded"
    assert source.last_success is None
    assert not sources.sync_now(source)
    sources.resume(source)
    run_all()
    assert states(source) == TAKEN


def test_a_source_that_is_deleted_on_the_way(source: Source, place: Place) -> None:
    sources.start_due()
    sources.delete_source(source)
    run_all()
    assert SourceRun.objects.count() == 0
    assert place.fetched == []


def test_only_so_many_runs_are_kept(source: Source) -> None:
    runs = [SourceRun(source=source, state="succeeded") for _n in range(103)]
    SourceRun.objects.bulk_create(runs)
    forget_old_runs()
    assert source.runs.count() == 100
    assert source.runs.last().pk == runs[3].pk
