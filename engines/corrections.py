"""Text that people put right: onto the places where an engine had read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engines.types import Line, Page


def corrected_page(page: Page, texts: Mapping[int, str]) -> Page:
    """*page* as its lines (by place, from 0) are with those *texts*; places that it has
    not are left out. A line without text stays in its place, and adds none to the
    page's."""
    lines = tuple(
        corrected_line(line, texts[place]) if place in texts else line
        for place, line in enumerate(page.lines)
    )
    return replace(page, lines=lines, text="\n".join(line.text for line in lines))


def corrected_line(line: Line, text: str) -> Line:
    """*line* saying *text*, its words in their places as far as they still say the
    same."""
    return replace(line, text=text)
