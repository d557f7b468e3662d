"""Places that a model names in its answer: JSON, often fenced, cut short or broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engines.types import Box

FULL = 1000.0  # what a side of the picture is long in an answer
BOXES = ("bbox_2d", "bbox")
WORDS = ("text_content", "text", "label", "content")
# An object that is cut short, or holds quotes which should have been escaped.
BROKEN = re.compile(
    r'"(?:bbox_2d|bbox)"\s*:\s*\[([^\]]*)\]\s*,\s*'
    r'"(?:text_content|text|label|content)"\s*:\s*"([^{}]*)'
)
OPENING = re.compile(r"(?:```[\w-]*\s*)?\[?\s*\Z")


@dataclass(frozen=True, slots=True)
class Thing:
    """A line or a thing that was named; no box where it was given none that can be."""

    text: str
    box: Box | None


def things_of(text: str, width: int, height: int) -> tuple[str, list[Thing]]:
    """What *text* says before it names things, and those on a page of that size.

    Qwen3-VL's boxes: 0..1000 of the width and the height, top left corner first.
    """
    found: list[Thing] = []
    before = text
    for at, entry in _entries(text):
        if not found:
            before = OPENING.sub("", text[:at])
        said = _first(entry, WORDS)
        words = " ".join(said.split()) if isinstance(said, str) else ""
        if words:
            found.append(Thing(words, _box(_first(entry, BOXES), width, height)))
    return before.strip(), found


def _entries(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Where in *text* objects with a box begin, and what they hold."""
    decoder = json.JSONDecoder(strict=False)  # lines may be broken within strings
    at = text.find("{")
    while at >= 0:
        try:
            entry, end = decoder.raw_decode(text, at)
        except ValueError:
            end = text.find("{", at + 1)
            entry = _salvaged(text[at : end if end >= 0 else len(text)])
            end = max(end, at + 1) if end >= 0 else len(text)
        if isinstance(entry, dict) and _first(entry, BOXES) is not None:
            yield at, entry
        at = text.find("{", end)


def _salvaged(piece: str) -> Mapping[str, Any] | None:
    broken = BROKEN.search(piece)
    if not broken:
        return None
    said = broken[2].rstrip().rstrip("]}`\n ,").removesuffix('"')
    return {BOXES[0]: broken[1].split(","), WORDS[0]: said.replace('\\"', '"')}


def _first(entry: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((entry[key] for key in keys if key in entry), None)


def _box(sides: Any, width: int, height: int) -> Box | None:
    """The box of four numbers: inside the page, whichever corner was named first."""
    try:
        left, top, right, bottom = (min(max(float(x), 0.0), FULL) for x in sides)
    except (TypeError, ValueError):
        return None
    (left, right), (top, bottom) = sorted((left, right)), sorted((top, bottom))
    if left == right or top == bottom:
        return None
    across, down = width / FULL, height / FULL
    return Box(left * across, top * down, right * across, bottom * down)
