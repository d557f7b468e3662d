"""Gives out tokens of OAuth 2.0 over TLS, and tells the mail server whose they are."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl

USER = "ada"


class TokenServer:
    """``answer`` is what is said to who asks for a token, unless a token is."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.tokens: list[str] = []
        self.answer: tuple[int, Any] | None = None
        self.doors: list[ThreadingHTTPServer] = []
        self.owners_url = f"http://127.0.0.1:{self.opened(Owners)}/"
        self.url = ""

    def open(self, tls: ssl.SSLContext) -> None:
        """Give out tokens: as the mail server does, with its certificate."""
        self.url = f"https://localhost:{self.opened(Tokens, tls)}/token"

    def opened(self, handler: type[Handler], tls: ssl.SSLContext | None = None) -> int:
        bound = type("Bound", (handler,), {"tokens": self})
        door = ThreadingHTTPServer(("127.0.0.1", 0), bound)
        if tls:
            door.socket = tls.wrap_socket(
                door.socket, server_side=True, do_handshake_on_connect=False
            )
        Thread(target=door.serve_forever, args=[0.05], daemon=True).start()
        self.doors.append(door)
        return door.server_address[1]

    def given(self, form: dict[str, str]) -> tuple[int, Any]:
        self.forms.append(form)
        if self.answer:
            return self.answer
        self.tokens.append(f"token-{len(self.tokens)}")
        return 200, {"access_token": self.tokens[-1], "expires_in": 3600}

    def close(self) -> None:
        for door in self.doors:
            door.shutdown()
            door.server_close()


class Handler(BaseHTTPRequestHandler):
    tokens: TokenServer
    timeout = 10

    def say(self, status: int, answer: Any) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if 300 <= status < 400:
            self.send_header("Location", answer)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, the base's
        """Nothing: what is asked is looked at by tests."""


class Tokens(Handler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.say(*self.tokens.given(dict(parse_qsl(body))))


class Owners(Handler):
    def do_GET(self) -> None:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        self.say(200, {"email": USER if token in self.tokens.tokens else "nobody"})


@contextmanager
def token_server() -> Iterator[TokenServer]:
    server = TokenServer()
    try:
        yield server
    finally:
        server.close()
