"""How two texts differ, in runs of characters that a person can read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from rapidfuzz.distance import Indel, LCSseq, Levenshtein

MOST_TOKENS = 16_000_000  # of one text times those of the other; 50 ms
MOST_CHARACTERS = 500  # of a stretch that is looked at letter by letter
ALIKE = 0.5  # below it, two words are shown as two words


@dataclass(frozen=True, slots=True)
class Change:
    """A run of two texts: what each of them says there, the same or not."""

    left: str
    right: str
    is_firm: bool = False  # a whole word that both say: it is never hidden

    @property
    def op(self) -> str:
        if self.left == self.right:
            return "equal"
        if not self.left:
            return "insert"
        return "replace" if self.right else "delete"

    @property
    def is_equal(self) -> bool:
        return self.left == self.right

    @property
    def size(self) -> int:
        return max(len(self.left), len(self.right))

    def __add__(self, other: Change) -> Change:
        firm = self.is_firm or other.is_firm
        return Change(self.left + other.left, self.right + other.right, firm)


def changes(left: str, right: str) -> tuple[Change, ...]:
    """The runs of both texts in their order; joined, they are the texts.

    Words are matched first, then the letters of those that resemble each other. Where
    little in between is the same, or the letters of a script join (Arabic), it is the
    whole word that differs.
    """
    if left == right:
        return (Change(left, right, True),) if left else ()
    return tuple(_readable(_joined(_by_words(left, right))))


def distance(left: str, right: str) -> int:
    """How many characters must be put in, taken out or changed (Levenshtein)."""
    return Levenshtein.distance(left, right)


def _by_words(left: str, right: str) -> Iterator[Change]:
    """What lies between the tokens that both have is looked at more closely."""
    ours, theirs = list(_tokens(left)), list(_tokens(right))
    at_left = at_right = 0
    for here, there in _matches(left, ours, right, theirs):
        yield from _between(left[at_left : here[0]], right[at_right : there[0]])
        word = left[slice(*here)]
        yield Change(word, word, len(word) > 1)
        at_left, at_right = here[1], there[1]
    yield from _between(left[at_left:], right[at_right:])


Span = tuple[int, int]


def _matches(
    left: str, ours: list[Span], right: str, theirs: list[Span]
) -> Iterator[tuple[Span, Span]]:
    """The tokens that both texts have, in order: as many as can be."""
    if len(ours) * len(theirs) > MOST_TOKENS:
        return
    words = [left[a:b] for a, b in ours]
    others = [right[a:b] for a, b in theirs]
    for tag, start, end, other, _end in LCSseq.opcodes(words, others):
        if tag == "equal":
            for step in range(end - start):
                yield ours[start + step], theirs[other + step]


def _tokens(text: str) -> Iterator[Span]:
    """Words with their marks, and each sign by itself; no blanks."""
    at = 0
    for kind, run in groupby(text, _kind):
        length = len(list(run))
        if kind == "word":
            yield at, at + length
        elif kind == "sign":
            yield from pairwise(range(at, at + length + 1))
        at += length


def _kind(character: str) -> str:
    if character.isspace():
        return "blank"
    # Marks above and below letters are none, nor are the signs that join or part them.
    belongs = unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")
    return "word" if character.isalnum() or belongs else "sign"


def _between(left: str, right: str) -> Iterator[Change]:
    """Two stretches without a word in common: word by word where they have as many."""
    if left == right:
        yield Change(left, right)
        return
    if left[:1] == right[:1] == " ":
        yield Change(" ", " ")
        yield from _between(left[1:], right[1:])
        return
    ours, theirs = left.split(" "), right.split(" ")
    if len(ours) != len(theirs):
        yield from _by_letters(left, right)
        return
    for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        if place:
            yield Change(" ", " ")
        yield from _by_letters(one, other)


def _by_letters(left: str, right: str) -> Iterator[Change]:
    if not _may_be_split(left, right):
        yield Change(left, right)
        return
    for _tag, a, b, c, d in Levenshtein.opcodes(left, right):
        yield Change(left[a:b], right[c:d])


def _may_be_split(left: str, right: str) -> bool:
    if max(len(left), len(right)) > MOST_CHARACTERS or any(map(_joins, left + right)):
        return False
    return Indel.normalized_similarity(left, right) >= ALIKE


def _joins(character: str) -> bool:
    """Whether it changes its neighbours' shapes, so that no mark may part them."""
    if unicodedata.bidirectional(character) == "AL":
        return True
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")


def _joined(runs: Iterable[Change]) -> list[Change]:
    """Neighbours of a kind made one."""
    found: list[Change] = []
    for run in runs:
        if found and found[-1].is_equal == run.is_equal:
            found[-1] += run
        elif run.size:
            found.append(run)
    return found


def _readable(runs: Iterable[Change]) -> list[Change]:
    """Without crumbs: what is the same between two changes, but no longer than either
    and no word, belongs to them."""
    found: list[Change] = []
    for run in runs:
        found.append(run)
        while len(found) > 2 and _is_crumb(*found[-3:]):
            found[-3:] = [found[-3] + found[-2] + found[-1]]
    return found


def _is_crumb(before: Change, run: Change, after: Change) -> bool:
    if not run.is_equal or run.is_firm:
        return False
    return run.size <= min(before.size, after.size)
