"""An OpenID Connect provider on this machine: code with PKCE, token, user."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT_ID, CLIENT_SECRET = "ocrsite", "a secret"
Answer = tuple[int, dict[str, str], dict[str, Any]]


class Provider(ThreadingHTTPServer):
    """Knows one user, whose *claims* a test sets; keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.wishes: dict[str, dict[str, str]] = {}  # by code
        self.tokens: set[str] = set()

    def settings(self) -> dict[str, Any]:
        """What the product makes of its OIDC_* variables."""
        app = {
            "provider_id": "oidc",
            "name": "Our house",
            "client_id": CLIENT_ID,
            "secret": CLIENT_SECRET,
            "settings": {"server_url": self.url, "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, wish: dict[str, str]) -> str:
        """Where the browser goes back to, as if its user had logged in here."""
        code = secrets.token_urlsafe()
        self.wishes[code] = wish
        back = {"code": code, "state": wish["state"]}
        return f"{wish['redirect_uri']}?{urlencode(back)}"

    def exchange(self, form: dict[str, str]) -> Answer:
        wish = self.wishes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        known = (form.get("client_id"), form.get("client_secret"))
        if (
            wish is None
            or known != (CLIENT_ID, CLIENT_SECRET)
            or wish["code_challenge"] != challenge
        ):
            return 400, {}, {"error": "invalid_grant"}
        token = secrets.token_urlsafe()
        self.tokens.add(token)
        identity = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "iat": int(time.time()),
            "exp": int(time.time()) + 60,
            **self.claims,
        }
        signed = jwt.encode(identity, self.key, "RS256", headers={"kid": "1"})
        answer = {"access_token": token, "token_type": "Bearer", "id_token": signed}
        return 200, {}, answer

    def public_key(self) -> dict[str, Any]:
        return {**RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True), "kid": "1"}


class Door(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if url.path == "/.well-known/openid-configuration":
            self.answer(200, {}, self.server.configuration())
        elif url.path == "/authorize":
            self.answer(302, {"Location": self.server.authorize(query)}, {})
        elif url.path == "/userinfo" and bearer in self.server.tokens:
            self.answer(200, {}, self.server.claims)
        elif url.path == "/jwks":
            self.answer(200, {}, {"keys": [self.server.public_key()]})
        else:
            self.answer(404, {}, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.answer(*self.server.exchange(form))

    def answer(self, status: int, headers: dict[str, str], body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Tests read what was asked from the provider, not from a log."""


@contextmanager
def open_provider() -> Iterator[Provider]:
    with Provider() as provider:
        thread = Thread(target=provider.serve_forever, daemon=True)
        thread.start()
        yield provider
        provider.shutdown()
        thread.join()
