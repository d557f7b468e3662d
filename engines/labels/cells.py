"""The lines of a page as cells: a label, a value, a heading over a column.

Readers join what stands close together; “Total: 12.00” are two cells, and so are the
dates of a row without rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from engines.labels.kinds import look_of
from engines.labels.words import known_fields
from engines.types import Box, Line, Page, Word
from engines.values.cleaning import folded, is_rtl

# Heights of a line between words of different columns; a blank has a third of one.
_GAP = 0.9
_GLUED = re.compile(r"(.*[^\W\d_]\W?[:：])(?!//)(.+)")  # N°:FA02, but no 10:30


@dataclass(frozen=True, slots=True)
class Cell:
    """Print that belongs together, in pixels; ``line`` counts the page's lines."""

    text: str
    box: Box
    line: int


def cells_of(page: Page) -> list[Cell]:
    return [
        cell for number in range(len(page.lines)) for cell in cells_in(page, number)
    ]


def cells_in(page: Page, number: int) -> Iterator[Cell]:
    """The cells of a line, in the order of its text; one that says nothing is one."""
    line = page.lines[number]
    if line.box and not folded(line.text):
        yield Cell("", line.box, number)
    for words in _columns(words_of(page.lines[number])):
        place = _where_value_begins(words)
        for part in (words[:place], words[place:]):
            if part:
                text = " ".join(word.text for word in part)
                yield Cell(text, _around(part), number)


def words_of(line: Line) -> list[Word]:
    """The words of *line*; where none is placed, by the share of their letters."""
    texts = folded(line.text).split()
    words = [word for word in line.words if word.text.strip()]
    if not words or len(words) != len(texts):
        words = list(_placed(texts, line.box)) if line.box else []
    return [part for word in words for part in _unglued(word)]


def _placed(texts: list[str], box: Box) -> Iterator[Word]:
    start, length = 0, max(1, len(" ".join(texts)))
    for text in texts:
        left, right = start / length, (start + len(text)) / length
        if is_rtl(" ".join(texts)):
            left, right = 1 - right, 1 - left
        x = box.left + left * box.width, box.left + right * box.width
        yield Word(text, Box(x[0], box.top, x[1], box.bottom))
        start += len(text) + 1


def _unglued(word: Word) -> Iterator[Word]:
    """“N°:FA02” as two words, for its colon ends a label."""
    found = _GLUED.fullmatch(word.text)
    yield from _placed(list(found.groups()), word.box) if found else [word]


def _columns(words: list[Word]) -> Iterator[list[Word]]:
    """*words*, parted where a wide gap is, or between dates in a row."""
    column: list[Word] = []
    in_row = len(words) > 1 and all(look_of(w.text) in ("date", "code") for w in words)
    for before, word in pairwise([None, *words]):
        assert word is not None  # noqa: S101  (only the first of a pair may be)
        if before is not None and (in_row or _gap(before, word) > _GAP):
            yield column
            column = []
        column.append(word)
    if column:
        yield column


def _gap(one: Word, two: Word) -> float:
    """Blank between two words, in heights of the lower one."""
    blank = max(two.box.left - one.box.right, one.box.left - two.box.right)
    return blank / max(1.0, min(one.box.height, two.box.height))


def _where_value_begins(words: list[Word]) -> int:
    """How many of *words* are the label of what follows: “Total: 12.00” has one."""
    texts = [word.text for word in words]
    for place in range(len(words) - 1, 0, -1):
        label, value = " ".join(texts[:place]), " ".join(texts[place:])
        kind = look_of(value)
        if re.search(r"\d", texts[place - 1]):
            continue  # TOTAL: 3 | 463,20 € would cut the number
        marked = label.rstrip(" -#").endswith((":", "：")) and "://" not in label
        if marked and (kind != "text" or place <= 4):
            return place
        if kind != "text" and any(kind in f.looks for _, f in known_fields(label)):
            return place
    return 0


def _around(words: list[Word]) -> Box:
    return Box.around([corner for word in words for corner in word.box.polygon])
