"""Objects out of an answer, however it is cut into pieces."""

from __future__ import annotations

import json

import pytest

from engines.vlm_http.events import Garbled, objects

TOLD = [{"text": "المجموع"}, {"text": "13.20 €\n"}, {"text": ""}]
EVENTS = "".join(f"data: {json.dumps(x, ensure_ascii=False)}\n\n" for x in TOLD)
STREAM = f": ping\n\nevent: message\nid: 1\n{EVENTS}data:[DONE]\n\n".encode()


def cut(whole: bytes, size: int) -> list[bytes]:
    return [whole[start : start + size] for start in range(0, len(whole), size)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_it_works(size: int, line_end: bytes) -> None:
    stream = STREAM.replace(b"\n", line_end)
    assert list(objects(cut(stream, size))) == [*TOLD, None]


@pytest.mark.parametrize("size", [1, 10_000])
def test_one_document(size: int) -> None:
    document = json.dumps(TOLD[0], indent=2).encode()
    assert list(objects(cut(b"\n \n" + document, size))) == [TOLD[0], None]


def test_objects_come_before_the_end() -> None:
    def endless():
        while True:
            yield b'data: {"text": "on"}\n\n'

    found = objects(endless())
    assert [next(found), next(found)] == [{"text": "on"}] * 2


def test_data_of_several_lines() -> None:
    assert list(objects([b'data: {"a":\ndata: 1}\n\n'])) == [{"a": 1}]


def test_what_older_llama_says_of_a_failure() -> None:
    assert list(objects([b'error: {"code": 500}\n\n'])) == [{"error": {"code": 500}}]


def test_an_event_that_is_cut_short_is_none() -> None:
    assert list(objects([b'data: {"a": 1}\n\ndata: {"a"'])) == [{"a": 1}]


@pytest.mark.parametrize(
    "answer",
    [
        *(b"", b"\n\n", b"<html></html>", b"[]", b"null", b'{"a": 1', b"data: [1]\n\n"),
        *(b"data: {]\n\n", b"\xff\xfe", b"[" * 100_000, b"data: " + b"[" * 100_000),
    ],
)
def test_what_is_neither(answer: bytes) -> None:
    with pytest.raises(Garbled):
        list(objects([answer, b"\n\n"]))
