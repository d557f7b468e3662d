"""Answers of Google Vision, made here: words with the breaks that follow them."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]
Breaks = dict[str, Any]


def box(left: int, top: int, right: int, bottom: int) -> Json:
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return {"vertices": [{"x": x, "y": y} for x, y in corners]}


def word(text: str, bounding: Json, after: Breaks | None = None) -> Json:
    """Letter by letter; *after* is the break at its end."""
    symbols: list[Json] = [{"text": letter} for letter in text]
    if after:
        symbols[-1]["property"] = {"detectedBreak": after}
    return {"symbols": symbols, "boundingBox": bounding, "confidence": 0.5}


def paragraph(*words: Json) -> Json:
    return {"words": list(words)}


def answer(*paragraphs: Json, text: str = "", width: int = 200, **page: Any) -> Json:
    blocks = [{"paragraphs": [one], "blockType": "TEXT"} for one in paragraphs]
    size = {"width": width, "height": 100, **page}
    return {"fullTextAnnotation": {"pages": [{**size, "blocks": blocks}], "text": text}}


def written(value: object) -> bytes:
    return json.dumps(value).encode()


NEW_LINE: Breaks = {"type": "LINE_BREAK"}
TOTAL = answer(
    paragraph(
        word("Total", box(10, 20, 60, 40), {"type": "SPACE"}),
        word("12.50", box(70, 20, 120, 40), NEW_LINE),
    ),
    text="Total 12.50",
)
