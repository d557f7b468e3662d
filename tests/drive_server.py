"""A server on this machine that speaks Google's OAuth 2.0 and Drive v3.

    with open_google() as google:
        folder = google.cloud.folder("Invoices", readers={ROBOT})

What a site needs to know of it are ``google.settings()``, for the environment as well.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.drive_accounts import CLIENT_ID, CLIENT_SECRET, Accounts, Refused, check_wish
from tests.drive_doors import Api, Says
from tests.drive_files import Cloud

PAGE = """<!doctype html><html lang="en"><link rel="icon" href="data:,">
<title>Sign in - Google Accounts</title>
<main><h1>ocrsite wants to see your files</h1><p>You are {person}.</p>
<form method="post">{fields}
<button name="allowed" value="1">Allow</button> <button>Deny</button></form></main>
</html>"""


class Google(ThreadingHTTPServer):
    """Tests hurt it by its attributes: *fails* is a list of statuses, one for each of
    the next requests to the Drive; *token_fails* the same for tokens."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.cloud, self.accounts = Cloud(), Accounts()
        self.api = Api(self.cloud)
        self.fails: list[int] = []
        self.token_fails: list[int] = []
        self.revoke_status = 200
        self.seconds = 0.0  # before each answer of the Drive
        self.asked: list[str] = []  # the paths of requests

    def handle_error(self, *_: object) -> None:
        """Who asks may be killed before the answer: tests do that."""

    def settings(self) -> dict[str, str]:
        return {
            "GOOGLE_CLIENT_ID": CLIENT_ID,
            "GOOGLE_CLIENT_SECRET": CLIENT_SECRET,
            "GOOGLE_AUTH_URL": f"{self.url}/o/oauth2/v2/auth",
            "GOOGLE_TOKEN_URL": f"{self.url}/token",
            "GOOGLE_REVOKE_URL": f"{self.url}/revoke",
            "GOOGLE_DRIVE_URL": f"{self.url}/",
        }

    def environment(self) -> dict[str, str]:
        """Google's library asks over TLS alone, but where it is told not to."""
        return self.settings() | {"OAUTHLIB_INSECURE_TRANSPORT": "1"}


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Google

    def log_message(self, *_: object) -> None:
        """The terminal is left alone."""

    def do_GET(self) -> None:
        self.read()
        if self.place == "/o/oauth2/v2/auth":
            self.show_consent()
        elif self.place.startswith("/drive/v3/"):
            self.drive()
        else:
            self.say(404, {})

    def do_POST(self) -> None:
        self.read()
        doors = {
            "/o/oauth2/v2/auth": self.take_consent,
            "/token": self.token,
            "/revoke": self.revoke,
        }
        doors.get(self.place, lambda: self.say(404, {}))()

    def read(self) -> None:
        url = urlsplit(self.path)
        self.place, self.query = url.path, flat(url.query)
        length = int(self.headers.get("Content-Length") or 0)
        self.form = flat(self.rfile.read(length).decode())
        self.server.asked.append(f"{self.command} {self.place}")

    # OAuth

    def show_consent(self) -> None:
        try:
            check_wish(self.query)
        except Refused as error:
            self.say_page(400, f"<h1>Error 400: {error}</h1>")
            return
        fields = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in self.query.items()
        )
        person = self.server.accounts.person
        self.say_page(200, PAGE.format(person=person, fields=fields))

    def take_consent(self) -> None:
        wish = {**self.query, **self.form}
        answer = self.server.accounts.consent(wish, bool(self.form.get("allowed")))
        self.say_page(302, "", Location=f"{wish['redirect_uri']}?{urlencode(answer)}")

    def token(self) -> None:
        if self.server.token_fails:
            self.say_page(self.server.token_fails.pop(0), "<h1>Server Error</h1>")
            return
        try:
            self.say(200, self.server.accounts.token(self.form))
        except Refused as error:
            self.say(400, {"error": str(error), "error_description": "Bad Request"})

    def revoke(self) -> None:
        status = self.server.revoke_status
        if status == 200 and not self.server.accounts.revoke(self.form["token"]):
            status = 400
        self.say(status, {})

    # The Drive

    def drive(self) -> None:
        time.sleep(self.server.seconds)  # as a slow line would
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        account = self.server.accounts.access.get(bearer)
        if self.server.fails:
            says = Says.error(self.server.fails.pop(0), "backendError")
        elif account is None:
            says = Says.error(401, "authError", location="Authorization")
        else:
            span = self.headers.get("Range", "")
            path = self.place.removeprefix("/drive/v3/")
            says = self.server.api.answer(account, path, self.query, span)
        self.say_bytes(says.status, says.body, says.kind, **says.headers)

    # Answers

    def say(self, status: int, told: object) -> None:
        self.say_bytes(status, json.dumps(told).encode(), "application/json")

    def say_page(self, status: int, html: str, **headers: str) -> None:
        self.say_bytes(status, html.encode(), "text/html; charset=utf-8", **headers)

    def say_bytes(self, status: int, body: bytes, kind: str, **headers: Any) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


@contextmanager
def open_google() -> Iterator[Google]:
    with Google() as google:
        thread = Thread(target=google.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield google
        finally:
            google.shutdown()
            thread.join()
