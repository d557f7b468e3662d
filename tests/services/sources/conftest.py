"""A source of files that a test puts there, and workers that visit it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from documents.models import Document, Errand, Job, Source, SourceItem
from documents.services import errands, sources
from documents.services.sources import create_source
from tests.fakes import scan
from tests.sources.fakes import SECRET, Place, offer

VALUES = {"folder": "inbox", "password": SECRET}


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, settings) -> Place:
    """Three files at a place, and workers that go there."""
    settings.WORKER_CLASS = "network"
    place = offer(monkeypatch)
    place.files = {f"{name}.tiff": scan(1, seed) for seed, name in enumerate("abc")}
    return place


@pytest.fixture
def source(alice: User, place: Place) -> Source:
    return create_source(
        alice.personal_workspace,
        owner=alice,
        kind="fake",
        name="Scans",
        values=VALUES,
        tags=["scanned"],
        schedule="*/15 * * * *",
    )


def run_all() -> None:
    """Do what sweeps and workers do, until nothing is due."""
    while sources.start_due() or errands.are_waiting():
        while errands.run_next():
            pass


def let_pass(source: Source, **time: float) -> None:
    """Let so much *time* have passed: all that is to be at some time is sooner."""
    ago = timedelta(**time)
    rows = Source.objects.filter(pk=source.pk)
    for column in ("next_run", "busy_until"):
        moment = rows.values_list(column, flat=True).get()
        if moment is not None:
            rows.update(**{column: moment - ago})
    for item in source.items.all():
        SourceItem.objects.filter(pk=item.pk).update(next_try=item.next_try - ago)
    Errand.objects.filter(state="running").update(lease=timezone.now())
    errands.take_back_overdue()


def states(source: Source) -> dict[str, tuple[str, str]]:
    """Of each file, by name, its state and its error."""
    rows = source.items.order_by("key").values_list("name", "state", "error")
    return {name: (state, error) for name, state, error in rows}


def counts() -> tuple[int, int]:
    """How many documents and jobs there are."""
    return Document.objects.count(), Job.objects.count()
