"""A hub for tests: one repository, told and served as the real one does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

COMMIT = "c0ffee" + "0" * 34


class Hub(BaseHTTPRequestHandler):
    folder: Path
    asked: list[str]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        self.asked.append(path)
        if path.startswith("/api/models/acme/tiny-2b"):
            self.tell_of_files(path)
            return
        name = path.rpartition("/")[2]
        file = self.folder / name
        if path == f"/acme/tiny-2b/resolve/{COMMIT}/{name}" and file.is_file():
            self.answer(200, file.read_bytes())
        else:
            self.answer(404, b"", {"X-Error-Code": "RepoNotFound"})

    def tell_of_files(self, path: str) -> None:
        if path.rpartition("/")[2] not in ("tiny-2b", COMMIT, "main", "c0ffee"):
            self.answer(404, b"", {"X-Error-Code": "RevisionNotFound"})
            return
        files: list[dict[str, Any]] = [
            {"rfilename": file.name, "path": file.name, "type": "file"}
            | {"size": file.stat().st_size, "oid": digest(file.read_bytes())}
            for file in sorted(self.folder.iterdir())
        ]
        told: Any = {"id": "acme/tiny-2b", "sha": COMMIT, "siblings": files}
        self.answer(200, json.dumps(files if "/tree/" in path else told).encode())

    def answer(
        self, status: int, body: bytes, more: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        heads = {
            "Content-Length": str(len(body)),
            "ETag": f'"{digest(body)}"',
            "X-Repo-Commit": COMMIT,
            "Content-Type": "application/json",
        }
        for name, value in {**heads, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def digest(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


@contextmanager
def hub_with(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a hub that has *folder*, and what it was asked for."""
    asked: list[str] = []
    handler = type("OneHub", (Hub,), {"folder": folder, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
