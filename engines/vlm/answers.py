"""What a model answered made into a page: lines, their places, what to beware of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from engines.types import Line, Options, Page
from engines.vlm.places import Thing, things_of
from engines.vlm.presets import DESCRIBE, preset_of, wants_boxes, wants_support
from engines.vlm.support import supported

if TYPE_CHECKING:
    from PIL import Image

FENCED = re.compile(r"\A\s*```[\w-]*[ \t]*\n(.*?)(?:\n\s*```\s*)?\Z", re.DOTALL)
THOUGHT = re.compile(r"\A\s*<think>.*?(?:</think>|\Z)", re.DOTALL)
BARE = ("Cc", "Cs")  # control signs and halves of letters


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, and why it ended: by itself, for its length, or because it
    had begun to repeat itself. ``tokens`` is how many it said, in how many seconds."""

    text: str
    ended: Literal["stop", "length", "loop"] = "stop"
    tokens: int = 0
    seconds: float = 0.0


def page_of(answer: Answer, image: Image.Image, options: Options, engine: str) -> Page:
    """*answer* as a page in the frame of *image*, as it was before it was fitted.

    Lines keep the answer's order. A description's text is the answer, its lines are
    the things that it names, where it was asked for their places.
    """
    text = plain(answer.text)
    page = Page(image.width, image.height, engine=engine, notes=tuple(_notes(answer)))
    preset = preset_of(options)
    if preset is not None and preset.name == DESCRIBE:
        return _described(page, text, wants_boxes(options))
    page = _written(page, text, wants_boxes(options))
    return supported(page, image, options) if wants_support(options) else page


def blank_page(image: Image.Image, engine: str) -> Page:
    """What is said of a page that shows nothing: the model is not asked, for it would
    make something up."""
    note = "There is nothing on this page: the model was not asked."
    return Page(image.width, image.height, engine=engine, notes=(note,))


def plain(text: str) -> str:
    """*text* without what a model thought first, without a fence around it all, and
    without signs that no file and no database takes."""
    said = THOUGHT.sub("", "\n".join(text.splitlines()))
    fenced = FENCED.match(said)
    said = (fenced[1] if fenced else said).strip()
    return "".join(x for x in said if x == "\n" or unicodedata.category(x) not in BARE)


def _notes(answer: Answer) -> Iterator[str]:
    if answer.ended == "length":
        yield (
            f"The answer was cut off at {answer.tokens} tokens: "
            "there may be more on the page."
        )
    if answer.ended == "loop":
        yield "The model began to repeat itself and was stopped: text may be missing."
    if not plain(answer.text):
        yield "The model answered nothing."


def _described(page: Page, text: str, with_places: bool) -> Page:
    if not with_places:
        return replace(page, text=text, is_description=True)
    said, things = things_of(text, page.width, page.height)
    told = said or "\n".join(thing.text for thing in things)
    return replace(
        _placed(page, things), text=told, lines=_lines(things), is_description=True
    )


def _written(page: Page, text: str, with_places: bool) -> Page:
    if not with_places:
        rows = (row.strip() for row in text.splitlines())
        return replace(page, text=text, lines=tuple(Line(row) for row in rows if row))
    _, things = things_of(text, page.width, page.height)
    if not things:
        return _placed(_written(page, text, with_places=False), things)
    said = "\n".join(thing.text for thing in things)
    return replace(_placed(page, things), text=said, lines=_lines(things))


def _placed(page: Page, things: list[Thing]) -> Page:
    """*page*, with a note where the places that were asked for are not all there."""
    if things and all(thing.box for thing in things):
        return page
    note = "The model did not say where everything stands."
    return replace(page, notes=(*page.notes, note))


def _lines(things: list[Thing]) -> tuple[Line, ...]:
    return tuple(Line(x.text, x.box.polygon if x.box else None) for x in things)
