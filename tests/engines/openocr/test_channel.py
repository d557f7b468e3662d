"""engines.openocr.channel: what goes through the pipes comes out as it was."""

from __future__ import annotations

import io

import pytest

from engines.openocr.channel import (
    MARK,
    PREFIX,
    VERSION,
    Ask,
    Found,
    FoundLine,
    FoundWord,
    Garbled,
    Hello,
    Setup,
    Trouble,
    frame,
    parsed,
    receive,
)

CORNERS = (0.0, 0.5, 10.0, 0.5, 10.0, 8.0, 0.0, 8.0)
MESSAGES = [
    Hello("0.1.5"),
    Setup("/a/det.onnx", "/b/ñ.onnx", "svtrv2", "", "12 34", 2),
    Ask("both", 3, 2, 960, ("eng", "chi_sim")),
    Found(()),
    Found((FoundLine(CORNERS, (FoundWord("“合计”", 0.0, 1, 0.5),), 0.5, 0.25),)),
    Trouble("no memory", "memory"),
]


@pytest.mark.parametrize("message", MESSAGES)
@pytest.mark.parametrize("body", [b"", b"\x00pixels"])
def test_it_works(message, body):
    assert receive(io.BytesIO(frame(message, body)).read) == (message, body)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"kind": "Hello"}',
        b'{"kind": "Popen", "value": {"args": "sh"}}',
        b'{"kind": "Hello", "value": null}',
        b'{"kind": "Hello", "value": {}}',
        b'{"kind": "Hello", "value": {"library": 1}}',
        b'{"kind": "Hello", "value": {"library": "1", "more": 1}}',
        b'{"kind": "Trouble", "value": {"said": "", "cause": 1}}',
        b'{"kind": "Found", "value": {"lines": {}}}',
        b'{"kind": "Found", "value": {"lines": [{"corners": [1.0, 2.0], '
        b'"words": [], "confidence": 1.0, "weakest": 1.0}]}}',
        b'{"kind": "Found", "value": {"lines": [{"corners": [0, 0, 0, 0, 0, 0, 0, 0], '
        b'"words": [], "confidence": NaN, "weakest": 1.0}]}}',
    ],
)
def test_what_is_no_message(head):
    with pytest.raises(Garbled):
        parsed(head)


@pytest.mark.parametrize(
    "prefix",
    [
        (b"HTTP", VERSION, 2, 0),
        (MARK, VERSION + 1, 2, 0),
        (MARK, VERSION, 2**32 - 1, 0),
        (MARK, VERSION, 2, 2**63),
    ],
)
def test_what_is_no_frame(prefix):
    with pytest.raises(Garbled):
        receive(io.BytesIO(PREFIX.pack(*prefix) + b"{}").read)
