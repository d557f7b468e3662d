"""Text that people put right: onto the places where an engine had read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from engines.corrections.words import realigned
from engines.types import Line, Page


def corrected_page(page: Page, texts: Mapping[int, str]) -> Page:
    """*page* as its lines (by place, from 0) are with those *texts*; places that it has
    not are left out. A line without text stays in its place, and adds none to the
    page's."""
    lines = tuple(
        corrected_line(line, texts[place]) if place in texts else line
        for place, line in enumerate(page.lines)
    )
    if lines == page.lines:
        return page
    return replace(page, lines=lines, text=_text(page, lines))


def corrected_line(line: Line, text: str) -> Line:
    """*line* saying *text*, its words in their places as far as they still say the
    same. What people wrote is certain; a word that they left is as it was."""
    if text == line.text:
        return line
    words = realigned(line, text)
    return replace(line, text=text, words=words, confidence=1.0, weakest=None)


def _text(page: Page, lines: Sequence[Line]) -> str:
    """The page's text saying what *lines* say, with the breaks that it had."""
    breaks = _breaks(page)
    said = [place for place, line in enumerate(lines) if line.text]
    if breaks is None or not said:
        return "\n".join(lines[place].text for place in said)
    text = breaks[0] + lines[said[0]].text
    for one, other in pairwise(said):
        text += _deepest(breaks[one + 1 : other + 1]) + lines[other].text
    return text + breaks[-1]


def _breaks(page: Page) -> list[str] | None:
    """What stands in the page's text before, between and after its lines; None where it
    is not made of them."""
    found, at = [], 0
    for line in page.lines:
        start = page.text.find(line.text, at)
        if start < 0:
            return None
        found.append(page.text[at:start])
        at = start + len(line.text)
    found.append(page.text[at:])
    return None if any(blank.strip() for blank in found) else found


def _deepest(breaks: list[str]) -> str:
    return max(breaks, key=lambda blank: (blank.count("\n"), len(blank)))
