"""A receiver fails a third of the time, a worker is killed: yet all arrives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.load.webhooks import ENVIRONMENT, tell
from tests.processes.site import Site, running_site

pytestmark = pytest.mark.processes
EVENTS = 60


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("site") / "data"
    with running_site(folder, **ENVIRONMENT) as site:
        yield site


def test_each_arrives(site: Site) -> None:
    told = tell(site, EVENTS, kills=1)
    assert (len(told.ids), told.missing) == (EVENTS, set())
    assert told.verified == told.heard == len(told.taken) + told.failed
    assert told.more_than_once <= 1  # no more than what was in hand
