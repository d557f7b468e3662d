"""The tax in a receipt's total: named, and proven by its rate or by a sum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from engines.receipts.ledger import Entry, Ledger
from engines.receipts.sums import ZERO, summary_pairs
from engines.receipts.types import Finding

_CENT = Decimal("0.011")
_USUAL = tuple(map(Decimal, ("5", "6", "7", "8", "10", "13", "15", "19", "20", "21")))
UNPROVEN = "Neither a rate nor a sum on the page proves this tax."


def find_tax(ledger: Ledger, total: Finding) -> Finding:
    """All taxes of the receipt together; none found where none is named."""
    whole = Decimal(total.value) if total.value else ZERO
    named = [entry for entry in ledger.of("tax") if not entry.summary]
    single = [entry for entry in named if entry.in_row == 1] or named
    fitting = [one for one in single if abs(one.value) * 2 < abs(whole) or not whole]
    for entries in _choices(fitting):
        tax = sum((entry.value for entry in entries), ZERO)
        if _is_proven(tax, whole, ledger):
            return _finding(entries, tax, 0.97, "")
    at_foot = _at_the_foot(ledger, whole)
    if at_foot is not None:
        return at_foot
    if not fitting:
        return Finding()
    tax = fitting[-1].value
    if tax == ZERO:
        return _finding(fitting[-1:], tax, 0.9, "")
    return _finding(fitting[-1:], tax, 0.6, fitting[-1].money.doubt or UNPROVEN)


def _choices(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Each tax alone, the greatest first; then all that are named, as in Canada."""
    by_value = {entry.value: entry for entry in reversed(entries) if entry.value}
    singles = [[by_value[value]] for value in sorted(by_value, reverse=True)]
    together = list({entry.label: entry for entry in entries if entry.value}.values())
    return [*singles, together] if len(together) > 1 else singles


def _is_proven(tax: Decimal, whole: Decimal, ledger: Ledger) -> bool:
    if not tax or not whole:
        return False
    nets = ledger.values("sub", "net", "part", "total") - {whole}
    shares = ledger.values("part")
    rates = ledger.rates
    return (
        has_rate(tax, whole, rates)
        or any(abs(net + tax - whole) <= _CENT for net in nets)
        or any(has_rate(tax, share + tax, rates) for share in shares)
    )


def has_rate(tax: Decimal, whole: Decimal, rates: set[Decimal]) -> bool:
    """Whether *tax* in *whole* is one of *rates*, which are per cent of the net."""
    net = whole - tax
    # A tax is rounded once for the receipt, or for each of its goods.
    return any(abs(net * rate / 100 - tax) <= _CENT * 3 for rate in rates if rate)


def _at_the_foot(ledger: Ledger, whole: Decimal) -> Finding | None:
    """The tax of the table at the receipt's foot, if its sums are those of *whole*."""
    pairs = [(net, tax) for net, tax in summary_pairs(ledger) if net or tax]
    rates = ledger.rates or set(_USUAL)
    for some in (pairs, *([pair] for pair in pairs)):
        net = sum((net for net, _ in some), ZERO)
        tax = sum((tax for _, tax in some), ZERO)
        fits = tax and abs(net + tax - whole) <= Decimal("0.05")
        known = fits or has_rate(tax, net + tax, rates)
        if not tax or not known:
            continue
        entries = [e for e in ledger.entries if e.summary and e.value == tax]
        if entries:
            reason = "" if fits or (len(some) == 1 and net + tax <= whole) else UNPROVEN
            return _finding(entries[-1:], tax, 0.95 if fits else 0.8, reason)
    return _beside_a_net(ledger, whole)


def _beside_a_net(ledger: Ledger, whole: Decimal) -> Finding | None:
    """A tax of the table that makes the total with a net named elsewhere."""
    nets = ledger.values("sub", "net") - {whole, ZERO}
    for entry in ledger.entries:
        if entry.summary and entry.value and whole - entry.value in nets:
            return _finding([entry], entry.value, 0.95, "")
    return None


def _finding(
    entries: Sequence[Entry], tax: Decimal, confidence: float, reason: str
) -> Finding:
    money = entries[-1].money
    raw = " + ".join(entry.money.raw.strip() for entry in entries)
    place = money.cell.place_of(money.raw.strip())
    return Finding(str(tax), raw, money.cell.page, place, confidence, reason)
