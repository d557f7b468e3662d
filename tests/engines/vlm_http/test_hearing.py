"""What is made of an answer, whatever is in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from engines import EngineError
from engines.vlm_http.endpoint import Endpoint
from engines.vlm_http.hearing import heard

SERVER = Endpoint("http", "gpu.example", 80, "/v1", key="sk-secret")
NAMES = (
    *("choices", "delta", "message", "content", "text", "type", "finish_reason"),
    *("usage", "completion_tokens", "error", "code", "object", "refusal", "detail"),
)
VALUES = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(),
    some.floats(),
    some.sampled_from(["", "text", "error", "length", "</think>", "sk-secret"]),
    some.text(max_size=5),
)
TOLD = some.recursive(
    VALUES,
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=12,
)
PIECES = some.fixed_dictionaries({"choices": some.lists(TOLD, max_size=2)}) | TOLD


def spoken(*contents: str, **more: Any) -> list[bytes]:
    deltas = [{"choices": [{"delta": {"content": content}}]} for content in contents]
    told = [*deltas, {"choices": [{"delta": {}, "finish_reason": "stop"}], **more}]
    return [b"data: %s\n\n" % json.dumps(piece).encode() for piece in told]


@given(some.lists(PIECES, min_size=1, max_size=4))
def test_whatever_comes_ends_in_an_answer_or_a_sentence(pieces: list[Any]) -> None:
    chunks = [b"data: %s\n\n" % json.dumps(piece).encode() for piece in pieces]
    text = failure = ""
    try:
        text = heard(chunks, SERVER, 100).text
    except EngineError as error:
        failure = str(error)
    assert text.strip() or failure
    assert "sk-secret" not in failure
    assert "\0" not in (text + failure).encode().decode()  # no halves of signs either


@given(some.binary(max_size=200))
def test_whatever_bytes_come(noise: bytes) -> None:
    with pytest.raises(EngineError):
        heard([noise], SERVER, 100)


@pytest.mark.parametrize(
    ("contents", "text"),
    [
        (("Total \ud83d", "\ude00"), "Total \U0001f600"),
        (("Total \ud83d",), "Total \ufffd"),
        (("To\0tal\0",), "Total"),
        (("Let me see.\n</think>\n\nTotal",), "\n\nTotal"),
    ],
)
def test_what_can_be_kept(contents: tuple[str, ...], text: str) -> None:
    assert heard(spoken(*contents), SERVER, 100).text == text


def test_tokens_are_counted() -> None:
    usage = {"completion_tokens": 7}
    assert heard(spoken("Total", usage=usage), SERVER, 100).tokens == 7


def test_thoughts_without_an_end_are_no_answer() -> None:
    with pytest.raises(EngineError, match="thought until no tokens were left"):
        heard(spoken("<think>Let me see."), SERVER, 100)


def test_a_loop_is_said_once() -> None:
    turn = "".join(f"and on {number} and on\n" for number in range(30))
    answer = heard(spoken("Total\n", *[turn] * 50), SERVER, 4096)
    assert (answer.text, answer.ended) == (f"Total\n{turn}".rstrip(), "loop")
