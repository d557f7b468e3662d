"""A way to a site that fails a third of the time, each time in another manner."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, cycle
from threading import Lock, Thread

FAILURES = (429, 503, "lost", "dropped", 500, "lost")
ONE_IN = 3  # requests


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Flaky

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        match self.server.fate():
            case int(status):
                self.refuse(status)
            case "dropped":
                self.close_connection = True
            case fate:
                self.pass_on(body, is_lost=fate == "lost")

    do_GET = do_POST = do_PATCH = do_DELETE = answer  # noqa: N815 - as the library calls them

    def refuse(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Retry-After", "0")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def pass_on(self, body: bytes, *, is_lost: bool) -> None:
        """Ask the site; of what is lost, it has done its part, but nobody hears it."""
        site = http.client.HTTPConnection("127.0.0.1", self.server.site, timeout=60)
        try:
            site.request(self.command, self.path, body, dict(self.headers))
            response = site.getresponse()
            content = response.read()
        finally:
            site.close()
        if is_lost:
            self.close_connection = True
            return
        self.send_response(response.status)
        for name, value in response.getheaders():
            if name.lower() not in (
                "connection",
                "transfer-encoding",
                "content-length",
            ):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *words: object) -> None:
        """Nobody reads it."""


class Flaky(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, site: int) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site = site
        self.numbers, self.failures, self.lock = count(1), cycle(FAILURES), Lock()
        self.failed = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def fate(self) -> int | str | None:
        """What becomes of the next request; None: it goes through."""
        with self.lock:
            if next(self.numbers) % ONE_IN:
                return None
            self.failed += 1
            return next(self.failures)


@contextmanager
def flaky_way(port: int) -> Iterator[Flaky]:
    """To the site on *port*."""
    server = Flaky(port)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
