"""The client and its program against a whole site, by a way that fails a third of the
time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.clients.conftest import CLIENT
from tests.clients.flaky import Flaky, flaky_way
from tests.fakes import scan
from tests.processes.site import Site, kill, running_site, wait_for

pytestmark = pytest.mark.processes
FILES = 20


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_site(tmp_path_factory.mktemp("site") / "data") as site:
        yield site


@pytest.fixture
def way(site: Site) -> Iterator[Flaky]:
    with flaky_way(site.port) as way:
        yield way


@pytest.fixture
def client(site: Site, way: Flaky, ocrsite: ModuleType) -> Iterator[Any]:
    with ocrsite.Client(way.url, site.key, timeout=30) as client:
        yield client


def count(site: Site, table: str) -> int:
    return site.rows(f"SELECT count(*) FROM documents_{table}")[0][0]


def program(site: Site, way: Flaky, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CLIENT), *map(str, words)],
        env={**os.environ, "OCRSITE_URL": way.url, "OCRSITE_KEY": site.key},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(started: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = started.communicate(timeout=120)
    return started.returncode, out, err


def test_everything_happens_once(site: Site, way: Flaky, client: Any) -> None:
    documents, jobs = count(site, "document"), count(site, "job")
    batch = client.create_batch("Ten scans")
    taken = [
        client.upload(BytesIO(scan(1, seed)), f"{seed}.tif", batch=batch["id"])
        for seed in range(100, 110)
    ]
    asked = [client.create_job(document["id"], engine="fine") for document in taken]
    for job in asked:
        assert client.wait(job["id"])["state"] == "succeeded"
        assert client.result(job["id"], "txt") == b"Total 12.50\n"
    assert way.failed >= len(taken)
    assert count(site, "document") == documents + len(taken)
    assert count(site, "job") == jobs + len(taken)
    assert site.rows("SELECT name FROM documents_batch") == [("Ten scans",)]
    found = client.documents(batch=batch["id"], page_size=3, ordering="created")
    assert [one["id"] for one in found] == [one["id"] for one in taken]


def test_a_file_is_read_in_one_call(client: Any, tmp_path: Path) -> None:
    path = tmp_path / 'a "quoted" name, ü.tif'
    path.write_bytes(scan(2, 120))
    assert client.read(path, engine="fine") == b"Total 12.50\n\fTotal 12.50\n"
    assert next(client.documents())["name"] == path.name


def test_what_is_refused_is_a_sentence(client: Any, ocrsite: ModuleType) -> None:
    with pytest.raises(ocrsite.OcrsiteError) as refusal:
        client.upload(BytesIO(b"just words"), "notes.txt")
    assert (refusal.value.status, str(refusal.value)) == (
        415,
        "This file cannot be read: it is no picture or PDF. "
        "Upload a JPEG, PNG, WebP, BMP, GIF, TIFF, HEIC or PDF.",
    )
    document = client.upload(BytesIO(scan(1, 121)), "scan.tif")
    with pytest.raises(ocrsite.OcrsiteError) as refusal:
        client.create_job(document["id"], engine="none", max_side=-1)
    assert [one["attr"] for one in refusal.value.errors] == ["engine", "max_side"]
    client.delete_document(document["id"])
    with pytest.raises(ocrsite.OcrsiteError) as refusal:
        client.document(document["id"])
    assert refusal.value.status == 404


def test_a_picture_is_waited_for(client: Any) -> None:
    document = client.upload(BytesIO(scan(1, 122)), "scan.tif")
    assert client.page_image(document["id"], 1)[:3] == b"\xff\xd8\xff"


def test_values_and_tables(client: Any) -> None:
    assert list(client.records()) == []
    assert list(client.fields(state="needs_review")) == []
    assert json.loads(client.export("json"))["rows"] == []
    assert "fine" in [engine["name"] for engine in client.engines()]
    assert [one["personal"] for one in client.workspaces()] == [True]


def test_webhooks_keep_their_secret_though_answers_are_lost(client: Any) -> None:
    made = [
        client.create_webhook(f"https://example.org/{number}", ["job.failed"])
        for number in range(3)
    ]
    assert all(one["secret"].startswith("whsec_") for one in made)
    known = list(client.webhooks())
    assert sorted(one["id"] for one in known) == sorted(one["id"] for one in made)
    for one in made:
        client.delete_webhook(one["id"])
    assert (list(client.webhooks()), list(client.sources())) == ([], [])


def test_an_import_is_killed_and_started_again(
    site: Site, way: Flaky, tmp_path: Path
) -> None:
    scans, out = tmp_path / "scans", tmp_path / "out"
    scans.mkdir()
    for seed in range(FILES):
        (scans / f"{seed}.tif").write_bytes(scan(1, seed))
    (scans / "notes.md").write_text("no document")
    documents, jobs = count(site, "document"), count(site, "job")
    words = ("import", scans, "--wait", "--as", "txt", "--out", out)
    for share in (0.3, 0.6):
        started = program(site, way, *words)
        enough = documents + share * FILES
        wait_for(lambda: count(site, "document") >= enough, 60)  # noqa: B023 - called within
        kill(started.pid)
        started.communicate(timeout=10)
    assert count(site, "document") < documents + FILES
    status, _out, said = ended(program(site, way, *words))
    assert said.splitlines()[-2:] == [f"Read: {FILES} of {FILES}.", f"Written: {out}/"]
    assert "Skipped, because they are no pictures or PDFs: 1." in said
    assert (status, count(site, "document")) == (0, documents + FILES)
    assert count(site, "job") == jobs + FILES
    assert {path.read_text() for path in out.iterdir()} == {"Total 12.50\n"}
    assert len(list(out.iterdir())) == FILES


def test_the_program_reads_and_lists(site: Site, way: Flaky, tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    path.write_bytes(scan(1, 130))
    status, out, _said = ended(program(site, way, "read", path))
    assert (status, out) == (0, "Total 12.50\n")
    status, out, _said = ended(program(site, way, "jobs", "--number", "2"))
    assert (status, len(out.splitlines())) == (0, 2)
    assert out.splitlines()[0].split()[1:4] == ["succeeded", "1/1", "fine"]


def test_the_program_says_what_is_wrong(site: Site, way: Flaky, tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    path.write_bytes(scan(1))
    status, _out, said = ended(program(site, way, "--key", "wrong", "read", path))
    assert (status, said) == (1, "There is no such API key.\n")
