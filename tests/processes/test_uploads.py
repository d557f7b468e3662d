"""Fifty uploads at once on SQLite while two workers read: none fails, none is lost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.fakes import scan

pytestmark = pytest.mark.processes

Answer = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 50
PATIENCE = 120  # seconds, for a machine that is busy with other things


class Site:
    """A web server and workers of their own, on a database in *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATA_DIR": str(folder),
            "SECRET_KEY": "only-for-tests",
            "PORT": str(self.port),
            "EXTRA_ENGINES": "fine=tests.fakes.Fine,slow=tests.fakes.Slow",
            "WARM_ENGINES": "fine",
            "DEFAULT_ENGINE": "fine",
            "DJANGO_SUPERUSER_PASSWORD": "correct horse",
        }
        self.manage("migrate")
        who = ["--username=alice", "--email=alice@example.org"]
        self.manage("createsuperuser", "--noinput", *who)
        self.key = self.manage("key", "alice", "tests").strip()

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.env, check=True, capture_output=True, text=True
        )
        return done.stdout

    @contextmanager
    def process(self, *command: str) -> Iterator[None]:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
            )
        try:
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE)

    def call(
        self,
        path: str,
        form: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, Answer]:
        request = Request(
            f"http://127.0.0.1:{self.port}/api/v1/{path}",
            data=encode_multipart(BOUNDARY, form) if form else None,
            headers={"Authorization": f"Bearer {self.key}", **(headers or {})},
        )
        if form:
            request.add_header("Content-Type", MULTIPART_CONTENT)
        try:
            with urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, json.load(answer)
        except HTTPError as refusal:
            return refusal.code, json.load(refusal)

    def read(
        self, pages: int, seed: int, engine: str, **headers: str
    ) -> tuple[int, Answer]:
        file = SimpleUploadedFile(f"{seed}.tiff", scan(pages, seed))
        return self.call("read/?wait=0", {"file": file, "engine": engine}, headers)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    with ExitStack() as running:
        server = ["-m", "gunicorn", "-c", "python:documents.supervisor.web"]
        running.enter_context(site.process(*server))
        for _ in range(2):
            running.enter_context(site.process("manage.py", "worker"))
        until(lambda: answers(site))
        yield site


def answers(site: Site) -> bool:
    try:
        return site.call("engines/")[0] == 200
    except OSError:
        return False


def test_fifty_uploads_at_once(site: Site) -> None:
    status, long_job = site.read(pages=40, seed=AT_ONCE + 1, engine="slow")
    assert status == 202
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        told = list(crowd.map(lambda seed: site.read(1, seed, "fine"), range(AT_ONCE)))
    assert {status for status, _ in told} <= {200, 202}
    assert site.call("documents/")[1]["count"] == AT_ONCE + 1
    until(lambda: site.call("jobs/?state=succeeded&engine=fine")[1]["count"] == AT_ONCE)
    assert site.call(f"jobs/{long_job['id']}/")[1]["state"] in {"running", "succeeded"}
    assert len(list((site.folder / "media" / "originals").rglob("*.tiff"))) == 51
    assert "database is locked" not in (site.folder / "log").read_text()


def test_one_file_from_many_at_once_is_one_document(site: Site) -> None:
    with ThreadPoolExecutor(20) as crowd:
        told = list(crowd.map(lambda _: site.read(1, 200, "fine"), range(20)))
    assert {status for status, _ in told} <= {200, 202}
    assert site.call("documents/?q=200.tiff")[1]["count"] == 1


def test_one_key_from_many_at_once_acts_once(site: Site) -> None:
    once = {"Idempotency-Key": "once"}
    with ThreadPoolExecutor(20) as crowd:
        told = list(crowd.map(lambda _: site.read(1, 201, "slow", **once), range(20)))
    assert 202 in {status for status, _ in told} <= {202, 409}
    assert site.call("jobs/?engine=slow")[1]["count"] == 2  # and the long one
