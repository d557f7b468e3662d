"""A page cut as Google Vision writes one: blocks, lines, words, letters, breaks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan2, pi

from engines.layout import runs_right_to_left
from engines.types import Line, Page, Point, Polygon

SPACE, NEW_LINE = "SPACE", "LINE_BREAK"
WRITTEN = {SPACE: " ", NEW_LINE: "\n", "": ""}
MARKS = {"Mn", "Me", "Cf"}  # Unicode categories of what has no width of its own


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a letter: its text, its outline, and the break that follows it."""

    text: str
    polygon: Polygon | None
    confidence: float | None
    after: str = ""


Block = list[tuple[Line, list[Piece]]]


def blocks_of(page: Page) -> list[Block]:
    """The lines of *page* with their words; a block ends where the text has a gap."""
    lines = page.lines or tuple(Line(text) for text in page.text.splitlines())
    lines = tuple(line for line in lines if line.text.strip())
    blocks: list[Block] = [[]]
    for line, gap in zip(lines, _gaps(lines, page.text), strict=True):
        *words, last = words_of(line)
        blocks[-1].append((line, [*words, replace(last, after=_break(gap))]))
        if gap.count("\n") > 1:
            blocks.append([])
    return [block for block in blocks if block]


def words_of(line: Line) -> list[Piece]:
    """The words of a *line* that has text; cut from it where they are unknown."""
    words = [word for word in line.words if word.text.strip()]
    gaps = _found([word.text for word in words], line.text)
    if gaps is None or any(gap.strip() for gap in gaps) or not words:
        return _cut(line)
    return [
        Piece(
            _spaced(word.text),
            _facing(word.box.polygon, line.polygon),
            word.confidence,
            _break(gap),
        )
        for word, gap in zip(words, gaps, strict=True)
    ]


def letters_of(word: Piece) -> Iterator[Piece]:
    """The symbols of *word* on its outline, each with the same share of its length."""
    parts = clusters(word.text)
    from_right = runs_right_to_left(word.text)
    for at, part in enumerate(parts):
        after = word.after if at == len(parts) - 1 else ""
        if part.isspace():
            continue
        if at + 1 < len(parts) and parts[at + 1].isspace():
            after = SPACE
        place = at / len(parts), (at + 1) / len(parts)
        polygon = _share(word.polygon, *place, from_right)
        yield Piece(part, polygon, word.confidence, after)


def clusters(text: str) -> list[str]:
    """Letters, each with the marks that stand on it."""
    found: list[str] = []
    for letter in text:
        if found and unicodedata.category(letter) in MARKS:
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _gaps(lines: Sequence[Line], text: str) -> list[str]:
    """What the page's *text* has after each line: a space between those of one row."""
    gaps = _found([line.text for line in lines], text)
    if gaps is None or any(gap.strip() for gap in gaps):
        return ["\n"] * len(lines)
    return [*gaps[:-1], "\n"] if gaps else []


def _found(parts: Sequence[str], text: str) -> list[str] | None:
    """What *text* has after each of *parts*; None where it does not hold them all."""
    gaps, end = [], 0
    for part in parts:
        start = text.find(part, end)
        if start < 0:
            return None
        gaps.append(text[end:start])
        end = start + len(part)
    return [*gaps, text[end:]][1:] if not gaps or not gaps[0].strip() else None


def _break(gap: str) -> str:
    if "\n" in gap:
        return NEW_LINE
    return SPACE if gap else ""


def _cut(line: Line) -> list[Piece]:
    """The words of a line's text, each with its share of the line's length."""
    text = _spaced(line.text)
    from_right = runs_right_to_left(text)
    pieces, start = [], 0
    for word in text.split(" "):
        end = start + len(word)
        polygon = _share(line.polygon, start / len(text), end / len(text), from_right)
        pieces.append(Piece(word, polygon, line.confidence, SPACE))
        start = end + 1
    return pieces


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _facing(polygon: Polygon, line: Polygon | None) -> Polygon:
    """The corners of an upright box, from where the top left of a line's text is."""
    if line is None:
        return polygon
    (left, top), (right, right_top), *_ = line
    heading = round(atan2(right_top - top, right - left) / (pi / 2)) % 4
    first, second, third, fourth = (*polygon[heading:], *polygon[:heading])
    return first, second, third, fourth


def _share(
    polygon: Polygon | None, start: float, end: float, from_right: bool
) -> Polygon | None:
    """The part of an outline between two fractions of its length."""
    if polygon is None:
        return None
    if from_right:
        start, end = 1 - end, 1 - start
    first, second, third, fourth = polygon
    return (
        _between(first, second, start),
        _between(first, second, end),
        _between(fourth, third, end),
        _between(fourth, third, start),
    )


def _between(one: Point, other: Point, share: float) -> Point:
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
    )
