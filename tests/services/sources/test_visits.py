"""Visits to sources: what is there is taken, once."""

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
)
from documents.models.jobs import Lane
from documents.services import sources
from documents.services.sources import running
from documents.services.sources.ending import forget_old_runs
from documents.sources import SourceError
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
)
from tests.sources.fakes import Place


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
