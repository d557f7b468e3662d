"""manage.py sweep"""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from documents.models import IdempotentCall, Worker
from documents.services import housekeeping
from documents.services.workers import HOST

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def untidied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was tidied up within the hour."""
    monkeypatch.setattr(housekeeping, "_next", 0.0)


def sweep() -> str:
    out = io.StringIO()
    call_command("sweep", stdout=out)
    return out.getvalue()


def test_it_works(db) -> None:
    assert (
        sweep()
        == "overdue 0, dead 0, jobs 0, errands 0, sources 0, webhooks 0, wake_ups 0\n"
    )


def test_it_tells_what_it_found(db) -> None:
    Worker.objects.create(host=HOST, pid=2**22 + 1, seen=timezone.now())
    assert (
        sweep()
        == "overdue 0, dead 1, jobs 0, errands 0, sources 0, webhooks 0, wake_ups 0\n"
    )


def test_it_tidies_up(alice: User) -> None:
    for key, age in (("old", 2 * DAY), ("new", 0 * DAY)):
        call = IdempotentCall.objects.create(user=alice, method="POST", key=key)
        IdempotentCall.objects.filter(pk=call.pk).update(created=timezone.now() - age)
        Session.objects.create(session_key=key, expire_date=timezone.now() + DAY - age)
    sweep()
    assert [call.key for call in IdempotentCall.objects.all()] == ["new"]
    assert [session.pk for session in Session.objects.all()] == ["new"]


def test_it_tidies_up_once_an_hour(db) -> None:
    sweep()
    Session.objects.create(session_key="old", expire_date=timezone.now() - DAY)
    sweep()
    assert Session.objects.count() == 1
