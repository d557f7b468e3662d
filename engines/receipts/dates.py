"""The date of a receipt: of all dates on the page, the one of the sale."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engines.receipts.rows import Cell, Row, are_close
from engines.receipts.types import Finding
from engines.roi import DateOrder
from engines.values.cleaning import folded, in_ascii, mended, name_key
from engines.values.dates import parse_date
from engines.values.months import with_months
from engines.values.orders import date_order_of
from engines.values.types import Habits

_SEP = r"\s?[-/.,\\]\s?"
# One mark of two may not have been seen: 05 02-18. A point less is an amount.
_NUMBERS = (
    rf"\d{{1,4}}{_SEP}\d{{1,2}}{_SEP}(?:\d{{4}}|\d{{2}})"
    r"|\d{2} \d{2}[-/](?:\d{4}|\d{2})|\d{2}[-/]\d{2} (?:\d{4}|\d{2})"
)
_CJK = r"\d{2,4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日?"
_NAMED = (
    r"\d{1,2}(?:st|nd|rd|th)?[\s./-]{0,4}(?:de\s)?\{\d+\}[\s.,/-]{0,4}(?:de\s)?"
    r"(?:\d{4}|\d{2})"
)
_NAME_FIRST = r"\{\d+\}[\s./-]{0,3}\d{1,2}(?:st|nd|rd|th)?[\s.,/-]{1,3}\d{4}"
_DATE = re.compile(
    rf"(?<![\d.,/:-])(?:{_CJK}|{_NAMED}|{_NUMBERS})(?![\d/]|-\d|[OoIlSBZ]\d)|{_NAME_FIRST}(?!\d)"
)
_EIGHT = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
_TIME = re.compile(r"(?<!\d)[0-2]?\d\s?[:.h]\s?[0-5]\d(?!\d)")
_DIGIT = re.compile(r"\d\D{0,9}\d")
_LABEL = re.compile(
    r"\b(?:date|dated|dt|tarikh|datum|fecha|data|am|printed|bizdate)\b|تاريخ|日期", re.I
)
_OTHER = re.compile(
    r"\b(?:due|exp|expiry|expires|valid|until|birth|dob|delivery|ship|order|from|to|"
    r"return|before|fallig|echeance|vencimiento|member|since)\b|استحقاق|انتهاء",
    re.I,
)
_MIXED_DATE = re.compile(
    r"[\dOoIlSsBZz|]{1,4}[-/.][\dOoIlSsBZz|]{1,2}[-/.][\dOoIlSsBZz|]{2,4}"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as printed, what it means, and how well its place speaks for it."""

    raw: str
    cell: Cell
    value: str
    doubt: str
    score: float


def find_date(
    rows: Sequence[Row], habits: Habits, country_order: DateOrder = ""
) -> Finding:
    """*country_order* helps where neither pages nor *habits* show the order."""
    found = find_dates(rows, habits, country_order)
    if not found:
        return Finding()
    values = [one.value for one in found]
    best = max(found, key=lambda one: one.score + 0.8 * (values.count(one.value) > 1))
    reason = best.doubt or _other(best, found)
    confidence = 0.97 if best.score >= 2 else 0.9
    if reason:
        confidence = 0.6
    elif best.cell.confidence < 0.9 and values.count(best.value) < 2:
        confidence, reason = 0.7, "The print of this date was hard to read."
    place = best.cell.place_of(best.raw)
    return Finding(best.value, best.raw, best.cell.page, place, confidence, reason)


def find_dates(
    rows: Sequence[Row], habits: Habits, country_order: DateOrder = ""
) -> list[Dated]:
    """All dates on the pages, as they follow each other."""
    return list(_dates(rows, _in_country(rows, habits, country_order)))


def _in_country(rows: Sequence[Row], habits: Habits, order: DateOrder) -> Habits:
    if habits.date_order:
        return habits
    shown = date_order_of((row.text for row in rows), habits.languages)
    return replace(habits, date_order=shown or order)


def _other(best: Dated, found: list[Dated]) -> str:
    """The doubt where another date stands in as good a place."""
    for one in found:
        if one.value != best.value and one.score >= best.score - 0.3:
            return f"There is more than one date: {best.value} and {one.value}."
    return ""


def _dates(rows: Sequence[Row], habits: Habits) -> Iterator[Dated]:
    for place, row in enumerate(rows):
        for at, cell in enumerate(row.cells):
            if not _DIGIT.search(cell.plain):
                continue
            for raw in prints_of(cell.text):
                value = parse_date(_with_marks(raw), habits)
                if value.text:
                    score = _score(row, at, raw) - 0.3 * place / len(rows)
                    yield Dated(raw, cell, value.text, value.doubt, score)


def prints_of(text: str) -> Iterator[str]:
    """What in *text* looks like a date, as it is printed there."""
    plain = in_ascii(text)
    key = name_key(mended(plain) if _MIXED_DATE.search(plain) else plain)
    with_names = with_months(key)
    found = [match[0] for match in _DATE.finditer(with_names)]
    if not found:
        found = [match[0] for match in _EIGHT.finditer(key)]
    for one in found:
        yield _as_printed(one, plain, key) or one


def _as_printed(found: str, plain: str, key: str) -> str:
    """The part of *plain* that became *found* when its month was put in numbers."""
    parts = re.findall(r"\{\d+\}|\d+", found)
    pattern = r"[\s./,\\年月-]*(?:de|st|nd|rd|th)?[\s./,\\年月-]*".join(
        r"[^\W\d_]+\.?" if part.startswith("{") else part for part in parts
    )
    match = re.search(pattern, key)
    if match is None or len(key) != len(plain):
        return match[0] if match else ""
    return plain[match.start() : match.end()]


def _with_marks(raw: str) -> str:
    """*raw* with a mark that was not seen: 05 02-18 has one of two."""
    if re.fullmatch(r"[\d\s./,\\-]+", raw) and (mark := re.search(r"[-/.,\\]", raw)):
        numbers = re.findall(r"\d+", raw)
        if len(numbers) == 3:
            return mark[0].replace(",", ".").replace("\\", "/").join(numbers)
    return raw


def _score(row: Row, at: int, raw: str) -> float:
    """How well the words around a date say that it is the sale's."""
    cell = row.cells[at]
    before = folded(cell.text).partition(raw)[0]
    near = row.cells[at - 1] if at else None
    says_nothing = not re.search(r"[^\W\d_]{2}", before)
    if near is not None and (says_nothing or are_close(near, cell)):
        before = f"{near.text} {before}"
    key = name_key(before)
    score = 2.0 * bool(_LABEL.search(key) or _LABEL.search(before))
    score += 1.5 * bool(_TIME.search(in_ascii(row.text.replace(raw, " "))))
    return score - 3.0 * bool(_OTHER.search(key))
