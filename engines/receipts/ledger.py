"""The amounts of a receipt, each with what its row is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from engines.receipts.money import Money, Print, money_in, print_of
from engines.receipts.rows import Cell, Row, are_close, share_a_column
from engines.receipts.words import LEVELS, groups_of, kind_of
from engines.values.currencies import split_currency

_LETTERS = re.compile(r"[^\W\d_]{2}")
_SUMMARY = re.compile(
    r"\b(?:summary|sumary|analysis|tax code|taxcode|ringkasan)\b", re.I
)
_RATE = re.compile(r"(?<![\d.])(\d{1,2}(?:[.,]\d{1,3})?)\s?%")


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount, the place of its row among all, and how many stand in that row.

    ``summary`` says that it belongs to the table of taxes at a receipt's foot.
    """

    money: Money
    kind: str
    label: str
    row: int
    in_row: int
    summary: bool = False
    below: bool = False

    @property
    def value(self) -> Decimal:
        return self.money.value


@dataclass(frozen=True, slots=True)
class Ledger:
    entries: tuple[Entry, ...]
    rows: tuple[Row, ...]

    def of(self, *kinds: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind in kinds]

    def values(self, *kinds: str) -> set[Decimal]:
        return {entry.value for entry in self.of(*kinds)}

    @property
    def rates(self) -> set[Decimal]:
        """The rates in per cent that are printed beside words for taxes."""
        return {
            Decimal(found.replace(",", "."))
            for row in self.rows
            if "tax" in groups_of(row.text) or re.search(r"\bS[RZ]?\b", row.text)
            for found in _RATE.findall(row.plain)
        }


def ledger_of(rows: Sequence[Row]) -> Ledger:
    print_ = print_of(rows)
    entries: list[Entry] = []
    summary, above = False, None
    for place, row in enumerate(rows):
        summary = summary or bool(_SUMMARY.search(row.text))
        found = list(_entries(row, place, print_, summary))
        if above is not None:
            found = _named_above(found, above)
        if not found and entries and entries[-1].row == place - 1:
            entries[-1] = _named_aslant(entries[-1], rows[place - 1], row)
        entries += found
        above = None if found or _is_head(row) else row
    return Ledger(tuple(entries), tuple(rows))


def _entries(row: Row, place: int, print_: Print, summary: bool) -> Iterator[Entry]:
    found = [
        (at, money)
        for at, cell in enumerate(row.cells)
        for money in money_in(cell, print_)
    ]
    for at, money in found:
        label = label_of(row, at, money, [other for _, other in found])
        counts = sum(_is_count(cell, print_) for cell in row.cells)
        kind = kind_of(label)
        # “Total 8 4.24” counts the items as well: it is the foot of a table.
        in_row = len(found) + (counts if kind in LEVELS else 0)
        yield Entry(money, kind, label, place, in_row, summary)


def label_of(row: Row, at: int, money: Money, all_money: Sequence[Money]) -> str:
    """What stands before *money*, in its cell or in those before it; else behind."""
    text = money.cell.plain
    within = [other for other in all_money if other.cell is money.cell]
    start = max((one.end for one in within if one.end <= money.start), default=0)
    before = text[start : money.start]
    taken = {id(one.cell) for one in all_money}
    last = row.cells[at]
    for cell in reversed(row.cells[:at]):
        if _says_something(before) and not are_close(cell, last):
            break
        if id(cell) in taken:
            if _says_something(before):
                break
            last = cell
            continue
        before, last = f"{cell.plain} {before}", cell
    if _says_something(before):
        return before.strip()
    end = min((one.start for one in within if one.start >= money.end), default=None)
    behind = [text[money.end : end], *(cell.text for cell in row.cells[at + 1 :])]
    return " ".join(filter(_says_something, behind)).strip()


def _says_something(print_: str) -> bool:
    return bool(_LETTERS.search(split_currency(print_)[0]))


def _is_count(cell: Cell, print_: Print) -> bool:
    return print_.has_cents and bool(re.fullmatch(r"\d{1,3}", cell.text.strip()))


def _is_head(row: Row) -> bool:
    """Whether *row* names columns of goods, whose amounts are prices."""
    return bool({"count"} & groups_of(row.text)) or "price" in row.text.casefold()


def _named_above(entries: list[Entry], above: Row) -> list[Entry]:
    """*entries* of a row with the names that stand over them.

    The heads of several columns name what is below them, whatever is beside it; one
    name alone goes with what has none.
    """
    heads = [cell for cell in above.cells if kind_of(cell.text)]
    if len(heads) > 1:
        return [_named(entry, heads, in_row=1) for entry in entries]
    if len(above.cells) > 1 or any(_says_something(one.label) for one in entries):
        return entries
    return [
        replace(entry, kind=kind_of(cell.text), label=cell.text, below=True)
        for entry in entries
        for cell in heads
    ] or entries


def _named_aslant(entry: Entry, own: Row, below: Row) -> Entry:
    """*entry* with the name that stands a little lower, on paper that is not flat."""
    kind = kind_of(below.text)
    near = 0 < below.middle - own.middle < max(own.height, below.height)
    if not kind or not near or len(own.cells) > 1 or _says_something(entry.label):
        return entry
    return replace(entry, kind=kind, label=below.text)


def _named(entry: Entry, heads: Sequence[Cell], in_row: int) -> Entry:
    for cell in heads:
        if share_a_column(cell, entry.money.cell):
            named = replace(entry, kind=kind_of(cell.text), label=cell.text)
            return replace(named, in_row=in_row, below=True)
    return entry
