"""A whole site in a folder of its own: started, asked, hurt, and looked at."""

from __future__ import annotations

import contextlib
import copy
import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.fakes import NAMES, scan

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "correct horse battery"
ENGINES = ",".join(f"{name}=tests.fakes.{name.title()}" for name in NAMES)


class Site:
    """`manage.py up` on a free port, with fake engines."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.environment = {
            **os.environ,
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "SECRET_KEY": "only-for-tests",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
            "EXTRA_ENGINES": ENGINES,
            "WARM_ENGINES": "fine",
            "DEFAULT_ENGINE": "fine",
            "SWEEP_SECONDS": "1",
            "API_RATE": "100000/min",
            **environment,
        }
        self.up: subprocess.Popen[bytes] | None = None
        self.key = ""

    # Starting and stopping

    def start(self) -> None:
        self.up = self.spawn("up")
        wait_for(self.is_ready, 90)
        self.key = self.key or self.command("key", "admin", "tests").strip()

    def stop(self) -> None:
        """End it in good order, by the very process that was started."""
        if self.up:
            self.up.terminate()
            self.up.wait(60)
            self.up = None

    def spawn(self, *arguments: str) -> subprocess.Popen[bytes]:
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "up.log").open("ab") as log:
            return subprocess.Popen(
                self.line(*arguments), env=self.environment, stdout=log, stderr=log
            )

    def command(self, *arguments: str) -> str:
        done = subprocess.run(
            self.line(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def line(self, *arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "manage.py"), *arguments]

    def told(self) -> str:
        """What `up` has shown so far."""
        return (self.folder / "up.log").read_text()

    # Asking

    def of_another_user(self, name: str) -> Site:
        """The same site in the eyes of a new user."""
        program = "from django.contrib.auth.models import User; User.objects.{}('{}')"
        self.command("shell", "-v0", "-c", program.format("create_user", name))
        other = copy.copy(self)
        other.key = self.command("key", name, "tests").strip()
        return other

    def is_ready(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.ask("GET", "/readyz")[0] == 200
        return False

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/json"
    ) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": kind}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        is_json = "json" in (answer.headers["Content-Type"] or "")
        return answer.status, json.loads(content) if is_json else content

    def upload(self, content: bytes, name: str = "scan.tiff") -> str:
        """The id of the document that *content* becomes."""
        status, answer = self.send(content, name)
        assert status in (200, 201), answer
        return answer["id"]

    def send(self, content: bytes, name: str) -> tuple[int, Any]:
        """What is answered to an upload."""
        border = uuid4().hex
        part = f'Content-Disposition: form-data; name="file"; filename="{name}"'
        body = f"--{border}\r\n{part}\r\n\r\n".encode() + content
        body += f"\r\n--{border}--\r\n".encode()
        kind = f"multipart/form-data; boundary={border}"
        return self.ask("POST", "/api/v1/documents/", body, kind)

    def read(self, document: str, **wishes: Any) -> str:
        """The id of a new job."""
        body = json.dumps({"document": document, **wishes}).encode()
        status, answer = self.ask("POST", "/api/v1/jobs/", body)
        assert status == 202, answer
        return answer["id"]

    def read_scan(self, pages: int, seed: int, **wishes: Any) -> str:
        return self.read(self.upload(scan(pages, seed)), **wishes)

    def job(self, key: str) -> dict[str, Any]:
        status, answer = self.ask("GET", f"/api/v1/jobs/{key}/")
        assert status == 200, answer
        return answer

    def done(self, key: str, patience: float = 60) -> dict[str, Any]:
        """The job, once it has ended."""
        wait_for(lambda: self.job(key)["finished"] is not None, patience)
        return self.job(key)

    def some_pages_read(self, key: str) -> bool:
        return self.job(key)["progress"]["done"] > 0

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        path = f"file:{self.folder}/db.sqlite3?mode=ro"
        with contextlib.closing(sqlite3.connect(path, uri=True)) as database:
            return database.execute(query, values).fetchall()

    # Looking at its processes

    def workers(self) -> list[int]:
        """The processes that read pages."""
        return self.workers_of("<> 'network'")

    def network_workers(self) -> list[int]:
        """Those that visit sources and call webhooks."""
        return self.workers_of("= 'network'")

    def workers_of(self, engine_class: str) -> list[int]:
        query = f"SELECT pid FROM documents_worker WHERE engine_class {engine_class}"
        return [pid for (pid,) in self.rows(query)]

    def busy_worker(self) -> int:
        """One that is reading a page, as soon as there is one."""
        query = (
            "SELECT pid FROM documents_worker w JOIN documents_pageread r"
            " ON r.worker_id = w.id WHERE r.state = 'running'"
        )
        found: list[tuple[int]] = []
        wait_for(lambda: found.extend(self.rows(query)) or found, 30)
        return found[0][0]

    def child(self, word: str) -> int:
        """The supervisor's first child whose command line holds *word*, and that has
        not to do with sources and webhooks."""
        assert self.up
        return next(
            pid
            for pid in self.processes()
            if parent(pid) == self.up.pid
            and word in command_line(pid)
            and "\0WORKER_CLASS=network\0" not in environment(pid)
        )

    def processes(self) -> list[int]:
        """Every process, orphans too, that was started with this site's folder."""
        mark = f"\0DATA_DIR={self.folder}\0"
        return [pid for pid in all_processes() if mark in environment(pid)]

    def standing(self) -> list[int]:
        """Those that a whole site always has: servers of inspecting children come with
        the first upload that a process takes."""
        served = "from multiprocessing."
        return [pid for pid in self.processes() if served not in command_line(pid)]


@contextlib.contextmanager
def running_site(folder: Path, **environment: str) -> Iterator[Site]:
    site = Site(folder, **environment)
    try:
        site.start()
        yield site
    finally:
        site.stop()
    wait_for(lambda: not site.processes(), 10)


def wait_for(happens: Callable[[], object], patience: float) -> None:
    end = time.monotonic() + patience
    while not happens():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def all_processes() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def environment(pid: int) -> str:
    return "\0" + proc(pid, "environ")


def command_line(pid: int) -> str:
    return proc(pid, "cmdline").replace("\0", " ")


def parent(pid: int) -> int:
    stat = proc(pid, "stat").rpartition(")")[2].split()
    return int(stat[1]) if stat else 0


def proc(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    except OSError:
        return ""
