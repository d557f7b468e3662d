"""A watched folder while its worker is killed: every file is taken once, and moved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import scan
from tests.processes.site import running_site, wait_for
from tests.source_sites import SourceSite

pytestmark = pytest.mark.processes
VISITS, FILES = 3, 10  # in each


def put(folder: Path, numbers: range) -> None:
    for number in numbers:
        path = folder / f"{number % 3}" / f"{number:02}.tiff"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(scan(1, number))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "roots" / "inbox"
    folder.mkdir(parents=True)
    put(folder, range(FILES))
    return folder


@pytest.fixture
def watched(inbox: Path, tmp_path: Path) -> Iterator[SourceSite]:
    with running_site(tmp_path / "site", IMPORT_ROOTS=str(inbox.parent)) as site:
        yield SourceSite(site, "folder", {"path": str(inbox)}, origin="folder")


def test_every_file_is_taken_once(inbox: Path, watched: SourceSite) -> None:
    """Its worker is killed in the midst of each visit."""
    for visit in range(VISITS):
        before = visit * FILES
        put(inbox, range(before, before + FILES))
        watched.visit()
        wait_for(lambda least=before: watched.taken() > least + FILES // 3, 30)
        watched.kill_worker()
        wait_for(lambda most=before + FILES: watched.taken() == most, 30)
        watched.rest(30)
    names = {f"{number:02}.tiff" for number in range(VISITS * FILES)}
    assert watched.items() == {"taken": len(names)}
    assert watched.documents() == dict.fromkeys(names, 1)
    assert watched.jobs() == {1: len(names)}
    assert {path.name for path in (inbox / "done").rglob("*.tiff")} == names
    left = [path for path in inbox.rglob("*") if path.is_file()]
    assert len(left) == len(names)  # nothing else, nothing twice
    assert all(path.stat().st_size for path in left)
