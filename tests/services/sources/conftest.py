"""A source of files that a test puts there, and workers that visit it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from documents.models import (
    Document,
    Errand,
    Job,
    Source,
    SourceItem,
    Webhook,
    WebhookDelivery,
)
from documents.services import errands, sources
from documents.services.sealing import seal
from documents.services.sources import create_source
from tests.fakes import scan
from tests.sources.fakes import SECRET, Place, offer

DOWN = "The server does not answer. It is tried again."
TAKEN = dict.fromkeys(("a.tiff", "b.tiff", "c.tiff"), ("taken", ""))
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


def told() -> list[dict[str, object]]:
    return [
        row.payload["data"] for row in WebhookDelivery.objects.order_by("created", "pk")
    ]
