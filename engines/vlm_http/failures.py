"""What is said when a server does not answer as it should: why, and what helps.

What the server itself says of it follows on a line of its own, short, and never with
the key or the picture in it.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from engines.errors import EngineError, EngineUnavailable
from engines.vlm_http.clock import Clock
from engines.vlm_http.endpoint import Endpoint

SHORT = 200  # characters of what a server says of its failure
PICTURE = re.compile(r"data:image/[^\"'\s]*")
PASSING = {429, 500, 502, 503, 504}


class Passing(EngineError):
    """A failure that may pass by itself; *after* so many seconds, where the server
    says so."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after


class NotThere(EngineUnavailable):
    """The server has no such address or model."""


def unreachable(server: Endpoint) -> Passing:
    return Passing(
        f"“{server.host}” cannot be reached. Start the server there, or change VLM_URL."
    )


def broken_off(server: Endpoint) -> Passing:
    return Passing(f"“{server.host}” broke off its answer. See its log.")


def too_late(server: Endpoint, clock: Clock) -> EngineError:
    return EngineError(
        f"“{server.host}” took longer than {clock.seconds:.0f} seconds. "
        f"Raise {clock.setting}, or send a smaller picture."
    )


def garbled(server: Endpoint) -> EngineError:
    return EngineError(
        f"“{server.host}” does not answer as OpenAI’s protocol has it. "
        "See whether VLM_URL names the right server, and ends in /v1."
    )


def refused(
    server: Endpoint, status: int, message: str, after: float = 0.0
) -> EngineError:
    """The failure that a *status* stands for, of HTTP or told in an answer."""
    told = f"{sentence(server, status)}{said(server, message)}"
    if status in PASSING:
        return Passing(told, after)
    if status == 404:
        return NotThere(told)
    if status in {401, 403} or 300 <= status < 400:
        return EngineUnavailable(told)
    return EngineError(told)


def sentence(server: Endpoint, status: int) -> str:
    host = server.host
    match status:
        case 401 | 403:
            return f"“{host}” does not take the key ({status}). Check VLM_KEY."
        case 404:
            return (
                f"“{host}” has nothing at the address ({status}). Check VLM_URL, "
                "which mostly ends in /v1, and VLM_MODEL."
            )
        case 413:
            return (
                f"The picture is too large for “{host}” ({status}). Choose a smaller "
                "longest side, or lower VLM_MAX_PIXELS."
            )
        case 429:
            return (
                f"“{host}” has too much to do ({status}). Try again later, or lower "
                "VLM_CONCURRENCY."
            )
        case 500 | 502 | 503 | 504:
            return f"“{host}” fails ({status}). See its log, or try again later."
        case _ if 300 <= status < 400:
            return f"“{host}” leads elsewhere ({status}). Set VLM_URL to that address."
    return (
        f"“{host}” cannot do what it is asked ({status}). "
        "Try a smaller picture or another model."
    )


def said(server: Endpoint, message: str) -> str:
    """A line of its own with what the server says, or none."""
    without = PICTURE.sub("…", message)
    if server.key:
        without = without.replace(server.key, "…")
    short = " ".join(storable(without).split())
    if not short:
        return ""
    if len(short) > SHORT:
        short = f"{short[:SHORT].rstrip()}…"
    return f"\nIt says: {short}"


def storable(text: str) -> str:
    """*text* as it can be kept: JSON can hold zeros and halves of signs, which no
    database takes. Halves that were sent one after the other are put together."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "")


def message_of(body: bytes) -> str:
    """What *body* says of a failure; empty where it is a web page, or says nothing."""
    text = body.decode("utf-8", "replace").strip()
    with suppress(ValueError, RecursionError):
        return message_in(json.loads(text))
    return "" if text.startswith("<") else text


def message_in(told: Any) -> str:
    """The message in an answer of any of the dialects: OpenAI's and SGLang's
    ``{"error": {"message"}}``, Ollama's ``{"error": "…"}``, old vLLM's
    ``{"object": "error", "message"}``, FastAPI's ``{"detail": …}``."""
    if isinstance(told, str):
        return told
    if isinstance(told, list):
        return "; ".join(filter(None, map(message_in, told)))
    if isinstance(told, dict):
        keys = ("error", "message", "detail", "msg")
        return next((message_in(told[key]) for key in keys if told.get(key)), "")
    return ""


def seconds_of(retry_after: str) -> float:
    """What a Retry-After header asks for: seconds, or a date (RFC 9110, 10.2.3)."""
    with suppress(ValueError):
        return max(0.0, float(retry_after))
    with suppress(ValueError, TypeError):
        then = parsedate_to_datetime(retry_after)
        if then.tzinfo is None:
            then = then.replace(tzinfo=UTC)
        return max(0.0, (then - datetime.now(UTC)).total_seconds())
    return 0.0
