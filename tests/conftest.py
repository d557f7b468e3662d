"""People and things that many tests meet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from documents.services import errands
from engines import get_engine
from engines.registry import ENGINES


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path: Path) -> None:
    """Each test writes its files into a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def own_cache(settings, tmp_path: Path) -> None:
    """Throttles and lockouts of one test never reach another."""
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path / "cache",
        }
    }


@pytest.fixture(autouse=True)
def own_engines() -> Iterator[None]:
    """What a test registers is forgotten after it."""
    known = dict(ENGINES)
    yield
    if list(known.items()) != list(ENGINES.items()):  # their order counts too
        ENGINES.clear()
        ENGINES.update(known)
        get_engine.cache_clear()


@pytest.fixture
def alice(db) -> User:
    return User.objects.create_user("alice", "alice@example.org", "correct horse")


@pytest.fixture
def charlie(db) -> User:
    """A stranger to alice: none of her things is there for him."""
    return User.objects.create_user("charlie", "charlie@example.org", "battery staple")


@pytest.fixture
def api() -> APIClient:
    return APIClient()


@pytest.fixture
def worker_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for an errand does a worker's work meanwhile, in the same process."""
    monkeypatch.setattr(errands, "pause", lambda _seconds: errands.run_next())
