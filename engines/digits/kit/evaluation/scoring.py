"""Readings against truths: strings by value, digits, and the confusions that matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from engines.digits.alphabet import ARABIC, COMMA, OWN_PERSIAN, PERSIAN, as_ascii
from engines.digits.kit.evaluation.alignment import aligned, pairs_of
from engines.digits.kit.evaluation.types import Labelled, Reading

EASTERN = frozenset(ARABIC + OWN_PERSIAN + PERSIAN)
# Drawn alike but for size and place: Arabic-Indic five and zero, the point, and 0.
ROUND = frozenset("٥٠۵۰.0")
SIX_AND_NINE = {"6": "9", "9": "6"}


@dataclass(frozen=True)
class Judged:
    """A crop with what one reader made of it."""

    labelled: Labelled
    reading: Reading

    @cached_property
    def is_exact(self) -> bool:
        return as_ascii(self.reading.text) == as_ascii(self.labelled.text)

    @cached_property
    def is_exact_but_for_separators(self) -> bool:
        return one_separator(self.reading.text) == one_separator(self.labelled.text)

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each printed symbol with the one read for it; "" where one has none."""
        return tuple(pairs_of(self.labelled.text, self.reading.text))

    @cached_property
    def sure(self) -> tuple[tuple[float, bool], ...]:
        """For each symbol read: how surely, and whether rightly."""
        if not self.reading.surely:
            return ()
        true, read = as_ascii(self.labelled.text), as_ascii(self.reading.text)
        return tuple(
            (self.reading.surely[j], i is not None and true[i] == read[j])
            for i, j in aligned(true, read)
            if j is not None
        )


def one_separator(text: str) -> str:
    return as_ascii(text).replace(".", COMMA)


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over some crops; rates are properties.

    ``swapped`` are printed ٦ and ٩ read as each other; ``round_right`` the members of
    ROUND in Arabic-Indic and Persian strings read rightly, ``round_mixed`` those taken
    for another member.
    """

    strings: int = 0
    exact: int = 0
    exact_but_for_separators: int = 0
    digits: int = 0
    wrong_digits: int = 0  # another, none, or one where none is printed
    sixes_and_nines: int = 0
    swapped: int = 0
    round: int = 0
    round_right: int = 0
    round_mixed: int = 0

    @property
    def exact_rate(self) -> float:
        return rate(self.exact, self.strings)

    @property
    def loosely_exact_rate(self) -> float:
        return rate(self.exact_but_for_separators, self.strings)

    @property
    def digit_accuracy(self) -> float:
        return 1.0 - rate(self.wrong_digits, self.digits)

    @property
    def swapped_rate(self) -> float:
        return rate(self.swapped, self.sixes_and_nines)

    @property
    def round_rate(self) -> float:
        return rate(self.round_right, self.round)

    @property
    def mixed_rate(self) -> float:
        return rate(self.round_mixed, self.round)


def rate(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def score(judged: Sequence[Judged]) -> Score:
    pairs = Counter(pair for one in judged for pair in one.pairs)
    eastern = Counter(
        pair for one in judged if EASTERN & set(one.labelled.text) for pair in one.pairs
    )
    return Score(
        strings=len(judged),
        exact=sum(one.is_exact for one in judged),
        exact_but_for_separators=sum(x.is_exact_but_for_separators for x in judged),
        digits=count(pairs, lambda true, _: true.isdigit()),
        wrong_digits=count(pairs, is_wrong_digit),
        sixes_and_nines=count(eastern, lambda true, _: as_ascii(true) in SIX_AND_NINE),
        swapped=count(eastern, is_swapped),
        round=count(eastern, lambda true, _: true in ROUND),
        round_right=count(
            eastern, lambda true, read: true in ROUND and same(true, read)
        ),
        round_mixed=count(eastern, is_mixed),
    )


def count(pairs: Counter[tuple[str, str]], counts: Callable[[str, str], bool]) -> int:
    return sum(number for pair, number in pairs.items() if counts(*pair))


def same(true: str, read: str) -> bool:
    return as_ascii(true) == as_ascii(read)


def is_wrong_digit(true: str, read: str) -> bool:
    return (true.isdigit() or read.isdigit()) and not same(true, read)


def is_swapped(true: str, read: str) -> bool:
    return SIX_AND_NINE.get(as_ascii(true)) == as_ascii(read)


def is_mixed(true: str, read: str) -> bool:
    return true in ROUND and read in ROUND and not same(true, read)


def confusions(judged: Iterable[Judged]) -> list[tuple[str, str, int]]:
    """What is printed, what was read for it, how often; the most frequent first."""
    wrong = Counter(
        (true, read)
        for one in judged
        for true, read in one.pairs
        if not same(true, read)
    )
    ranked = sorted(wrong.items(), key=lambda item: (-item[1], item[0]))
    return [(true, read, number) for (true, read), number in ranked]


def by_family(judged: Iterable[Judged]) -> Iterator[tuple[str, Score]]:
    """The score of each typeface, the worst first."""
    families: dict[str, list[Judged]] = {}
    for one in judged:
        families.setdefault(one.labelled.family, []).append(one)
    scored = [(family, score(members)) for family, members in families.items()]
    yield from sorted(scored, key=lambda item: (item[1].digit_accuracy, item[0]))
