"""One site for many tests: starting it is what takes long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.site import Site, running_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("site") / "data"
    with running_site(folder, FAKE_SECONDS="0.3", MAX_ATTEMPTS="2") as site:
        yield site
