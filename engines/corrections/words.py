"""The words of a line whose text was put right, in their places on the page.

Words that the line still says are kept as they are. The others are laid where the
letters stood that they replace: edit distance tells which (Levenshtein 1966), word by
word first, then letter by letter in what is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engines.corrections.places import Place, around, letters
from engines.types import Box, Line, Word

CROWDED = 0.5  # of its usual length: no word was missed in a gap that is shorter

Owners = list[int | None]  # of each letter, the place of the old word it is now in


@dataclass(slots=True)
class Piece:
    """A word of the new text; the old ones (by place) whose letters it replaces, and
    where it stands, once that is known. ``kept`` is the old word that it still is."""

    text: str
    owners: tuple[int, ...] = ()
    is_apart: bool = True  # from the piece before it, by a space
    box: Box | None = None
    kept: Word | None = None


def realigned(line: Line, text: str) -> tuple[Word, ...]:
    """The words of *line* when it says *text*; none where it had none."""
    pieces = _Realigned(line).pieces(text.split()) if line.words else []
    return tuple(
        piece.kept or Word(piece.text, piece.box, 1.0)
        for piece in pieces
        if piece.box is not None
    )


class _Realigned:
    def __init__(self, line: Line) -> None:
        self.words = line.words
        self.place = Place(line)
        self.is_glued = _glued(line)

    def pieces(self, tokens: list[str]) -> list[Piece]:
        """The words of the new text, which has those *tokens* with spaces between."""
        found: list[Piece] = []
        groups = list(self.groups())
        old = ["".join(self.words[n].text for n in group) for group in groups]
        for is_same, (start, end), (first, last) in _stretches(old, tokens):
            places = [n for group in groups[start:end] for n in group]
            if is_same:
                kept = [self.words[n] for n in places]
                found += [Piece(word.text, box=word.box, kept=word) for word in kept]
            else:
                found += self.changed(places, tokens[first:last])
        self.fit_in(found)
        return found

    def groups(self) -> Iterator[list[int]]:
        """The places of the words, those together that no space parts."""
        group: list[int] = []
        for place, is_glued in enumerate(self.is_glued):
            if group and not is_glued:
                yield group
                group = []
            group.append(place)
        yield group

    def changed(self, places: list[int], tokens: list[str]) -> list[Piece]:
        """*tokens* instead of the words at *places*: those that replace letters of one
        word share its box, what replaces several has theirs."""
        found = self.cut(places, tokens)
        shares = Counter(owner for piece in found for owner in piece.owners)
        for cluster in _clusters(found):
            owners = sorted({owner for piece in cluster for owner in piece.owners})
            if not owners:
                continue
            self.spread(cluster, around(self.words[n].box for n in owners))
            old, new = self.words[owners[0]], cluster[0]
            if len(owners) == shares[owners[0]] == 1 and new.text == old.text:
                new.kept = old
        return found

    def cut(self, places: list[int], tokens: list[str]) -> list[Piece]:
        """*tokens* with the words whose letters each replaces; parted where such words
        stood side by side without a space."""
        of_letter = [n for n in places for _ in self.words[n].text]
        old = "".join(self.words[n].text for n in places)
        sources = _sources(old, "".join(tokens))
        found: list[Piece] = []
        at = 0
        for token in tokens:
            own = sources[at : at + len(token)]
            owners = [None if source is None else of_letter[source] for source in own]
            found += self.parted(token, _filled(owners))
            at += len(token)
        return _enclosed(found)

    def parted(self, token: str, owners: Owners) -> Iterator[Piece]:
        start = 0
        for end in range(1, len(token) + 1):
            if end < len(token) and not self.stood_joined(owners[end - 1], owners[end]):
                continue
            own = sorted({n for n in owners[start:end] if n is not None})
            yield Piece(token[start:end], tuple(own), is_apart=not start)
            start = end

    def stood_joined(self, one: int | None, other: int | None) -> bool:
        """Whether these are two words, with no space between them."""
        if one is None or other is None or one == other:
            return False
        return all(self.is_glued[one + 1 : other + 1])

    def fit_in(self, pieces: list[Piece]) -> None:
        """Give a place to each piece that replaces nothing."""
        start = 0
        while start < len(pieces):
            end = start
            while end < len(pieces) and pieces[end].box is None:
                end += 1
            if end > start:
                self.insert(
                    pieces[start:end], pieces[:start][-1:], pieces[end : end + 1]
                )
            start = end + 1

    def insert(self, new: list[Piece], before: list[Piece], after: list[Piece]) -> None:
        """Into the gap between the two neighbours (each may be missing), where there is
        one; else into the box of one that is new itself; else between them all the
        same, a letter long at least."""
        boxes = [near[0].box if near else None for near in (before, after)]
        gap = self.place.gap(*boxes)
        wanted = CROWDED * _length(new) * self.place.letter
        if self.place.axis().length(gap) < wanted:
            for near, together in ((before, before + new), (after, new + after)):
                if near and near[0].box and not near[0].kept:
                    return self.spread(together, near[0].box)
            gap = self.place.widened(gap)
        return self.spread(new, gap)

    def spread(self, pieces: Sequence[Piece], box: Box) -> None:
        """Lay *pieces* along *box*, each as long as it has letters."""
        axis = self.place.axis("".join(piece.text for piece in pieces))
        start, end = axis.span(box)
        step = (end - start) / _length(pieces)
        at = 0
        for number, piece in enumerate(pieces):
            at += bool(number and piece.is_apart)
            begin = min(end, start + step * at)
            at += letters(piece.text)
            is_last = number == len(pieces) - 1
            stop = end if is_last else min(end, start + step * at)
            piece.box = axis.cut(box, begin, stop)


def _glued(line: Line) -> list[bool]:
    """Of each word, whether it stands right behind the one before it."""
    found, at = [], 0
    for word in line.words:
        start = line.text.find(word.text, at)
        if start < 0:
            return [False] * len(line.words)
        found.append(0 < at == start)
        at = start + len(word.text)
    return found


def _stretches(
    old: list[str], new: list[str]
) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """From where to where two lists of words say the same, or something else."""
    from rapidfuzz.distance import Levenshtein

    start, first = 0, 0
    for block in Levenshtein.opcodes(old, new).as_matching_blocks():
        yield False, (start, block.a), (first, block.b)
        start, first = block.a + block.size, block.b + block.size
        yield True, (block.a, start), (block.b, first)


def _sources(old: str, new: str) -> list[int | None]:
    """Of each letter of *new*, the place of the one in *old* that it is or replaces."""
    from rapidfuzz.distance import Levenshtein

    found: list[int | None] = [None] * len(new)
    for step in Levenshtein.opcodes(old, new):
        if step.tag in ("equal", "replace"):
            found[step.dest_start : step.dest_end] = range(step.src_start, step.src_end)
    return found


def _filled(owners: Owners) -> Owners:
    """A letter that is new in its word belongs to the one before it, or after it."""
    for n in range(1, len(owners)):
        owners[n] = owners[n - 1] if owners[n] is None else owners[n]
    for n in reversed(range(len(owners) - 1)):
        owners[n] = owners[n + 1] if owners[n] is None else owners[n]
    return owners


def _enclosed(pieces: list[Piece]) -> list[Piece]:
    """*pieces*, where a new one between two of one old word belongs to that, too."""
    placed = [n for n, piece in enumerate(pieces) if piece.owners]
    for one, other in pairwise(placed):
        if pieces[one].owners[-1] == pieces[other].owners[0]:
            for piece in pieces[one + 1 : other]:
                piece.owners = pieces[one].owners[-1:]
    return pieces


def _clusters(pieces: list[Piece]) -> list[list[Piece]]:
    """*pieces*, those together that share an old word."""
    found: list[list[Piece]] = []
    for piece in pieces:
        last = found[-1][-1].owners[-1:] if found else ()
        if last and last == piece.owners[:1]:
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _length(pieces: Sequence[Piece]) -> int:
    """How many letters long *pieces* are, with the spaces between them."""
    spaces = sum(piece.is_apart for piece in pieces[1:])
    return spaces + sum(letters(piece.text) for piece in pieces)
