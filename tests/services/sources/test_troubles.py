"""Visits that fail: tried again later, told of, and no file holds up another."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from documents.models import Job, Source, Webhook
from documents.services import sources
from documents.services.sources import running
from documents.sources import ItemRefused, NeedsSomebody, SourceError
from documents.storage import StorageAway
from engines import UnsupportedFile
from tests.fakes import scan
from tests.services.sources.conftest import (
    DOWN,
    TAKEN,
    about,
    counts,
    last_run,
    let_pass,
    pause_of,
    run_all,
    states,
    told,
)
from tests.sources.fakes import Place


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (ItemRefused("It is larger than Google exports."), "failed"),
        (UnsupportedFile("This is no picture."), "skipped"),
    ],
)
def test_a_file_that_can_never_be_taken(
    source: Source,
    place: Place,
    hook: Webhook,
    trouble: Exception,
    state: str,
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


def test_a_storage_that_is_away(never: Source, place: Place) -> None:
    place.troubles["b.tiff"] = [StorageAway("The storage cannot be reached.")]
    run_all()
    waits = ("waiting", "The storage cannot be reached.")
    assert states(never) == {**TAKEN, "b.tiff": waits}


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
