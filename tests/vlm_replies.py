"""The frames that servers of OpenAI's protocol put their answers in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from PIL import Image


class Reply:
    """One request, and the ways to answer it."""

    def __init__(
        self, handler: Any, wish: dict[str, Any], picture: Image.Image, number: int
    ) -> None:
        self.handler, self.wish, self.picture = handler, wish, picture
        self.number = number  # of the request at its endpoint, from 0

    def whole(self, message: dict[str, Any], finish: str | None = "stop") -> None:
        """An answer in one document, as where nothing is streamed."""
        choice = {"index": 0, "message": message, "finish_reason": finish}
        self.json(200, {**self.frame("chat.completion"), "choices": [choice]})

    def error(self, status: int, message: str, kind: str, **headers: str) -> None:
        error = {"message": message, "type": kind, "param": None, "code": status}
        self.json(status, {"error": error}, **headers)

    def json(self, status: int, told: object, **headers: str) -> None:
        self.handler.say(status, told, **headers)

    def frame(self, kind: str) -> dict[str, Any]:
        return {
            "id": "chatcmpl-1",
            "object": kind,
            "created": 1_760_000_000,
            "model": self.wish["model"],
        }

    def begin(self, kind: str = "text/event-stream; charset=utf-8") -> None:
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", kind)
        self.handler.send_header("Transfer-Encoding", "chunked")
        self.handler.end_headers()

    def send(self, data: bytes) -> None:
        self.handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.handler.wfile.flush()

    def event(self, told: object) -> None:
        self.send(b"data: " + json.dumps(told).encode() + b"\n\n")

    def delta(self, finish: str | None = None, **delta: object) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        self.event({**self.frame("chat.completion.chunk"), "choices": [choice]})

    def end(self) -> None:
        """The event that counts tokens, the word that ends it, the last chunk."""
        usage = {"prompt_tokens": 300, "completion_tokens": 42, "total_tokens": 342}
        frame = self.frame("chat.completion.chunk")
        self.event({**frame, "choices": [], "usage": usage})
        self.send(b"data: [DONE]\n\n")
        self.send(b"")

    def break_off(self) -> None:
        """Close the connection in the middle of it all."""
        self.handler.close_connection = True

    def stream(self, text: str, finish: str = "stop") -> None:
        self.begin()
        self.delta(role="assistant", content="")
        self.send(b": ping\n\n")
        for piece in pieces(text):
            self.delta(content=piece)
        self.delta(finish)
        self.end()


def pieces(text: str, size: int = 5) -> Iterator[str]:
    """*text* as a model says it: a few letters at a time."""
    return (text[start : start + size] for start in range(0, len(text), size))
