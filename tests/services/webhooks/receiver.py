"""Somebody who is told: a real server that keeps what it hears, and checks it twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from standardwebhooks import Webhook as Verifier

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "webhooks.md"
Verify = Callable[[str, dict[str, str], bytes], None]
Said = tuple[int, dict[str, str], bytes]
FINE: Said = (204, {}, b"")


@dataclass(frozen=True)
class Heard:
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def message(self) -> dict[str, Any]:
        return json.loads(self.body)

    def verified(self, secret: str) -> dict[str, Any]:
        """The message, if both the specification's library and our own snippet trust
        it."""
        snippet()(secret, self.headers, self.body)
        told: dict[str, Any] = Verifier(secret).verify(self.body, self.headers)
        assert told["id"] == self.headers["webhook-id"]
        return told


@dataclass
class Receiver:
    """Answers with what *answer* says to what was heard; by default, that is fine."""

    port: int
    answer: Callable[[Heard], Said] = lambda _heard: FINE
    heard: list[Heard] = field(default_factory=list)
    connections: int = 0
    lock: Lock = field(default_factory=Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?for=tests"

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.heard]

    def take(self, heard: Heard) -> Said:
        with self.lock:
            self.heard.append(heard)
            return self.answer(heard)

    def says(self, status: int, body: bytes = b"", **headers: str) -> None:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = lambda _heard: (status, names, body)


@contextmanager
def open_receiver(port: int = 0) -> Iterator[Receiver]:
    """On a port of its own, until the context ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            receiver.connections += 1
            super().setup()

        def handle(self) -> None:
            with suppress(ConnectionError):  # whoever called was killed
                super().handle()

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:  # whoever called was killed in the middle
                self.close_connection = True
                return
            names = {name.lower(): value for name, value in self.headers.items()}
            status, headers, said = receiver.take(Heard(self.path, names, body))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(said)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *arguments: object) -> None:
            """Nothing on the console."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

    with Server(("127.0.0.1", port), Handler) as server:
        receiver = Receiver(server.server_address[1])
        serving = Thread(target=server.serve_forever, args=[0.02], daemon=True)
        serving.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            serving.join()


def snippet() -> Verify:
    """The function that the document gives to receivers."""
    names: dict[str, Any] = {}
    exec(block("python"), names)  # what readers copy is what is tested
    return names["verify"]


def block(language: str) -> str:
    """The first block of *language* in the document."""
    return DOCUMENT.read_text().split(f"```{language}\n")[1].split("```")[0]
