"""Calls that are repeated, and those that are not, on a server that says what it is
told to say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Thread
from types import ModuleType
from typing import Any

import pytest

from tests.processes.site import free_port

Said = tuple[int, dict[str, str], dict[str, Any]]  # status, headers, body


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Scripted

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.heard.append((self.command, self.path, dict(self.headers), body))
        status, headers, said = self.server.script.pop(0)
        content = json.dumps(said).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = answer  # noqa: N815 - as the library calls them

    def log_message(self, *words: object) -> None:
        """Nobody reads it."""


class Scripted(HTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[Said] = []
        self.heard: list[tuple[str, str, dict[str, str], bytes]] = []


@pytest.fixture
def server() -> Iterator[Scripted]:
    server = Scripted()
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture
def pauses(ocrsite: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the client would have slept."""
    slept: list[float] = []
    monkeypatch.setattr(ocrsite.time, "sleep", slept.append)
    return slept


@pytest.fixture
def client(ocrsite: ModuleType, server: Scripted) -> Iterator[Any]:
    url = f"http://127.0.0.1:{server.server_port}/below/"
    with ocrsite.Client(url, "secret", retries=3) as client:
        yield client


def refused(code: str, detail: str, attr: str | None = None) -> dict[str, Any]:
    error = {"code": code, "detail": detail, "attr": attr}
    return {"type": "client_error", "errors": [error]}


def test_it_works(client: Any, server: Scripted, pauses: list[float]) -> None:
    server.script = [(202, {}, {"id": "7"})]
    assert client.create_job("1", languages=["eng"]) == {"id": "7"}
    [(method, path, headers, body)] = server.heard
    assert (method, path) == ("POST", "/below/api/v1/jobs/")
    assert json.loads(body) == {"document": "1", "languages": ["eng"]}
    assert headers["Authorization"] == "Bearer secret"
    assert (headers["Content-Type"], pauses) == ("application/json", [])


def test_the_site_says_how_long_to_wait(
    client: Any, server: Scripted, pauses: list[float]
) -> None:
    server.script = [
        (429, {"Retry-After": "17"}, refused("throttled", "Too many.")),
        (409, {"Retry-After": "2"}, refused("still_running", "It still runs.")),
        (202, {}, {"id": "7"}),
    ]
    client.create_job("1")
    assert pauses == [17.0, 2.0]
    assert (
        len({headers["Idempotency-Key"] for _m, _p, headers, _b in server.heard}) == 1
    )


def test_pauses_grow(client: Any, server: Scripted, pauses: list[float]) -> None:
    server.script = [(502, {}, {}), (503, {}, {}), (500, {}, {}), (200, {}, {})]
    client.job("7")
    assert [round(pause, 1) for pause in sorted(pauses)] == [
        pytest.approx(longest * 0.75, rel=0.34) for longest in (0.5, 1, 2)
    ]


def test_in_the_end_it_gives_up(
    ocrsite: ModuleType, client: Any, server: Scripted, pauses: list[float]
) -> None:
    server.script = [(503, {}, {})] * 4
    with pytest.raises(ocrsite.OcrsiteError) as error:
        client.job("7")
    assert (error.value.status, str(error.value), len(server.heard)) == (
        503,
        "The site answered with status 503.",
        4,
    )


def test_what_is_refused_is_not_sent_again(
    ocrsite: ModuleType, client: Any, server: Scripted, pauses: list[float]
) -> None:
    server.script = [
        (400, {}, refused("invalid", "There is no such engine.", "engine"))
    ]
    with pytest.raises(ocrsite.OcrsiteError) as error:
        client.create_job("1", engine="none")
    assert (error.value.status, str(error.value), pauses) == (
        400,
        "engine: There is no such engine.",
        [],
    )


def test_nobody_is_there(ocrsite: ModuleType, pauses: list[float]) -> None:
    client = ocrsite.Client(f"http://127.0.0.1:{free_port()}", "secret", retries=2)
    with pytest.raises(ocrsite.OcrsiteError, match=r"^127\.0\.0\.1 cannot be reached"):
        client.job("7")
    assert len(pauses) == 2


@pytest.mark.parametrize("url", ["ocr.example.org", "ftp://example.org", "https://"])
def test_an_address_is_one(ocrsite: ModuleType, url: str) -> None:
    with pytest.raises(ocrsite.OcrsiteError, match="begin it with https://"):
        ocrsite.Client(url, "secret")


def test_all_pages_of_a_list(client: Any, server: Scripted) -> None:
    """One that moved to the next page while the first was read comes once."""
    server.script = [
        (200, {}, {"next": "more", "results": [{"id": "c"}, {"id": "b"}]}),
        (200, {}, {"next": None, "results": [{"id": "b"}, {"id": "a"}]}),
    ]
    assert [row["id"] for row in client.jobs(state="failed")] == ["c", "b", "a"]
    assert [path for _m, path, _h, _b in server.heard] == [
        f"/below/api/v1/jobs/?page_size=100&state=failed&page={page}" for page in (1, 2)
    ]


class Counted(BytesIO):
    largest = 0

    def read(self, size: int | None = -1) -> bytes:
        content = super().read(size)
        self.largest = max(self.largest, len(content))
        return content


def test_a_file_is_sent_in_pieces_also_again(
    client: Any, server: Scripted, pauses: list[float]
) -> None:
    server.script = [(503, {}, {}), (201, {}, {"id": "1"})]
    file = Counted(b"x" * 2**20)
    client.upload(file, 'a "b"\r\n.tif', batch="9")
    first, second = (body for _m, _p, _h, body in server.heard)
    assert first == second
    assert (first.count(b"x"), file.largest) == (2**20, 2**16)
    assert b'filename="a \\"b\\"  .tif"' in first
    assert b'name="batch"\r\n\r\n9\r\n' in first
