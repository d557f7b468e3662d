"""The forms of dates, amounts and whole numbers, as automata over the alphabet.

A form is written as in a regular expression with one sign to a place: D is a digit, T
a digit up to three, L a run of letters, P a sign of percent; ? makes a place optional,
+ repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from engines.digits.alphabet import (
    ARABIC,
    LATIN,
    LETTERS,
    OWN_PERSIAN,
    WESTERN,
)

SETS = {
    "D": frozenset(WESTERN + ARABIC + OWN_PERSIAN),
    "T": frozenset(WESTERN[:4] + ARABIC[:4]),
    "L": frozenset(LATIN + LETTERS),
    "P": frozenset("%٪"),
}
State = frozenset[tuple[int, int]]  # places (form, position) that may come next


@dataclass(frozen=True, slots=True)
class Place:
    symbols: frozenset[str]
    may_miss: bool = False
    may_repeat: bool = False


@dataclass(frozen=True)
class Grammar:
    """An automaton whose states are sets of places in its forms."""

    forms: tuple[tuple[Place, ...], ...]

    @classmethod
    def of(cls, forms: Sequence[str]) -> Grammar:
        return cls(tuple(tuple(places(form)) for form in forms))

    @cached_property
    def start(self) -> State:
        first = [self._from(form, 0) for form in range(len(self.forms))]
        return frozenset(place for places in first for place in places)

    def after(self, state: State, symbol: str) -> State:
        """Where *symbol* leads; nowhere, an empty state, if it may not stand there."""
        known = self._known
        if (state, symbol) not in known:
            known[state, symbol] = self._after(state, symbol)
        return known[state, symbol]

    def may_end(self, state: State) -> bool:
        return any(at == len(self.forms[form]) for form, at in state)

    def accepts(self, symbols: str) -> bool:
        state = self.start
        for symbol in symbols:
            state = self.after(state, symbol)
        return self.may_end(state)

    @cached_property
    def _known(self) -> dict[tuple[State, str], State]:
        return {}

    def _after(self, state: State, symbol: str) -> State:
        found: set[tuple[int, int]] = set()
        for form, at in state:
            if at < len(self.forms[form]) and symbol in self.forms[form][at].symbols:
                repeats = self.forms[form][at].may_repeat
                found |= {(form, at)} if repeats else set()
                found |= self._from(form, at + 1)
        return frozenset(found)

    def _from(self, form: int, at: int) -> State:
        """The place *at* and those behind it that may come instead."""
        here = {(form, at)}
        while at < len(self.forms[form]) and self.forms[form][at].may_miss:
            at += 1
            here.add((form, at))
        return frozenset(here)


def places(form: str) -> list[Place]:
    found: list[Place] = []
    for sign in form:
        if sign == "?":
            found[-1] = replace(found[-1], may_miss=True)
        elif sign == "+":
            found[-1] = replace(found[-1], may_repeat=True)
        else:
            found.append(Place(SETS.get(sign, frozenset(sign))))
    return found


def around(bodies: Sequence[str]) -> list[str]:
    """*bodies* with what may stand around a number: AED, a sign, brackets."""
    signed = ("L?P?L?-?{}-?P?L?", "L?({})L?")
    return [form.format(body) for body in bodies for form in signed]


def in_groups(mark: str) -> list[str]:
    """Digits in threes, and as in India."""
    threes = ["D?D?D" + f"{mark}DDD" * count for count in range(1, 5)]
    return [*threes, *("D?D" + f"{mark}DD" * count + f"{mark}DDD" for count in (1, 2))]


def dates() -> list[str]:
    part = "T?D"
    forms = [
        form.replace("m", mark)
        for mark in "/.-"
        for form in (
            f"{part}m{part}mDD",
            f"{part}m{part}mDDDD",
            f"DDDDm{part}m{part}",
            f"{part}m{part}",
            f"{part}mDDDD",
            f"{part}mLmDDDD",
        )
    ]
    named = (f"{part}L,?DDDD", f"L{part},?DDDD", f"{part}LDD", "DDDDDDDD")
    return [f"L?{form}L?" for form in (*forms, *named)]


@cache
def grammar(kind: str) -> Grammar | None:
    """The forms of *kind*; None where it has none (a row of digits holds anything)."""
    whole = [*in_groups(","), *in_groups("."), "D+"]
    match kind:
        case "integer":
            return Grammar.of(around(whole))
        case "amount":
            # Where 1,234 and ٫٥ share one comma: ٬ and ٫ are of one class.
            points = [f"{body}.DD?D?" for body in (*in_groups(","), "D+")]
            commas = [f"{body},DD?D?" for body in whole]
            return Grammar.of(around([*whole, *points, *commas]))
        case "date":
            return Grammar.of(dates())
        case _:
            return None
