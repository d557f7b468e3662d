"""Places to make sources of: a folder of the server, and one that does as it is told"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User

from documents.models import Source
from documents.services.sources import create_source
from tests.sources.fakes import SECRET, Place, offer


@pytest.fixture
def inbox(alice: User, settings, tmp_path: Path) -> Path:
    """A folder that alice, an administrator, may have watched."""
    alice.is_staff = True
    alice.save()
    inbox = tmp_path / "roots" / "inbox"
    inbox.mkdir(parents=True)
    settings.IMPORT_ROOTS = [inbox.parent]
    return inbox


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    place = offer(monkeypatch)
    place.files = {"a.png": b"a", "b.png": b"b"}
    return place


@pytest.fixture
def source(alice: User, place: Place) -> Source:
    return create_source(
        alice.personal_workspace,
        owner=alice,
        kind="fake",
        name="Scans",
        values={"folder": "inbox", "password": SECRET, "token": "t0k3n"},
        schedule="7 7 * * *",
    )


@pytest.fixture
def edit(source: Source) -> str:
    return f"/sources/{source.pk}/edit/"
