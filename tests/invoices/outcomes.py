"""What came of each field, and the counts that are made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)
COVERED = 0.9  # of the print's width must lie in the box, or the place was wrong


@dataclass(frozen=True)
class Outcome:
    """One field of one picture as read, beside its truth."""

    condition: str  # "as scanned", "photo", "scan"; naive ones end in ", naive"
    picture: str
    name: str
    kind: str
    floats: bool
    right: bool
    expected: str
    raw: str = ""
    value: str = ""
    confidence: float = 0.0
    cause: str = ""
    reason: str = ""
    covered: float = 0.0  # share of the true print that lies within the box read
    registration: str = ""
    details: dict[str, float] = field(default_factory=dict)

    @property
    def in_review(self) -> bool:
        return bool(self.cause)


@dataclass(frozen=True)
class Share:
    """So many of so many; prints as a rate with its counts."""

    part: int
    whole: int

    @classmethod
    def of(cls, outcomes: Iterable[Outcome], test: Callable[[Outcome], bool]) -> Share:
        answers = [test(outcome) for outcome in outcomes]
        return cls(sum(answers), len(answers))

    def __str__(self) -> str:
        if not self.whole:
            return "-"
        return f"{100 * self.part / self.whole:.1f} % ({self.part}/{self.whole})"


@dataclass(frozen=True)
class Row:
    """One condition's figures."""

    condition: str
    fixed: Share
    floating: Share
    wrong_in_review: Share
    right_in_review: Share

    @classmethod
    def of(cls, condition: str, outcomes: Sequence[Outcome]) -> Row:
        return cls(
            condition,
            Share.of((x for x in outcomes if not x.floats), lambda x: x.right),
            Share.of((x for x in outcomes if x.floats), lambda x: x.right),
            Share.of((x for x in outcomes if not x.right), lambda x: x.in_review),
            Share.of((x for x in outcomes if x.right), lambda x: x.in_review),
        )

    def cells(self) -> tuple[str, ...]:
        shares = (self.fixed, self.floating, self.wrong_in_review, self.right_in_review)
        return (self.condition, *(str(share) for share in shares))


HEADS = ("fields", "fixed", "floating", "wrong in review", "right in review")


def rows(outcomes: Sequence[Outcome]) -> list[Row]:
    """One row for each condition, in the order in which they first appear."""
    conditions = dict.fromkeys(outcome.condition for outcome in outcomes)
    return [
        Row.of(name, [x for x in outcomes if x.condition == name])
        for name in conditions
    ]


def calibration(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    """For each bin of confidence, the share that is right."""
    table = []
    for low, high in pairwise(BINS):
        inside = [x for x in outcomes if low <= x.confidence < high]
        name = f"{low:.2f} to {min(high, 1.0):.2f}"
        table.append((name, str(Share.of(inside, lambda x: x.right))))
    return table


def errors(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """A line for each wrong field, and for each right one that was sent to review."""
    for x in outcomes:
        if x.right and not x.in_review:
            continue
        verdict = "right, in review" if x.right else "wrong"
        place = "" if x.covered >= COVERED else f" misplaced ({x.covered:.2f})"
        yield (
            f"{verdict} | {x.condition} | {x.picture} | {x.name}"
            f"{' (floats)' if x.floats else ''} | expected {x.expected!r} got "
            f"{x.value!r} from {x.raw!r} | {x.confidence:.3f} {x.cause or 'no cause'}: "
            f"{x.reason} |{place} {x.registration}"
        )


def print_table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Columns as wide as their widest cell."""
    cells = [tuple(heads), *(tuple(line) for line in lines)]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for line in cells:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        print("  ".join(padded).rstrip(), flush=True)
