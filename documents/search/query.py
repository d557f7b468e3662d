"""What somebody looks for, in the language of searches.

``corner shop`` finds what has both words, or words that begin so; ``"corner shop"`` one
after the other; ``-draft`` leaves out what has that word. Any text is a query.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.search.words import without_article, words_of

MOST_LETTERS = 400  # what follows is not looked for
MOST_TERMS = 16
QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
TERM = re.compile(r'(?P<no>-?)(?:"(?P<exact>[^"]*)(?:"|$)|(?P<loose>[^\s"]+))')


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other; the last may go on, unless it is *exact*.

    ``is_excluded``: whoever has it is not wanted.
    """

    words: tuple[str, ...]
    exact: bool = False
    is_excluded: bool = False

    @property
    def is_sequence(self) -> bool:
        """Whether more is asked than that the words are there."""
        return len(self.words) > 1 or (self.exact and not self.is_excluded)

    @property
    def goes_on(self) -> bool:
        return not self.exact and not self.is_excluded

    @property
    def beginnings(self) -> tuple[str, ...]:
        """What the last word may begin with: itself, or without its article."""
        last = self.words[-1]
        bare = without_article(last) if len(self.words) == 1 and self.goes_on else ""
        return (last, bare) if bare else (last,)

    def places(self, words: Sequence[str]) -> set[int]:
        """Which of *words* it is found in."""
        length = len(self.words)
        return {
            place
            for start in range(len(words) - length + 1)
            if self.fits(words[start : start + length])
            for place in range(start, start + length)
        }

    def fits(self, words: Sequence[str]) -> bool:
        *before, last = words
        if tuple(before) != self.words[:-1]:
            return False
        forms = (last,) if self.is_sequence else (last, without_article(last))
        if self.goes_on:
            return any(form.startswith(self.beginnings) for form in forms)
        return self.words[-1] in forms


@dataclass(frozen=True)
class Query:
    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def wanted(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if not term.is_excluded)

    @property
    def excluded(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.is_excluded)

    def places(self, words: Sequence[str]) -> set[int]:
        """Which of *words* are hits."""
        return set().union(*(term.places(words) for term in self.wanted))


def query_of(text: str) -> Query:
    """What *text* asks for; nothing, where there is no word in it."""
    found = TERM.finditer(text[:MOST_LETTERS].translate(QUOTES))
    terms = (as_term(**part.groupdict()) for part in found)
    return Query(tuple(dict.fromkeys(t for t in terms if t.words))[:MOST_TERMS])


def as_term(no: str, exact: str | None, loose: str | None) -> Term:
    words = tuple(words_of(exact or loose or ""))
    return Term(words, exact=exact is not None, is_excluded=bool(no))
