"""What OpenOCR's process found, in the library's own values."""

from __future__ import annotations

from engines.openocr.channel import FoundLine, FoundWord
from engines.openocr.schema import KNOWN, Wish
from engines.types import Box, Line, Point, Polygon, Word


def as_line(found: FoundLine, task: str) -> Line:
    """*found* as a line; nobody is sure or unsure of one that was only found."""
    polygon = as_polygon(found)
    if task == "detection":
        return Line("", polygon)
    words = tuple(placed(word, polygon) for word in found.words)
    return Line(
        " ".join(word.text for word in words),
        polygon,
        words,
        found.confidence,
        found.weakest if task == "recognition" else None,
    )


def as_polygon(found: FoundLine) -> Polygon:
    x = found.corners
    return (x[0], x[1]), (x[2], x[3]), (x[4], x[5]), (x[6], x[7])


def placed(word: FoundWord, polygon: Polygon) -> Word:
    """*word* as a word of the page: its part of the line's *polygon*."""
    first, second, third, fourth = polygon
    shares = (word.start, word.stop)
    ends = [between(first, second, share) for share in shares]
    ends += [between(fourth, third, share) for share in shares]
    return Word(word.text, Box.around(ends), word.confidence)


def between(one: Point, other: Point, share: float) -> Point:
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
    )


def unread_languages(languages: tuple[str, ...], wish: Wish) -> tuple[str, ...]:
    """A sentence on the languages that OpenOCR's own models do not know."""
    unknown = [code for code in languages if code not in KNOWN]
    if not unknown or wish.recogniser or wish.task == "detection":
        return ()
    return (f"OpenOCR does not know {', '.join(unknown)}; it read what it could.",)
