"""Pages as JSON and back: the shape of a page in every result that leaves the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engines.types import Alternative, Box, Line, Page, Polygon, Word


def page_to_json(page: Page) -> dict[str, Any]:
    """*page* in plain values; the number of the page is its keeper's to add."""
    return {
        "width": page.width,
        "height": page.height,
        "engine": page.engine,
        "notes": list(page.notes),
        "text": page.text,
        "lines": [_line_to_json(line) for line in page.lines],
        **({"description": True} if page.is_description else {}),
    }


def page_from_json(data: Mapping[str, Any]) -> Page:
    """The page that ``page_to_json`` was given.

    Raises:
        KeyError, TypeError, ValueError: *data* is no page.
    """
    return Page(
        width=data["width"],
        height=data["height"],
        lines=tuple(_line_from_json(line) for line in data["lines"]),
        text=data["text"],
        engine=data.get("engine", ""),
        notes=tuple(data.get("notes", ())),
        is_description=data.get("description", False),
    )


def _line_to_json(line: Line) -> dict[str, Any]:
    return {
        "text": line.text,
        "confidence": line.confidence,
        "polygon": [list(point) for point in line.polygon] if line.polygon else None,
        "words": [_word_to_json(word) for word in line.words],
    }


def _line_from_json(data: Mapping[str, Any]) -> Line:
    polygon = data.get("polygon")
    return Line(
        text=data["text"],
        polygon=_polygon_from_json(polygon) if polygon else None,
        words=tuple(_word_from_json(word) for word in data.get("words", ())),
        confidence=data.get("confidence"),
    )


def _polygon_from_json(points: Sequence[Sequence[float]]) -> Polygon:
    first, second, third, fourth = ((x, y) for x, y in points)
    return first, second, third, fourth


def _word_to_json(word: Word) -> dict[str, Any]:
    others = [{"text": one.text, "engine": one.engine} for one in word.alternatives]
    return {
        "text": word.text,
        "confidence": word.confidence,
        "box": {
            "left": word.box.left,
            "top": word.box.top,
            "right": word.box.right,
            "bottom": word.box.bottom,
        },
        **({"alternatives": others} if others else {}),
    }


def _word_from_json(data: Mapping[str, Any]) -> Word:
    others = [Alternative(**one) for one in data.get("alternatives", ())]
    box, confidence = Box(**data["box"]), data.get("confidence")
    return Word(data["text"], box, confidence, tuple(others))
