"""The JSON in an answer, object by object: of a stream of events, or of one document.

Told apart by how the answer begins: some servers do not stream though they are asked
to, and some name the wrong type. Events are read as the HTML standard has them (9.2.6),
and the field "error", in which older llama.cpp says what broke.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

FIELDS = (b"data:", b"event:", b"id:", b"retry:", b"error:", b":")
END = b"[DONE]"


class Garbled(ValueError):
    """This is neither JSON nor a stream of it."""


def objects(chunks: Iterable[bytes]) -> Iterator[dict[str, Any] | None]:
    """Each object of the answer as soon as it is whole; None where it ends.

    Raises:
        Garbled
    """
    lines = split(chunks)
    first = next((line for line in lines if line.strip()), b"")
    if first.lstrip().startswith(FIELDS):
        for event in events(first, lines):
            yield None if event == END else parsed(event)
    else:
        yield parsed(b"\n".join([first, *lines]))
        yield None


def split(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of what comes in *chunks*, each as soon as it has ended."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line.removesuffix(b"\r") for line in lines)
    if rest:
        yield rest


def events(first: bytes, lines: Iterator[bytes]) -> Iterator[bytes]:
    """What each event carries: its fields “data”, put together."""
    carried: list[bytes] = []
    line: bytes | None = first
    while line is not None:
        name, _, value = line.partition(b":")
        if name == b"data":
            carried.append(value.strip())
        if name == b"error":
            carried.append(b'{"error":' + value + b"}")
        if not line and carried:
            yield b"\n".join(carried)
            carried = []
        line = next(lines, None)
    last = b"\n".join(carried)
    if is_whole(last):  # only the empty line that ends an event is missing
        yield last


def is_whole(event: bytes) -> bool:
    return event == END or event.endswith(b"}")


def parsed(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if not isinstance(found, dict):
        raise Garbled
    return found
