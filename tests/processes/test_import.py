"""manage.py import of 200 files, killed and started again: each is read once."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.fakes import scan
from tests.processes.site import Site, kill, wait_for

pytestmark = pytest.mark.processes
FILES = 200
KILLS = 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for seed in range(FILES):
        (tmp_path / f"scan-{seed}.tif").write_bytes(scan(1, seed))
    return tmp_path


def count(site: Site, table: str) -> int:
    return site.rows(f"SELECT count(*) FROM documents_{table}")[0][0]


def test_it_works(site: Site, folder: Path, tmp_path_factory) -> None:
    out = tmp_path_factory.mktemp("out")
    documents, jobs = count(site, "document"), count(site, "job")
    words = ("import", str(folder), "--user", "admin", "--wait", "--as", "txt")
    for killed in range(KILLS):
        command = site.spawn(*words, "--out", str(out))
        enough = documents + (killed + 1) * FILES // (KILLS + 1)
        wait_for(lambda: count(site, "document") >= enough, 120)  # noqa: B023 - it is called within the loop
        kill(command.pid)
        command.wait(10)
    assert count(site, "document") < documents + FILES
    done = subprocess.run(
        site.line(*words, "--out", str(out)),
        env=site.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"Read: {FILES} of {FILES}." in done.stderr
    assert count(site, "document") == documents + FILES
    assert count(site, "job") == jobs + FILES
    of_each = "SELECT count(*) FROM documents_job GROUP BY document_id"
    assert set(site.rows(of_each)) == {(1,)}
    written = sorted(path.name for path in out.glob("*.txt"))
    assert written == sorted(f"scan-{seed}.txt" for seed in range(FILES))
    assert {path.read_text() for path in out.glob("*.txt")} == {"Total 12.50\n"}
