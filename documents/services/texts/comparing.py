"""Two readings of one page, row by row."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from documents.services.texts.aligning import align
from documents.services.texts.differing import Change, changes, distance
from documents.services.texts.places import Box, Line, Place
from engines import runs_right_to_left


@dataclass(frozen=True)
class Row:
    """What both say in one place; the numbers are those of their lines, from 1.

    Blanks count once, however many there are, and so do breaks between lines.
    """

    left: str
    right: str
    left_lines: tuple[int, ...]
    right_lines: tuple[int, ...]
    box: Box | None  # around all its lines; None where no engine said where they are

    @property
    def same(self) -> bool:
        return self.left == self.right

    @cached_property
    def differing(self) -> int:
        """How many characters differ."""
        return distance(self.left, self.right)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        return changes(self.left, self.right)

    @property
    def size(self) -> int:
        return max(len(self.left), len(self.right))


@dataclass(frozen=True)
class Comparison:
    rows: tuple[Row, ...]

    @cached_property
    def differing(self) -> int:
        """How many characters differ."""
        return sum(row.differing for row in self.rows)

    @property
    def differences(self) -> int:
        """In how many rows."""
        return sum(not row.same for row in self.rows)

    @property
    def agreement(self) -> float:
        """The share of characters that both have, of the longer one's in each row; 1
        says that nothing differs, where anything does it is less."""
        size = sum(row.size for row in self.rows)
        if not self.differing:
            return 1.0
        return min(round(1 - self.differing / size, 4), 0.9999)


def compare(left: Mapping[str, Any], right: Mapping[str, Any]) -> Comparison:
    """Hold the JSON of a page against that of another reading of it."""
    ours, theirs = lines_of(left), lines_of(right)
    groups = align([line for _n, line in ours], [line for _n, line in theirs])
    return Comparison(
        tuple(
            _row([ours[n] for n in mine], [theirs[n] for n in others])
            for mine, others in groups
        )
    )


Numbered = tuple[int, Line]


def lines_of(page: Mapping[str, Any]) -> list[Numbered]:
    """The lines that say anything, each with its number; an engine that found no lines
    has those of its text."""
    lines = page.get("lines") or [
        {"text": text, "polygon": None} for text in page.get("text", "").splitlines()
    ]
    found = []
    for number, line in enumerate(lines, start=1):
        if text := " ".join(unicodedata.normalize("NFC", line["text"]).split()):
            polygon = line.get("polygon")
            place = (
                Place.of(polygon, page["width"], page["height"]) if polygon else None
            )
            found.append((number, Line(text, place)))
    return found


def _row(ours: Sequence[Numbered], theirs: Sequence[Numbered]) -> Row:
    ours, theirs = _as_read(ours), _as_read(theirs)
    places = [line.place for _n, line in (*ours, *theirs) if line.place]
    return Row(
        " ".join(line.text for _n, line in ours),
        " ".join(line.text for _n, line in theirs),
        tuple(n for n, _line in ours),
        tuple(n for n, _line in theirs),
        _around([place.box for place in places]),
    )


def _as_read(lines: Sequence[Numbered]) -> list[Numbered]:
    """Parts that lie side by side, from one side to the other, whichever an engine put
    first; those below each other as they came."""
    places = [line.place for _n, line in lines]
    if len(lines) < 2 or None in places or not _is_one_row(places):
        return list(lines)
    is_mirrored = runs_right_to_left("".join(line.text for _n, line in lines))
    return sorted(lines, key=lambda pair: pair[1].place.left, reverse=is_mirrored)


def _is_one_row(places: Sequence[Place]) -> bool:
    boxes = [place.box for place in places]
    return max(box[1] for box in boxes) < min(box[3] for box in boxes)


def _around(boxes: Sequence[Box]) -> Box | None:
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
