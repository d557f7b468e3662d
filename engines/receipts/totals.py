"""The total of a receipt: what was to be paid, tax and rounding included."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from engines.receipts.ledger import Entry, Ledger
from engines.receipts.sums import ZERO, Sums
from engines.receipts.types import Finding
from engines.receipts.words import LEVELS

_SURE_PRINT = 0.9  # an engine's confidence in a line that nothing else supports
UNPROVEN = "Nothing else on the page proves this total."


@dataclass(frozen=True, slots=True)
class Candidate:
    entry: Entry
    level: float
    proofs: frozenset[str]
    repeated: bool

    @property
    def value(self) -> Decimal:
        return self.entry.value

    @property
    def score(self) -> float:
        score = self.level + 2.0 * min(len(self.proofs), 2) + 0.5 * self.repeated
        score -= 1.5 * (self.entry.in_row > 1) + 2.0 * self.entry.summary
        return score - 0.5 * self.entry.below


def find_total(ledger: Ledger) -> Finding:
    """What was paid; a total that no sum on the page proves is in doubt."""
    found = _candidates(ledger)
    if not found:
        return _from_tender(ledger)
    best = max(found, key=lambda one: (one.score, one.entry.row, one.value))
    reason = best.entry.money.doubt or _doubt(best, found)
    confidence = _confidence(best)
    if reason:
        confidence = min(confidence, 0.7 if best.level >= LEVELS["total"] else 0.5)
    return _finding(best.entry, best.value, confidence, reason)


def _candidates(ledger: Ledger) -> list[Candidate]:
    entries = [e for e in ledger.entries if e.kind in LEVELS and e.value != ZERO]
    sums = Sums(ledger)
    totals = [e.value for e in entries if not e.summary]
    return [
        Candidate(
            entry,
            LEVELS[entry.kind],
            sums.proofs_of(entry.value),
            totals.count(entry.value) > 1,
        )
        for entry in entries
    ]


def _doubt(best: Candidate, found: list[Candidate]) -> str:
    if best.level <= LEVELS["sub"] and not best.proofs:
        return "No total is named: this is the sum before it."
    if best.proofs:
        return ""
    others = [
        one.value
        for one in found
        if one.level >= LEVELS["total"]
        and one.value != best.value
        and one.entry.in_row == 1
    ]
    if others:
        return f"There is more than one total: {best.value} and {others[-1]}."
    if best.repeated and best.entry.money.cell.confidence >= _SURE_PRINT:
        return ""
    return UNPROVEN


def _confidence(best: Candidate) -> float:
    if best.proofs:
        return 0.99 if len(best.proofs) > 1 else 0.97
    return 0.9 if best.repeated else 0.8


def _from_tender(ledger: Ledger) -> Finding:
    """Where no total is to be read: what was given, less what came back."""
    given = [entry for entry in ledger.of("paid") if entry.value > ZERO]
    if not given:
        return Finding()
    back = max((abs(value) for value in ledger.values("change")), default=ZERO)
    value = given[0].value - back
    if value <= ZERO:
        return Finding()
    reason = "No total is named: this is what was paid."
    same = [entry for entry in ledger.entries if entry.value == value]
    return _finding((same or given)[0], value, 0.6 if same else 0.5, reason)


def _finding(entry: Entry, value: Decimal, confidence: float, reason: str) -> Finding:
    money = entry.money
    return Finding(
        value=str(value),
        raw=money.raw.strip(),
        page=money.cell.page,
        polygon=money.cell.place_of(money.raw.strip()),
        confidence=confidence,
        reason=reason,
    )
