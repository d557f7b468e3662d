"""What the other amounts of a receipt say about one: sums that come out prove it."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, product

from engines.receipts.ledger import Entry, Ledger

ZERO = Decimal(0)
_CENT = Decimal("0.011")  # what rounding leaves of a sum of taxes
_MOST = 6  # amounts of one kind that are tried in sums


class Sums:
    """The sums that come out on one receipt, each reckoned once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.results = {
            "tender": _tendered(ledger),
            "parts": _made_of_parts(ledger),
            "items": _sums_of_items(ledger),
        }

    def proofs_of(self, value: Decimal) -> frozenset[str]:
        """Which sums come out at *value*: tender, parts, items, summary."""
        found = {name for name, results in self.results.items() if value in results}
        if _is_in_summary(value, self.ledger):
            found.add("summary")
        return frozenset(found)


def _tendered(ledger: Ledger) -> set[Decimal]:
    """What was given less what came back; a card gives what is asked."""
    given = ledger.values("paid")
    back = ledger.values("change") or {ZERO}
    return {one - abs(other) for one, other in product(given, back)}


def _made_of_parts(ledger: Ledger) -> set[Decimal]:
    nets = ledger.values("sub", "net", "total", "incl", "part") - {ZERO}
    extras = product(
        _none_or(ledger.values("tax")),
        _none_or(ledger.values("service")),
        _signed(ledger.values("rounding")),
        {-abs(one) for one in _none_or(ledger.values("discount"))},
    )
    added = {sum(extra, ZERO) for extra in extras if any(extra)}
    # What is taxed and what is not, each with a sum of its own.
    shares = combinations(sorted(ledger.values("part")), 2)
    both = {one + other for one, other in shares}
    return {net + more for net, more in product(nets, added)} | both


def _sums_of_items(ledger: Ledger) -> set[Decimal]:
    items = items_of(ledger)
    if len(items) < 2:
        return set()
    whole = sum((item.value for item in items), ZERO)
    taxes, services = ledger.values("tax"), ledger.values("service")
    extras = _signed(ledger.values("rounding")) | {
        one + other for one, other in product(_none_or(taxes), _none_or(services))
    }
    return {whole + extra for extra in extras}


def items_of(ledger: Ledger) -> list[Entry]:
    """The last amounts of the rows before the first sum: what the goods cost."""
    named = [entry.row for entry in ledger.entries if entry.kind not in ("", "count")]
    end = min(named, default=None)
    last: dict[int, Entry] = {
        entry.row: entry
        for entry in ledger.entries
        if not entry.kind and (end is None or entry.row < end)
    }
    return list(last.values())


def _is_in_summary(value: Decimal, ledger: Ledger) -> bool:
    """Whether net and tax of the table at the foot make *value* together."""
    pairs = summary_pairs(ledger)
    for size in range(1, min(len(pairs), 3) + 1):
        for some in combinations(pairs, size):
            whole = sum((net + tax for net, tax in some), ZERO)
            if any(tax for _, tax in some) and abs(whole - value) <= _CENT * size:
                return True
    return False


def summary_pairs(ledger: Ledger) -> list[tuple[Decimal, Decimal]]:
    """Net and tax of each row in the table of taxes at the foot."""
    rows: dict[int, list[Decimal]] = {}
    for entry in ledger.entries:
        if entry.summary:
            rows.setdefault(entry.row, []).append(entry.value)
    pairs = [tuple(values[:2]) for values in rows.values() if len(values) > 1]
    return list(dict.fromkeys((net, tax) for net, tax in pairs))[:_MOST]


def _none_or(values: set[Decimal]) -> set[Decimal]:
    return {ZERO, *sorted(values)[:_MOST]}


def _signed(values: set[Decimal]) -> set[Decimal]:
    return {sign * one for one in _none_or(values) for sign in (1, -1)}
