"""What the site's process and OpenOCR's say to each other: frames on two pipes.

A frame is a mark, this protocol's number, the lengths of a head and of a body, then
both: the head is JSON that names one of the kinds below, the body is pixels. Whatever
does not fit is ``Garbled``: nobody guesses.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

VERSION = 1
MARK = b"OOCR"
PREFIX = struct.Struct(">4sHIQ")
OUT_OF_MEMORY = 33  # the child's exit status where it cannot even answer
MOST_HEAD = 64 * 1024 * 1024
MOST_BODY = 4 * 1024 * 1024 * 1024

Read = Callable[[int], bytes]  # exactly so many bytes


class Garbled(Exception):
    """What came is no frame of this protocol."""


class Unloadable(Exception):
    """A model is not what it should be."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The child is there; *library* is the version of OpenOCR."""

    library: str


@dataclass(frozen=True, slots=True)
class Setup:
    """The files to read with, empty where a network is not there: ONNX or safetensors.

    ``architecture`` is the recogniser's; ``characters`` the file of those it writes,
    empty for OpenOCR's own. ``mark`` changes with the files: another one wants another
    process.
    """

    detector: str
    recogniser: str
    architecture: str
    characters: str
    mark: str
    threads: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Do *task* to the RGB picture in the body.

    ``side`` is the longest side in pixels that the detector looks at.
    """

    task: str  # "both", "detection" or "recognition"
    width: int
    height: int
    side: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word, and the part of its line that it takes: 0..1 from where it begins."""

    text: str
    start: float
    stop: float
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line: x and y of its corners, clockwise from the text's top left, in pixels.

    ``weakest`` is how surely the least sure character was read.
    """

    corners: tuple[float, float, float, float, float, float, float, float]
    words: tuple[FoundWord, ...]
    confidence: float
    weakest: float


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to ``Ask``: lines in no order."""

    lines: tuple[FoundLine, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """The other answer: what went wrong; *cause* is "memory", "models" or "page"."""

    said: str
    cause: str


Message = Hello | Setup | Ask | Found | Trouble
KINDS: dict[str, type[Message]] = {kind.__name__: kind for kind in get_args(Message)}


def frame(message: Message, body: bytes = b"") -> bytes:
    """*message* and *body* as they go through the pipe."""
    said = {"kind": type(message).__name__, "value": asdict(message)}
    head = json.dumps(said).encode()
    return PREFIX.pack(MARK, VERSION, len(head), len(body)) + head + body


def receive(read: Read) -> tuple[Message, bytes]:
    """The next message and its body, of what *read* gives.

    Raises:
        Garbled: it is none.
    """
    mark, version, head, body = PREFIX.unpack(read(PREFIX.size))
    if mark != MARK or version != VERSION or head > MOST_HEAD or body > MOST_BODY:
        raise Garbled(f"{mark!r} {version}")
    return parsed(read(head)), read(body)


def parsed(head: bytes) -> Message:
    try:
        said = json.loads(head, parse_constant=no_number)
        kind, value = KINDS[said["kind"]], said["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise Garbled(str(error)) from error
    message: Message = made(kind, value)
    return message


def no_number(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


def made(kind: Any, value: Any) -> Any:
    """*value*, as JSON holds it, made a *kind*: a dataclass, a tuple, a plain value."""
    if is_dataclass(kind):
        return made_dataclass(kind, value)
    if get_origin(kind) is tuple:
        return made_tuple(get_args(kind), value)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise Garbled(f"{kind.__name__}: {value!r:.40}")
    return value


def made_dataclass(kind: Any, value: Any) -> Any:
    hints = get_type_hints(kind)
    if not isinstance(value, dict) or value.keys() != hints.keys():
        raise Garbled(kind.__name__)
    return kind(**{name: made(hint, value[name]) for name, hint in hints.items()})


def made_tuple(kinds: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Garbled("tuple")
    if kinds[-1] is Ellipsis:
        kinds = kinds[:1] * len(value)
    if len(kinds) != len(value):
        raise Garbled("tuple")
    return tuple(map(made, kinds, value))
