"""What the model answers, as a page: a caption, and the things that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from engines.types import Box, Line, Page
from engines.vlm.loops import unlooped

# A phrase, where it stands in the caption, and boxes in parts (0..1) of the picture.
Entity = tuple[str, tuple[int, int], list[tuple[float, float, float, float]]]

GROUNDING = "<grounding>"
PRESETS = {
    "describe": f"{GROUNDING} Describe this image in detail:",
    "caption": f"{GROUNDING} An image of",
}
# Marks that stand for the picture, or end the text: no user's prompt may have them.
RESERVED = re.compile(r"</?(?:image|s|pad|unk|doc|chunk|line)(?:_\d+)?>")
NAMELESS = re.compile(r"^(?:<patch_index_\d+>)+$")  # a place that was given no phrase
LOOPED = "The model began to repeat itself: the repetition was left out."
ASKS = (":", "?")  # a prompt that ends so is no beginning of its answer


def full_prompt(preset: str, own: str) -> str:
    """What the model is asked: the user's *own* words, or those of the *preset*."""
    words = RESERVED.sub("", own).strip()
    if not words:
        return PRESETS.get(preset, PRESETS["describe"])
    return words if words.startswith(GROUNDING) else f"{GROUNDING} {words}"


def described(
    caption: str,
    entities: Iterable[Entity],
    prompt: str,
    size: tuple[int, int],
    notes: tuple[str, ...] = (),
) -> Page:
    """The page of a picture of that *size*, in pixels: its text is the caption, its
    lines are the things, one for each place of each, as they come in it.

    Of a model that began to repeat itself, what it repeats is kept once.
    """
    width, height = size
    if (once := unlooped(caption)) != caption:
        caption, notes = once, (*notes, LOOPED)
        entities = [entity for entity in entities if entity[1][0] < len(once)]
    lines = [
        Line(" ".join(phrase.split()), _box(box, width, height).polygon)
        for phrase, _span, boxes in entities
        if not NAMELESS.match(phrase.strip())
        for box in boxes
    ]
    unique = tuple(dict.fromkeys(lines))
    text = _answer(caption, prompt)
    return Page(width, height, unique, text, notes=notes, is_description=True)


def _box(box: tuple[float, float, float, float], width: int, height: int) -> Box:
    """In pixels, within the picture, its corners in order whatever the model said."""
    (left, right), (top, bottom) = (
        sorted(min(max(part, 0.0), 1.0) for part in pair)
        for pair in ((box[0], box[2]), (box[1], box[3]))
    )
    return Box(left * width, top * height, right * width, bottom * height)


def _answer(caption: str, prompt: str) -> str:
    """*caption* on one line, without the question that it repeats."""
    asked = " ".join(re.sub(r"<[^<>]*>", " ", prompt).split())
    text = " ".join(caption.split())
    if asked.endswith(ASKS) and text.startswith(asked):
        text = text.removeprefix(asked).lstrip()
    return text
