"""Text in a PDF: letters joined, each line in the order it is seen, cut to a width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from engines import SHIPPED_FONT

FONT = "DejaVuSans"
RESHAPER = ArabicReshaper({"delete_harakat": False, "delete_tatweel": False})
RIGHT_TO_LEFT = ("R", "AL")


@cache
def font() -> str:
    """The name of the one font, known to the library from now on. It has the joined
    forms of Arabic."""
    pdfmetrics.registerFont(TTFont(FONT, str(SHIPPED_FONT)))
    return FONT


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from the right."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    strong = (one for one in directions if one in ("L", *RIGHT_TO_LEFT))
    return next(strong, "L") in RIGHT_TO_LEFT


def set_lines(text: str, size: float, width: float) -> list[str]:
    """*text* as lines no wider than *width*, ready to be drawn from left to right."""
    lines: list[str] = []
    for paragraph in printable(text).splitlines():
        base = "R" if is_right_to_left(paragraph) else "L"
        joined = RESHAPER.reshape(paragraph)
        lines += [get_display(line, base_dir=base) for line in cut(joined, size, width)]
    return lines


def printable(text: str) -> str:
    """Without what has no shape: control characters, marks of direction."""
    return "".join(
        letter
        for letter in text
        if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )


def cut(text: str, size: float, width: float) -> Iterator[str]:
    """At blanks where there are any, else where it is full."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer, size) <= width:
            line = longer
            continue
        if line:
            yield line
        line = word
        while width_of(line, size) > width and len(line) > 1:
            head = fitting(line, size, width)
            yield line[:head]
            line = line[head:]
    if line:
        yield line


def fitting(word: str, size: float, width: float) -> int:
    """How many letters of *word* fit: one at least."""
    count = 1
    while count < len(word) and width_of(word[: count + 1], size) <= width:
        count += 1
    return count


def width_of(text: str, size: float) -> float:
    return pdfmetrics.stringWidth(text, font(), size)
