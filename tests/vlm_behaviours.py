"""How servers of vision models answer: well, in their dialects, badly, not at all."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any

from tests.vlm_replies import Reply, pieces

TEXT = "CORNER BAKERY\nTotal 13.20\nThank you"
LINE = "and so it goes on and on for ever\n"
PAGE = b"<html><body><h1>502 Bad Gateway</h1><p>nginx</p></body></html>"
_reading = Lock()


# Answers


def fine(reply: Reply) -> None:
    """What PP-OCR reads in the picture that was sent."""
    with _reading:
        page = reader().read(reply.picture.convert("RGB"), wishes())
    reply.stream(page.text)


@cache
def reader() -> Any:
    from engines import get_engine

    return get_engine("ppocr")


def wishes() -> Any:
    from engines import Options

    return Options()


def quick(reply: Reply) -> None:
    reply.stream(TEXT)


def slow(reply: Reply) -> None:
    time.sleep(0.3)  # others come meanwhile: how many at once is counted
    reply.stream(TEXT)


def plain(reply: Reply) -> None:
    reply.whole({"role": "assistant", "content": TEXT})


def parts(reply: Reply) -> None:
    """Content in parts, thoughts among them, as some gateways pass it on."""
    said = [{"type": "text", "text": line} for line in TEXT.splitlines(keepends=True)]
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "Let me see"}]}
    reply.whole({"role": "assistant", "content": [thought, *said]})


def thinking(reply: Reply) -> None:
    """Thoughts in a field of their own: vLLM, SGLang, llama.cpp; Ollama's name."""
    reply.begin()
    reply.delta(role="assistant", content="")
    reply.delta(reasoning_content="The picture shows")
    reply.delta(reasoning=" a receipt.")
    for piece in pieces(TEXT):
        reply.delta(content=piece, reasoning_content=None)
    reply.delta("stop")
    reply.end()


def thinking_aloud(reply: Reply) -> None:
    """Thoughts in the text itself, where a server does not take them out."""
    reply.stream(f"<think>\nA receipt.\n</think>\n\n{TEXT}")


def pensive(reply: Reply) -> None:
    reply.begin()
    for _ in range(16):
        reply.delta(reasoning_content="Let me look at it once more. ")
    reply.delta("length")
    reply.end()


def mistyped(reply: Reply) -> None:
    """A stream that calls itself a text, without the last empty line, in CRLF."""
    reply.begin("text/plain")
    for piece in pieces(TEXT):
        reply.delta(content=piece)
    choice = {"index": 0, "delta": {}, "finish_reason": "stop"}
    reply.send(b"data: " + json.dumps({"choices": [choice]}).encode() + b"\r\n")
    reply.send(b"")


def too_long(reply: Reply) -> None:
    reply.stream(TEXT, "length")


def repeating(reply: Reply) -> None:
    """The same line again and again, for as long as somebody listens."""
    reply.begin()
    reply.delta(content="CORNER BAKERY\n")
    while True:
        for piece in pieces(LINE):
            reply.delta(content=piece)


def refusing(reply: Reply) -> None:
    reply.whole({"role": "assistant", "content": None, "refusal": "I cannot read it."})


# Failures that pass, and others


def limited(reply: Reply) -> None:
    if reply.number == 0:
        reply.error(429, "Slow down", "rate_limit_error", Retry_After="1")
    else:
        reply.stream(TEXT)


def exhausted(reply: Reply) -> None:
    reply.error(429, "Quota exceeded", "rate_limit_error", Retry_After="3600")


def loading(reply: Reply) -> None:
    """llama.cpp while it loads its model, and a proxy before a server that starts."""
    if reply.number == 0:
        reply.error(503, "Loading model", "unavailable_error")
    elif reply.number == 1:
        reply.handler.say_bytes(502, PAGE, "text/html")
    else:
        reply.stream(TEXT)


def failing(reply: Reply) -> None:
    reply.error(500, "CUDA out of memory", "InternalServerError")


def failing_midway(reply: Reply) -> None:
    reply.begin()
    reply.delta(content="CORNER")
    error = {"message": "EngineCore died", "type": "InternalServerError", "code": 500}
    reply.event({"error": error})
    reply.send(b"data: [DONE]\n\n")
    reply.send(b"")


def overfull(reply: Reply) -> None:
    """As older llama.cpp says it, in a field that no client of OpenAI's reads."""
    reply.begin()
    error = {"code": 400, "message": "the request exceeds the context size"}
    reply.send(b"error: " + json.dumps(error).encode() + b"\n\n")
    reply.send(b"")


def misnamed(reply: Reply) -> None:
    """As old vLLM behind a gateway says it: all is well (200), and nothing is."""
    told = {"object": "error", "message": "The model is gone.", "code": 404}
    reply.json(200, {**told, "type": "NotFoundError", "param": None})


def too_large(reply: Reply) -> None:
    reply.handler.say_bytes(413, PAGE.replace(b"502", b"413"), "text/html")


def invalid(reply: Reply) -> None:
    """As FastAPI says it, with what was sent in it: the picture, and the key."""
    url = reply.wish["messages"][0]["content"][0]["image_url"]["url"]
    key = reply.handler.headers["Authorization"]
    told = [{"loc": ["body"], "msg": f"No pictures here: {url} ({key})", "input": url}]
    reply.json(422, {"detail": told})


def odd(reply: Reply) -> None:
    reply.json(400, {"error": "this model does not support images"})


def forbidden(reply: Reply) -> None:
    reply.error(403, "No access to this model", "permission_error")


def elsewhere(reply: Reply) -> None:
    reply.handler.say_bytes(307, b"", "text/html", Location="http://127.0.0.1:9/v1")


def silent(reply: Reply) -> None:
    time.sleep(3600)  # longer than anybody waits


def stalling(reply: Reply) -> None:
    reply.begin()
    reply.delta(content="CORNER")
    time.sleep(3600)  # as above


def trickling(reply: Reply) -> None:
    reply.begin()
    for number in range(10**6):
        reply.delta(content=f"{number} ")
        time.sleep(0.02)  # so slow that time is up first


def garbled(reply: Reply) -> None:
    reply.begin()
    reply.delta(content="CORNER")
    reply.send(b'data: {"choices": [{"delta": {"content": "BAK\n\n')
    reply.delta("stop")
    reply.end()


def misshapen(reply: Reply) -> None:
    reply.json(200, {"choices": ["CORNER BAKERY"]})


def cut(reply: Reply) -> None:
    """Broken off within an event and within a chunk; whole from the third time on."""
    if reply.number >= 2:
        reply.stream(TEXT)
        return
    reply.begin()
    reply.delta(content="CORNER")
    reply.handler.wfile.write(b'40\r\ndata: {"choices": [{"del')
    reply.break_off()


def cut_clean(reply: Reply) -> None:
    """Its last chunk comes, but neither a reason to finish nor the word for it."""
    reply.begin()
    reply.delta(content="CORNER")
    reply.send(b'data: {"choices": [{"del')
    reply.send(b"")


def web_page(reply: Reply) -> None:
    reply.handler.say_bytes(200, PAGE, "text/html")


def packed(reply: Reply) -> None:
    reply.handler.say_bytes(200, b"\x1f\x8b", "text/plain", Content_Encoding="gzip")


def empty(reply: Reply) -> None:
    reply.json(200, {**reply.frame("chat.completion"), "choices": []})


def wordless(reply: Reply) -> None:
    reply.stream("")


def huge(reply: Reply) -> None:
    reply.whole({"role": "assistant", "content": "x" * 5 * 2**20})


BEHAVIOURS: dict[str, Callable[[Reply], None]] = {
    behaviour.__name__.replace("_", "-"): behaviour
    for behaviour in (
        *(fine, quick, slow, plain, parts, thinking, thinking_aloud, pensive, mistyped),
        *(too_long, repeating, refusing, limited, exhausted, loading, failing),
        *(failing_midway, overfull, misnamed, too_large, invalid, odd, forbidden),
        *(elsewhere, silent, stalling, trickling, garbled, misshapen, cut, cut_clean),
        *(web_page, packed, empty, wordless, huge),
    )
}
BEHAVIOURS["modelless"] = quick  # and does not tell which models it has
