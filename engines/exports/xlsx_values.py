"""Print as a spreadsheet's values: numbers and dates, where it means nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from engines.types import Page
from engines.values.amounts import parse_amount
from engines.values.cleaning import in_ascii
from engines.values.dates import parse_date
from engines.values.numbers import decimal_of
from engines.values.orders import date_order_of
from engines.values.types import Habits

Typed = str | Decimal | date

MOST_DIGITS = 15  # that a spreadsheet keeps of a number
FIRST_YEAR = 1900  # of a spreadsheet's dates
# A minus alone begins a number: what begins with a plus may be dialled.
_DIGITS = r"\d+(?:[.,٫٬،' ]\d+)*"
_NUMBER = re.compile(
    r"(?P<before>[^\W\d_]{2,4}\.? ?|[^\w\s(+\-=@'\"] ?)?"
    rf"(?P<number>-?{_DIGITS}|\({_DIGITS}\))"
    r"(?P<after> ?[^\W\d_]{2,4}\.?| ?[^\w\s)\"])?"
)
_LEADING_ZERO = re.compile(r"[-(]?0\d")
_DATE = re.compile(
    r"\d{1,4}/\d{1,2}/\d{1,4}"
    r"|\d{1,2}([.-])\d{1,2}\1\d{4}|\d{4}([.-])\d{1,2}\2\d{1,2}"
    r"|\d{1,2}[\s./-]*[^\W\d_]{3,}[\s./,-]*\d{4}"
    r"|[^\W\d_]{3,}\.?\s*\d{1,2},?\s*\d{4}"
)


def habits_of(pages: Iterable[Page]) -> Habits:
    """How numbers and dates are printed on *pages*, as they themselves show."""
    lines = [line.text for page in pages for line in page.lines]
    return Habits(date_order_of(lines), decimal_of(lines), languages=())


def typed(text: str, habits: Habits) -> Typed:
    """*text* as what it means; as it stands where that is in any doubt, and where a
    number would lose something: leading zeros, a plus, digits, a phone's blanks."""
    if _DATE.fullmatch(text):
        return _date(text, habits)
    found = _NUMBER.fullmatch(text)
    return _number(found, habits) if found else text


def format_of(value: Typed, text: str) -> str:
    """The spreadsheet's format by which *value* looks as *text*, which it was."""
    if isinstance(value, date):
        return "yyyy-mm-dd"
    found = _NUMBER.fullmatch(text)
    if not isinstance(value, Decimal) or not found:
        return "@"
    decimals = _decimals(value)
    marks = sum(not x.isdigit() for x in found["number"].strip("-() "))
    whole = "#,##0" if marks > (decimals > 0) else "0"
    digits = whole + ("." + "0" * decimals if decimals else "")
    before, after = (f'"{x}"' if x else "" for x in (found["before"], found["after"]))
    return before + digits + after


def _number(found: re.Match[str], habits: Habits) -> Typed:
    text, digits = found[0], found["number"]
    read = parse_amount(text, habits)
    is_named = bool(found["before"] or found["after"])
    if not read.text or read.doubt or is_named != bool(read.currency):
        return text
    value = Decimal(read.text)
    is_parted = " " in digits.strip() and not _decimals(value)
    is_long = len(value.as_tuple().digits) > MOST_DIGITS
    is_code = bool(_LEADING_ZERO.match(in_ascii(digits)))
    return text if is_parted or is_long or is_code else value


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _date(text: str, habits: Habits) -> Typed:
    read = parse_date(text, habits)
    if not read.text or read.doubt:
        return text
    found = date.fromisoformat(read.text)
    return found if found.year >= FIRST_YEAR else text
