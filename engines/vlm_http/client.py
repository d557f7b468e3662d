"""The server asked: which models it has, and what one of them reads in a picture."""

from __future__ import annotations

import base64
import io
import json
import time
from collections.abc import Callable
from random import SystemRandom
from typing import TYPE_CHECKING, Any, TypeVar

from engines.errors import EngineError, EngineUnavailable
from engines.vlm.answers import Answer
from engines.vlm_http.clock import Clock
from engines.vlm_http.endpoint import Endpoint
from engines.vlm_http.events import Garbled, parsed
from engines.vlm_http.failures import (
    NotThere,
    Passing,
    garbled,
    message_of,
    refused,
    seconds_of,
)
from engines.vlm_http.hearing import heard
from engines.vlm_http.slots import a_place
from engines.vlm_http.transport import Reply, replied

if TYPE_CHECKING:
    from PIL import Image

T = TypeVar("T")

QUALITY = 92  # of the JPEG that is sent
FIRST_PAUSE = 0.5  # seconds before the second try; doubled before each further one
LONGEST_PAUSE = 30.0  # a server that wants a longer rest is let alone
JITTER = 0.5  # a pause is longer by up to so much of it: not all come back at once
SHOWN = 10  # names of models, where many are served
OK = 200

_lot = SystemRandom()


def ask(
    server: Endpoint, picture: Image.Image, prompt: str, most_tokens: int
) -> Answer:
    """What the model says to *prompt* about *picture* (RGB).

    Raises:
        EngineUnavailable: it will not answer before somebody changes a setting.
        EngineError: it did not answer, or not in time.
    """
    clock = Clock(server.page, "REMOTE_TIMEOUT")
    model = server.model or first_model(server, clock)
    body = request(model, data_url(picture), prompt, most_tokens)

    def attempt(left: Clock) -> Answer:
        with replied(server, left, "/chat/completions", body) as reply:
            check(server, reply)
            return heard(reply.chunks, server, most_tokens)

    try:
        return tried(server, clock, attempt)
    except NotThere as error:
        if trouble := missing(server, model, clock):
            raise trouble from error
        raise


def request(model: str, picture: str, prompt: str, most_tokens: int) -> bytes:
    content = [
        {"type": "image_url", "image_url": {"url": picture}},
        {"type": "text", "text": prompt},
    ]
    wish = {
        "model": model,
        "messages": [{"role": "user", "content": content}],
        "temperature": 0,
        "max_tokens": most_tokens,
        "stream": True,
    }
    return json.dumps(wish).encode()


def data_url(picture: Image.Image) -> str:
    out = io.BytesIO()
    # Colours at full width: thin coloured print fades in the usual half.
    picture.convert("RGB").save(out, "JPEG", quality=QUALITY, subsampling=0)
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


def models(server: Endpoint, clock: Clock) -> list[str]:
    """The names of the models that *server* has.

    Raises:
        NotThere: it does not tell.
        EngineError: it does not answer.
    """

    def attempt(left: Clock) -> list[str]:
        with replied(server, left, "/models") as reply:
            check(server, reply)
            return names_in(parsed(b"".join(reply.chunks)))

    try:
        return tried(server, clock, attempt)
    except (Garbled, AttributeError, TypeError) as error:
        raise garbled(server) from error


def names_in(told: dict[str, Any]) -> list[str]:
    names = [model.get("id") for model in told.get("data") or []]
    return [name for name in names if isinstance(name, str) and name]


def first_model(server: Endpoint, clock: Clock) -> str:
    for name in models(server, clock):
        return name
    raise EngineUnavailable(
        f"“{server.host}” has no model. Load one there, or name it in VLM_MODEL."
    )


def check_model(server: Endpoint) -> None:
    """
    Raises:
        EngineUnavailable: the server has not the model that is named, or none.
        EngineError: it does not answer.
    """
    clock = Clock(server.page, "REMOTE_TIMEOUT")
    if not server.model:
        first_model(server, clock)
    elif trouble := missing(server, server.model, clock):
        raise trouble


def missing(server: Endpoint, model: str, clock: Clock) -> EngineError | None:
    """What to say where *server* has other models only; None where it has *model*, or
    does not tell. Ollama's “name” is “name:latest”."""
    try:
        known = models(server, clock)
    except NotThere:
        return None
    if not known or {model, f"{model}:latest"} & set(known):
        return None
    return EngineUnavailable(
        f"“{server.host}” has no model “{model}”. Name one of these in VLM_MODEL: "
        f"{', '.join(known[:SHOWN])}."
    )


def check(server: Endpoint, reply: Reply) -> None:
    """
    Raises:
        EngineError: the reply is a refusal.
    """
    if reply.status != OK:
        after = seconds_of(reply.headers.get("retry-after", ""))
        message = message_of(b"".join(reply.chunks))
        raise refused(server, reply.status, message, after)


def tried(server: Endpoint, clock: Clock, attempt: Callable[[Clock], T]) -> T:
    """What *attempt* gives, made again after failures that may pass.

    Each has the time of a request, all together the *clock*'s, pauses included.
    """
    pause = FIRST_PAUSE
    for again in reversed(range(server.retries + 1)):
        try:
            with a_place(server, clock):
                return attempt(clock.part(server.timeout, "VLM_TIMEOUT"))
        except Passing as failure:
            rest = max(failure.after, pause * (1 + JITTER * _lot.random()))
            if not again or rest > min(LONGEST_PAUSE, clock.left()):
                raise
        time.sleep(rest)  # the server is to rest; nothing tells when it has
        pause *= 2
    raise AssertionError("the last attempt returns or raises")
