"""Which server is asked: what the environment says of it, checked without a network.

Administrators alone name it, and may name one on this machine: its addresses are not
vetted. Users can name none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from engines.environment import names, number, text
from engines.errors import EngineUnavailable
from engines.types import Availability

PORTS = {"http": 80, "https": 443}
UNSAFE = re.compile(r"[^\x21-\x7e]|[\\\"<>]")  # what no address holds as it is
UNSAFE_KEY = re.compile(r"[^\x21-\x7e]")
CHAT = "/chat/completions"  # often pasted with the rest
EXAMPLE = "Set VLM_URL to an endpoint such as http://127.0.0.1:8000/v1."


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks OpenAI's protocol, and how it is asked.

    ``path`` is what lies before ``/chat/completions`` and ``/models``. Times are in
    seconds: ``timeout`` of one request, ``page`` of all that is tried for one page.
    """

    scheme: str
    host: str  # in lower case, without brackets
    port: int
    path: str
    model: str = ""  # empty: the first that the server has
    key: str = field(default="", repr=False)
    concurrency: int = 4
    timeout: int = 120
    retries: int = 3
    page: int = 300

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def endpoint() -> Endpoint:
    """The server that the environment names.

    Raises:
        EngineUnavailable: it names none, or one that must not be asked.
    """
    found = look()
    if isinstance(found, Availability):
        raise EngineUnavailable("\n".join([found.reason, found.remedy]))
    return found


def look() -> Endpoint | Availability:
    """The server that the environment names, or why there is none and what helps."""
    url = text("VLM_URL")
    if not url:
        return no("No server of a vision model is named in VLM_URL.", EXAMPLE)
    place = taken_apart(url)
    if place is None:
        return no("VLM_URL is no address of a server.", EXAMPLE)
    if "@" in urlsplit(url).netloc:
        return no(
            "VLM_URL carries a user name or a password.",
            "Leave them out, and set VLM_KEY where the server wants a key.",
        )
    if UNSAFE_KEY.search(place.key):
        return no("VLM_KEY holds signs that no key has.", "Copy the key once more.")
    if not may_be_asked(place):
        return no(
            f"“{place.host}” is not among VLM_ALLOWED_HOSTS.",
            "Add it there, or name another server in VLM_URL.",
        )
    return place


def taken_apart(url: str) -> Endpoint | None:
    """What *url* leads to, with the other settings; None where it is no address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # brackets that do not match, a port that is no number
        return None
    is_sound = parts.scheme in PORTS and parts.hostname and port != 0
    if not is_sound or UNSAFE.search(url) or parts.query or parts.fragment:
        return None
    return Endpoint(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=port or PORTS[parts.scheme],
        path=parts.path.rstrip("/").removesuffix(CHAT).rstrip("/"),
        model=text("VLM_MODEL"),
        key=text("VLM_KEY"),
        concurrency=max(1, number("VLM_CONCURRENCY", 4)),
        timeout=max(1, number("VLM_TIMEOUT", 120)),
        retries=max(0, number("VLM_RETRIES", 3)),
        page=max(1, number("REMOTE_TIMEOUT", 300)),
    )


def may_be_asked(place: Endpoint) -> bool:
    """Whether its host is allowed: by name, or by name and port."""
    allowed = {name.lower() for name in names("VLM_ALLOWED_HOSTS")}
    return not allowed or bool(allowed & {place.host, f"{place.host}:{place.port}"})


def no(reason: str, remedy: str) -> Availability:
    return Availability(ok=False, reason=reason, remedy=remedy)
