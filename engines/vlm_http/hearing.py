"""What a model says, gathered piece by piece, in any of the servers' dialects."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from engines.errors import EngineError, EngineUnavailable
from engines.vlm.answers import Answer
from engines.vlm.loops import LoopGuard, unlooped
from engines.vlm_http.endpoint import Endpoint
from engines.vlm_http.events import Garbled, objects
from engines.vlm_http.failures import (
    broken_off,
    garbled,
    message_in,
    refused,
    said,
    storable,
)

LONGEST = 16  # characters of a token, on average: more are those of no limit
# What failures are called that say no number, while an answer streams.
STATUSES = {"NotFoundError": 404, "BadRequestError": 400, "invalid_request_error": 400}
THOUGHTS = ("reasoning_content", "reasoning")  # vLLM's and SGLang's, newer ones'


class Heard:
    """The answer so far. *most* is how many tokens were asked for."""

    def __init__(self, server: Endpoint, most: int) -> None:
        self.server = server
        self.most = most
        self.start = time.monotonic()
        self.guard = LoopGuard()  # keeps the text
        self.refusal = ""
        self.has_thought = False
        self.is_loop = False
        self.ended = ""  # as the server says it: "stop", "length", …
        self.tokens = 0

    def hear(self, piece: dict[str, Any]) -> None:
        """Take in one object of the answer.

        Raises:
            EngineError: it tells of a failure, or is none of the protocol.
        """
        if piece.get("error") or piece.get("object") == "error":
            raise self.failure(piece)
        usage, choices = piece.get("usage"), piece.get("choices")
        if isinstance(usage, dict):
            self.tokens = whole(usage.get("completion_tokens"))
        if not isinstance(choices, list):
            raise Garbled
        if choices:  # the piece that counts tokens has none
            self.hear_choice(choices[0])

    def hear_choice(self, choice: Any) -> None:
        told = choice.get("delta") or choice.get("message") or {}
        self.is_loop = self.guard.add(text_of(told.get("content")))
        self.refusal += text_of(told.get("refusal"))
        self.has_thought |= any(told.get(name) for name in THOUGHTS)
        self.ended = choice.get("finish_reason") or self.ended

    def failure(self, piece: dict[str, Any]) -> EngineError:
        inner = piece["error"] if isinstance(piece.get("error"), dict) else piece
        status = whole(inner.get("code")) or STATUSES.get(str(inner.get("type")), 500)
        return refused(self.server, status, message_in(piece))

    @property
    def is_enough(self) -> bool:
        """Whether there is no sense in hearing more: some servers know no limit."""
        return self.is_loop or len(self.guard.text) > LONGEST * self.most

    def answer(self) -> Answer:
        """
        Raises:
            EngineError: nothing was said.
        """
        once = unlooped(self.guard.text)
        text = storable(spoken(once))
        if not text.strip():
            raise self.silence()
        seconds = time.monotonic() - self.start
        if once != self.guard.text:
            return Answer(text, "loop", self.tokens, seconds)
        if self.ended == "length" or self.is_enough:
            return Answer(text, "length", self.tokens or self.most, seconds)
        return Answer(text, "stop", self.tokens, seconds)

    def silence(self) -> EngineError:
        host = self.server.host
        if self.refusal:
            told = f"The model at “{host}” refuses. Ask it in another way."
            return EngineError(f"{told}{said(self.server, self.refusal)}")
        if self.has_thought or self.guard.text.strip():
            return EngineUnavailable(
                f"The model at “{host}” thought until no tokens were left to answer. "
                "Choose one that does not think, or raise VLM_MAX_TOKENS."
            )
        return EngineError(
            f"The model at “{host}” answered without a word. The picture may be more "
            "than it can take: choose a smaller longest side."
        )


def heard(chunks: Iterable[bytes], server: Endpoint, most: int) -> Answer:
    """The answer that *chunks* hold; no more of them is taken once it repeats itself.

    Raises:
        Passing: it was cut short.
        EngineError: the server failed, said nothing, or does not speak the protocol.
    """
    hearing = Heard(server, most)
    try:
        for piece in objects(chunks):
            if piece is None:
                hearing.ended = hearing.ended or "stop"
                break
            hearing.hear(piece)
            if hearing.is_enough:
                return hearing.answer()
    except (Garbled, AttributeError, TypeError, RecursionError) as error:
        raise garbled(server) from error
    if not hearing.ended:
        raise broken_off(server)
    return hearing.answer()


def spoken(text: str) -> str:
    """*text* without the thoughts before it, which some servers leave in: from
    “<think>”, which may be missing, to “</think>”."""
    rest = text.rpartition("</think>")[2]
    return "" if rest.lstrip().startswith("<think>") else rest


def text_of(content: Any) -> str:
    """The text in *content*: a string, or a list of parts of which some are text."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(
            text_of(part.get("text")) for part in content if part.get("type") == "text"
        )
    return ""


def whole(number: Any) -> int:
    return max(0, number) if isinstance(number, int) else 0
