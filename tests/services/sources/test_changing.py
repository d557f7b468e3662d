"""documents.services.sources: made, changed, tried, and who may."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from documents.models import Errand, Source
from documents.services import sources
from documents.services.fetching import NotFetched
from documents.services.sealing import opened
from documents.services.sources import InvalidSource
from documents.sources import NeedsSomebody, SourceError
from tests.made_roi import made_template
from tests.services.sources.conftest import VALUES, run_all
from tests.sources.fakes import SECRET, Place

LOST = "Its account is connected no more. Connect it again, and choose it here."


def test_a_schedule_is_for_at_once(source: Source) -> None:
    assert source.next_run <= timezone.now()
    assert source.settings == {"folder": "inbox", "depth": 3}
    assert opened(source.secrets) == {"password": SECRET}


def test_all_that_is_wrong_is_told(alice: User, place: Place) -> None:
    with pytest.raises(InvalidSource) as refusal:
        sources.create_source(
            alice.personal_workspace,
            owner=alice,
            kind="fake",
            name="x" * 101,
            values={"folder": "inbox"},
            engine="absent",
            schedule="soon",
        )
    errors = refusal.value.errors
    assert errors.pop("schedule").startswith("A schedule has five fields")
    assert errors == {
        "name": "It has at most 100 characters.",
        "password": "This is needed.",
        "engine": "It is not here. pip install absent",
    }


def test_an_engine_that_describes_reads_no_fields(
    alice: User, source: Source, place: Place
) -> None:
    template = made_template(alice)
    with pytest.raises(InvalidSource) as refusal:
        sources.change_source(
            source, by=alice, engine="kosmos-2", template=template, any_template=False
        )
    assert list(refusal.value.errors) == ["engine"]


def test_a_schedule_is_changed(alice: User, source: Source, place: Place) -> None:
    run_all()
    sources.change_source(source, by=alice, schedule="0 0 1 1 *", name="Post")
    assert (source.next_run.month, source.next_run.day) == (1, 1)
    assert source.cursor == {"after": "c.tiff"}
    sources.change_source(source, by=alice, schedule="")
    assert source.next_run is None


def test_a_place_is_changed_while_it_is_visited(
    alice: User, source: Source, place: Place
) -> None:
    sources.start_due()
    sources.change_source(source, by=alice, values={"folder": "paid"})
    source.refresh_from_db()
    assert source.busy_until
    run_all()
    assert source.items.filter(state="taken").count() == 3


def test_a_place_is_tried(alice: User, charlie: User, source: Source, place: Place):
    answer = "There are 3 files in paid."
    assert sources.try_source("fake", {**VALUES, "folder": "paid"}, None, alice) == (
        answer
    )
    kept = {"folder": "paid"}
    assert sources.try_source("fake", kept, None, alice, source) == answer
    with pytest.raises(InvalidSource) as refusal:
        sources.try_source("fake", kept, None, charlie, source)
    assert refusal.value.errors == {
        "folder": "Only alice may change this. Make a source of your own instead."
    }
    source.refresh_from_db()
    assert source.settings["folder"] == "inbox"


def test_what_the_guard_says_is_told(alice: User, source: Source, place: Place) -> None:
    place.troubles["test"] = [NotFetched("The host is not there.")]
    with pytest.raises(SourceError, match="The host is not there"):
        sources.change_source(source, by=alice, values={"folder": "paid"})


def test_secrets_that_cannot_be_opened_are_entered_again(
    alice: User, source: Source, settings
) -> None:
    settings.ENCRYPTION_KEYS = ["MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA="]
    assert sources.kept_secrets(source) == []
    run_all()
    source.refresh_from_db()
    assert source.error.startswith("What was kept secret cannot be read")
    with pytest.raises(InvalidSource) as refusal:
        sources.change_source(source, by=alice, values={"folder": "inbox"})
    assert refusal.value.errors == {"password": "This is needed."}
    sources.change_source(source, by=alice, values={"password": SECRET})
    assert source.error == ""
    run_all()
    assert source.items.filter(state="taken").count() == 3


def test_a_kind_that_is_gone(
    source: Source, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    Source.objects.update(kind="tea")
    run_all()
    source.refresh_from_db()
    assert source.error == "This site knows no such kind of source any more."


def test_an_account_that_is_gone(alice: User, place: Place) -> None:
    source = Source(owner=alice, kind="drive-oauth")
    with pytest.raises(NeedsSomebody, match=LOST):
        sources.places.connector_of(source)


def test_it_is_visited_when_somebody_says_so(source: Source, place: Place) -> None:
    Source.objects.update(schedule="", next_run=None)
    assert sources.sync_now(source)
    assert not sources.sync_now(source)
    assert Errand.objects.count() == 1
    run_all()
    source.refresh_from_db()
    assert source.next_run is None
    assert sources.sync_now(source)
