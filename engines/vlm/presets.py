"""How a vision-language model is asked: ways to ask by name, and options to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.types import Options

PROMPTS = "1"  # raise it with every change to a prompt: part of an engine's version

PLACES = (
    "(x1, y1) is the top left corner and (x2, y2) the bottom right one, each from 0 to "
    "1000 relative to the width and height of the picture."
)
LINES_WITH_PLACES = (
    "Answer with a JSON array alone, with one object for each line of text in reading "
    'order: {"bbox_2d": [x1, y1, x2, y2], "text_content": "the line"}, where ' + PLACES
)
THINGS_WITH_PLACES = (
    "After the description, add a JSON array with one object for each thing that you "
    'named: {"bbox_2d": [x1, y1, x2, y2], "label": "the thing"}, where ' + PLACES
)


@dataclass(frozen=True, slots=True)
class Preset:
    """A way to ask. ``boxes`` is what is added where places are asked for as well;
    empty where they do not go together."""

    name: str
    title: str
    prompt: str
    boxes: str = ""


READ, RECEIPT, DESCRIBE, MARKDOWN = "read", "receipt", "describe", "markdown"
PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            READ,
            "Read all text",
            "Read all text in this picture, from the first line to the last, in "
            "reading order. Write it down letter by letter as it stands, line by "
            "line. Correct nothing, translate nothing, leave nothing out and add "
            "nothing of your own: no explanation, no formatting.",
            LINES_WITH_PLACES,
        ),
        Preset(
            RECEIPT,
            "Receipt",
            "This is a receipt or an invoice. Answer with one JSON object alone, with "
            'these keys: "merchant" (its name as it is printed), "date" (the day of '
            'the sale as YYYY-MM-DD), "total" (the amount paid, a number), '
            '"currency" (its code in ISO 4217), "tax" (the amount of tax, a '
            'number), "category" (one of dining, entertainment, travel, utility, '
            "health, other). Write null for what is not there. Guess nothing.",
        ),
        Preset(
            DESCRIBE,
            "Describe in detail",
            "Describe this picture in detail.",
            THINGS_WITH_PLACES,
        ),
        Preset(
            MARKDOWN,
            "Markdown",
            "Convert this page to Markdown. Keep headings, lists and tables. Leave no "
            "text out, add nothing of your own, and answer with the Markdown alone.",
        ),
    )
}

OPTIONS: Mapping[str, Any] = {
    "preset": {
        "type": "string",
        "enum": list(PRESETS),
        "oneOf": [{"const": one.name, "title": one.title} for one in PRESETS.values()],
        "title": "What to ask for",
        "description": "A prompt of your own takes its place.",
        "default": READ,
    },
    "boxes": {
        "type": "boolean",
        "title": "Ask where it stands",
        "description": "The model is asked for the place of each line or thing, too.",
        "default": False,
    },
    "max_tokens": {
        "type": "integer",
        "minimum": 16,
        "title": "Most tokens of an answer",
        "description": "What is longer is cut off; the site may allow fewer.",
        "default": 4096,
    },
    "support": {
        "type": "boolean",
        "title": "Compare with a second engine",
        "description": "Text that a plain reader of print does not find on the page "
        "is marked as doubtful.",
        "default": True,
    },
}


def preset_of(options: Options) -> Preset | None:
    """The way to ask that *options* name; None where they hold one's own prompt."""
    if options.prompt.strip():
        return None
    return PRESETS.get(str(options.extra.get("preset", READ)), PRESETS[READ])


def wants_boxes(options: Options) -> bool:
    """Whether places are asked for, and can be."""
    preset = preset_of(options)
    can_be = preset is None or bool(preset.boxes)
    return can_be and bool(options.extra.get("boxes", False))


def wants_support(options: Options) -> bool:
    """Whether the answer is print that a second engine can be asked about."""
    preset = preset_of(options)
    is_print = preset is not None and preset.name in (READ, MARKDOWN)
    return is_print and bool(options.extra.get("support", True))


def prompt_of(options: Options) -> str:
    """What the model is asked: one's own prompt or the preset's, and for places."""
    preset = preset_of(options)
    asked = preset.prompt if preset else options.prompt.strip()
    if not wants_boxes(options):
        return asked
    return f"{asked} {preset.boxes if preset else LINES_WITH_PLACES}"


def most_tokens(options: Options, limit: int) -> int:
    """The most tokens of an answer: what *options* wish, at most *limit*."""
    wished = options.extra.get("max_tokens")
    return min(wished, limit) if isinstance(wished, int) and wished > 0 else limit
