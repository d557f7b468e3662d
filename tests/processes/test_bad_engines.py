"""Engines that crash, hang, leak or raise fail their own pages, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.site import Site, running_site

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("bad") / "data"
    limits = {"ENGINE_TIMEOUT": "2", "MAX_ATTEMPTS": "2", "WORKER_MEMORY_MB": "512"}
    with running_site(folder, **limits) as site:
        yield site


def test_they_fail_with_the_reason_and_the_others_go_on(site: Site) -> None:
    reasons = {
        "crashing": "The engine crashed on this page. Try another engine.",
        "hanging": "The engine took longer than 2 seconds. "
        "Try a smaller picture or another engine.",
        "leaking": "The page needs more memory than a worker may use. "
        "Try a smaller picture or another engine.",
        "raising": "The engine “raising” failed on this page (KeyError: 'shape'). "
        "Try another engine.",
    }
    bad = {
        name: site.read_scan(1, seed, engine=name)
        for seed, name in enumerate(reasons, start=1)
    }
    good = [site.read_scan(2, seed) for seed in range(10, 16)]
    assert [site.done(job)["state"] for job in good] == ["succeeded"] * 6
    ended = {name: site.done(job, 120) for name, job in bad.items()}
    assert {name: job["error"] for name, job in ended.items()} == {
        name: f"Page 1: {reason}" for name, reason in reasons.items()
    }
    assert {job["state"] for job in ended.values()} == {"failed"}
    attempts = "SELECT DISTINCT attempt FROM documents_pageread WHERE state = 'failed'"
    assert site.rows(attempts) == [(2,)]


def test_the_site_is_well_afterwards(site: Site) -> None:
    assert site.done(site.read_scan(3, 20))["state"] == "succeeded"
