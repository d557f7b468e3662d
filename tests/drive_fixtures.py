"""Fixtures of tests that talk to a made Google; named where they are wanted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.drive_accounts import ROBOT
from tests.drive_files import File
from tests.drive_server import Google, open_google


@pytest.fixture
def google(settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Google]:
    """A Google of its own for each test, which the settings lead to."""
    with open_google() as google:
        for name, value in google.settings().items():
            setattr(settings, name, value)
        # Its library asks over TLS alone, but where it is told not to.
        monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
        yield google


@pytest.fixture
def folder(google: Google) -> File:
    return google.cloud.folder("Invoices", readers={ROBOT})
