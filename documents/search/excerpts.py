"""The line of a text in which most of what was looked for stands, and where."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from documents.search.query import Query
from documents.search.words import Placed, placed_words, words_of

WIDTH = 160  # characters of a line that are shown
BEFORE = 50  # of them before the first hit, where the line is longer


class Part(NamedTuple):
    """A piece of a line; ``is_hit``: it was looked for."""

    text: str
    is_hit: bool


class Span(NamedTuple):
    start: int
    end: int


def hits_of(lines: list[str], query: Query) -> dict[int, list[Span]]:
    """By the place of a line, where in it (in Unicode's form NFC) the hits stand.

    What was quoted may begin in one line and end in the next.
    """
    found = words_found(lines, query)
    return {place: spans_in(lines[place], hits) for place, hits in found.items()}


def words_found(lines: list[str], query: Query) -> dict[int, list[int]]:
    """By the place of a line, which of its words are hits."""
    places, words = [], []
    for place, line in enumerate(lines):
        of_line = words_of(line)
        words += of_line
        places += [(place, number) for number in range(len(of_line))]
    found: dict[int, list[int]] = {}
    for hit in sorted(query.places(words)):
        place, number = places[hit]
        found.setdefault(place, []).append(number)
    return found


def spans_in(line: str, hits: list[int]) -> list[Span]:
    """Where the words with these numbers stand in *line*."""
    words = placed_words(composed(line))
    spans: list[Span] = []
    for number in hits:
        extend(spans, words[number], joined=number - 1 in hits)
    return spans


def extend(spans: list[Span], word: Placed, *, joined: bool) -> None:
    """Add the place of *word*; to the span before where no blank parts them."""
    if joined and spans and word.start <= spans[-1].end:
        spans[-1] = Span(spans[-1].start, max(word.end, spans[-1].end))
    else:
        spans.append(Span(word.start, word.end))


def excerpt(text: str, query: Query) -> list[Part]:
    """A line of *text* with its hits, shortened; empty where there is none."""
    lines = text.splitlines()
    found = words_found(lines, query)
    if not found:
        return []
    best = max(found, key=lambda place: (len(found[place]), -place))
    return shortened(composed(lines[best]), spans_in(lines[best], found[best]))


def shortened(line: str, hits: list[Span]) -> list[Part]:
    """What of *line* stands around its first hit, cut at blanks."""
    start, end = 0, len(line)
    if len(line) > WIDTH:
        start = max(0, min(hits[0].start - BEFORE, len(line) - WIDTH))
        start = line.find(" ", start, hits[0].start) + 1 or start if start else 0
        end = min(len(line), start + WIDTH)
    parts = cut(line, [span for span in hits if span.start < end], start, end)
    before, after = "… " if start else "", " …" if end < len(line) else ""
    around = [Part(before, False), *parts, Part(after, False)]
    return [part for part in around if part.text]


def cut(line: str, hits: list[Span], start: int, end: int) -> list[Part]:
    parts, place = [], start
    for hit in hits:
        parts += [Part(line[place : hit.start], False)]
        parts += [Part(line[hit.start : min(hit.end, end)], True)]
        place = hit.end
    return [*parts, Part(line[place:end], False)]


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
