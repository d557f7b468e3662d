"""Amounts of money within print: not rates, prices of one, weights, dates or phones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engines.receipts.rows import Cell, Row
from engines.values.amounts import parse_amount
from engines.values.currencies import THREE_DECIMALS, split_currency
from engines.values.numbers import decimal_of
from engines.values.types import Habits

_D = "[0-9OoIlSsB]"  # with letters that readers see where a digit stands
_CENTS = rf"{_D}{{1,3}}(?:[,.']{_D}{{3}})*\s?[.,٫]\s?{_D}{{%s}}|{_D}+[.,٫]\s?{_D}{{%s}}"
_SPACED = rf"{_D}{{1,3}}(?:\s{_D}{{3}})+,{_D}{{2}}"
_BARE = r"(?<![0-9.,])\.[0-9]{2}"
_WHOLE = r"[0-9]{1,3}(?:[,.'٬][0-9]{3})+|[0-9]{1,9}"
_LEFT = r"(?<![0-9.,:٫])(?<![0-9][/-])"
_RIGHT = r"(?![0-9%]|[.,/:-]\s?[0-9]|\s?%|\s[0-9]{3},[0-9])"
_BEFORE = re.compile(r"([^\s\d:=]{1,6}\s?|[^\W\d_]{2,8}\s[^\W\d_]{3,8}\s)$")
_AFTER = re.compile(r"^\s?([^\s\d:=]{1,6}|[^\W\d_]{3,8}\s[^\W\d_]{3,8})(?!\S)")
_FLAG = re.compile(r"[A-Za-z]?\*?(?![^\W_])")  # the code of a tax, glued: 53.00S
_PRICE = re.compile(r"\s?(?:[*×xX@]|/)\s?\d")  # 7.90*3: of one, not of all
_DECIMALS = {
    n: re.compile(rf"(?<![\d.,/:-])\d+[.,٫]\d{{{n}}}(?![\d.,/:%-])") for n in (2, 3)
}
_MOST_WORDS = 3  # before a whole number that is money: “Total to pay: 350”
_OPEN = re.compile(r"(?:\(|-)\s?$")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in its cell: ``start`` and ``end`` are where, within the cell's text
    as ``in_ascii`` gives it."""

    value: Decimal
    raw: str
    cell: Cell
    start: int
    end: int
    currency: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Print:
    """How amounts are printed on these pages: learnt from all of them."""

    decimal: str = ""
    has_cents: bool = True
    three: bool = False

    def mark_of(self, number: str) -> str:
        """The mark that parts decimals in *number*; of dinars there are three."""
        single = re.fullmatch(r"\d+([.,])\d{3}", number) if self.three else None
        return self.decimal or (single[1] if single else "")

    @property
    def pattern(self) -> re.Pattern[str]:
        return _pattern(self.decimal != ".", self.three, self.has_cents)


def _pattern(spaced: bool, three: bool, cents: bool) -> re.Pattern[str]:
    decimals = "3" if three else "2"
    kinds = [_SPACED] if spaced else []
    kinds += [_CENTS % (decimals, decimals), _BARE, _WHOLE]
    return re.compile(f"{_LEFT}(?:{'|'.join(kinds)}){_RIGHT}")


def print_of(rows: Sequence[Row]) -> Print:
    texts = [row.text for row in rows]
    whole = " ".join(row.plain for row in rows)
    cents, thousandths = (len(_DECIMALS[n].findall(whole)) for n in (2, 3))
    # BHD is Bahrain's dinar, and the end of a company's name in Malaysia.
    dinars = THREE_DECIMALS.intersection(split_currency(whole)[1])
    return Print(
        decimal=decimal_of(texts),
        has_cents=bool(cents or (dinars and thousandths)),
        three=bool(dinars) and thousandths > cents,
    )


def money_in(cell: Cell, print_: Print) -> Iterator[Money]:
    """The amounts in *cell*. A whole number is one beside a currency alone, unless
    these pages print no cents."""
    text = cell.plain
    for found in print_.pattern.finditer(text):
        start, end = _with_signs(text, *found.span())
        if not _is_alone(text, start, end):
            continue
        raw = text[start:end]
        has_cents = re.search(r"[.,٫]\s?\w{2,3}$", found[0]) and len(found[0]) > 2
        value = parse_amount(raw, Habits(decimal=print_.mark_of(found[0])))
        if not value.text or not re.search(r"\d", found[0]):
            continue
        is_bare = not has_cents and not value.currency
        if is_bare and (print_.has_cents or text[:start].count(" ") > _MOST_WORDS):
            continue
        amount = Decimal(value.text)
        yield Money(amount, raw, cell, start, end, value.currency, value.doubt)


def _with_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of an amount with its currency, its minus and its brackets."""
    if (before := _BEFORE.search(text[:start])) and _is_currency(before[0]):
        start = before.start()
    if (after := _AFTER.search(text[end:])) and _is_currency(after[0]):
        end += after.end()
    if opened := _OPEN.search(text[:start]):
        start = opened.start()
        closed = re.match(r"\s?\)", text[end:])
        end += closed.end() if closed and text[start] == "(" else 0
    elif re.match(r"-(?!\w)", text[end:]):
        end += 1
    return start, end


def _is_currency(print_: str) -> bool:
    rest, found = split_currency(print_)
    return bool(found) and not rest.strip("¤ .").strip()


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether the amount at *start* is no part of a word, and no price of one."""
    before, after = text[:start], text[end:]
    if re.search(r"[^\W_]$|[@#*×]\s?$|\d\s?[xX]\s?$", before):
        return False
    if _PRICE.match(after):
        return False
    return not after[:1].isalnum() or bool(_FLAG.match(after))
