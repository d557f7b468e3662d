"""Who a made Google knows: people and service accounts, and the tokens they have."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "ocrsite.apps.example.org", "a secret of the site"
SCOPE = "https://www.googleapis.com/auth/drive.readonly"
AUDIENCE = "https://oauth2.googleapis.com/token"  # whatever host is asked
ROBOT = "robot@project.iam.example.org"
SIGNED = "urn:ietf:params:oauth:grant-type:jwt-bearer"
Form = dict[str, str]


class Refused(Exception):
    """What OAuth calls the mistake."""


@dataclass
class Accounts:
    person: str = "ada@example.org"  # who the browser is signed in as
    asked: dict[str, Form] = field(default_factory=dict)  # by code
    refresh: dict[str, str] = field(default_factory=dict)  # token: account
    access: dict[str, str] = field(default_factory=dict)
    issued: int = 0  # access tokens
    is_robot_known: bool = True
    grants_all: bool = True  # and lasting access

    def __post_init__(self) -> None:
        self.key = made_key()

    def key_file(self) -> str:
        """What Google Cloud gives out; its address is a trap."""
        private = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return json.dumps(
            {
                "type": "service_account",
                "project_id": "project",
                "private_key_id": "1",
                "private_key": private.decode(),
                "client_email": ROBOT,
                "client_id": "1",
                "auth_uri": "http://192.0.2.1/auth",
                "token_uri": "http://192.0.2.1/token",
                "universe_domain": "example.org",
            }
        )

    # What happens to tokens

    def expire(self) -> None:
        """Access tokens end before they said."""
        self.access.clear()

    def revoke(self, token: str = "") -> bool:
        """One token, or all there are, of people and of the robot."""
        if token:
            return self.refresh.pop(token, None) is not None
        self.refresh.clear()
        self.access.clear()
        self.is_robot_known = False
        return True

    # The token endpoint

    def consent(self, wish: Form, is_allowed: bool) -> dict[str, str]:
        """What the browser takes back to the site."""
        if not is_allowed:
            return {"error": "access_denied", "state": wish["state"]}
        code = secrets.token_urlsafe()
        self.asked[code] = wish
        return {"code": code, "state": wish["state"], "scope": SCOPE}

    def token(self, form: Form) -> dict[str, Any]:
        """
        Raises:
            Refused
        """
        grants = {
            "authorization_code": self.of_code,
            "refresh_token": self.of_refresh,
            SIGNED: self.of_signature,
        }
        grant = grants.get(form.get("grant_type", ""))
        if not grant:
            raise Refused("unsupported_grant_type")
        return grant(form)

    def of_code(self, form: Form) -> dict[str, Any]:
        check_client(form)
        wish = self.asked.pop(form["code"], {})
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        here = (form["redirect_uri"], challenge)
        if here != (wish.get("redirect_uri"), wish.get("code_challenge")):
            raise Refused("invalid_grant")
        answer = self.issue(self.person)
        if self.grants_all and (wish["access_type"], wish["prompt"]) == (
            *("offline", "consent"),
        ):
            answer["refresh_token"] = secrets.token_urlsafe()
            self.refresh[answer["refresh_token"]] = self.person
        return answer

    def of_refresh(self, form: Form) -> dict[str, Any]:
        check_client(form)
        account = self.refresh.get(form["refresh_token"])
        if account is None:
            raise Refused("invalid_grant")
        return self.issue(account)

    def of_signature(self, form: Form) -> dict[str, Any]:
        try:
            claims = jwt.decode(
                form["assertion"],
                self.key.public_key(),
                algorithms=["RS256"],
                audience=AUDIENCE,
                issuer=ROBOT,
                options={"require": ["exp", "iat", "iss", "aud", "scope"]},
            )
        except jwt.InvalidTokenError:
            raise Refused("invalid_grant") from None
        if claims["scope"] != SCOPE or not self.is_robot_known:
            raise Refused("invalid_grant")
        return self.issue(ROBOT)

    def issue(self, account: str) -> dict[str, Any]:
        token = secrets.token_urlsafe()
        self.access[token] = account
        self.issued += 1
        return {
            "access_token": token,
            "expires_in": 3600,
            "scope": SCOPE,
            "token_type": "Bearer",
        }


@cache
def made_key() -> rsa.RSAPrivateKey:
    """One for all: to make it takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def check_client(form: Form) -> None:
    if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
        raise Refused("invalid_client")


def check_wish(wish: Form) -> None:
    """That Google would show a user this page."""
    expected = {
        "client_id": CLIENT_ID,
        "response_type": "code",
        "scope": SCOPE,
        "code_challenge_method": "S256",
    }
    if {name: wish.get(name) for name in expected} != expected or not (
        wish.get("state") and wish.get("code_challenge") and wish.get("redirect_uri")
    ):
        raise Refused("invalid_request")
