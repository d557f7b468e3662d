"""In which order day, month and year stand: what each order makes of three numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from engines.roi import DateOrder
from engines.values.cleaning import in_ascii

# Years that an invoice may speak of. Beyond them a digit is misread, or the calendar is
# another one: 1443 is Hijri, 2564 Thai.
YEARS = range(1900, 2101)
# Of two digits, as POSIX has it (69-99: 1900s) and every library: no clock is asked, so
# that the same print means the same tomorrow.
_PIVOT = 69

_YEAR_FIRST = frozenset(
    ("chi_sim", "chi_tra", "jpn", "kor", "hun", "lit", "swe", "fas", "mon")
)
# English is written in London and in New York: it has no habit.
_NO_HABIT = frozenset(("eng", "osd", "equ", ""))

_THREE = re.compile(r"(?<!\d)(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")


def in_order(numbers: list[str], order: DateOrder) -> date | None:
    """The date that three *numbers* are in *order*; None where there is none."""
    by_letter = dict(zip(order, numbers, strict=True))
    if len(by_letter["d"]) > 2 or len(by_letter["m"]) > 2:
        return None
    year = full_year(by_letter["y"])
    if year not in YEARS:
        return None
    try:
        return date(year, int(by_letter["m"]), int(by_letter["d"]))
    except ValueError:
        return None


def full_year(digits: str) -> int:
    if len(digits) == 2:
        return int(digits) + (1900 if int(digits) >= _PIVOT else 2000)
    return int(digits) if len(digits) == 4 else 0


def order_of_languages(languages: Iterable[str]) -> DateOrder:
    """The order that is usual in all of *languages*; "" where they differ."""
    habits = {_order_of_language(language) for language in languages}
    return habits.pop() if len(habits) == 1 else ""


def _order_of_language(language: str) -> DateOrder:
    if language in _NO_HABIT:
        return ""
    return "ymd" if language in _YEAR_FIRST else "dmy"


def date_order_of(raws: Iterable[str], languages: Iterable[str] = ()) -> DateOrder:
    """The order in which a page prints its dates: what its plain ones show (27/12/2021
    is dmy), else what its *languages* have, else "". *raws* may be whole lines."""
    shown = {order for raw in raws for order in _orders_shown(raw)}
    # 2015-13-01 beside 31/01/2015: only the first is unusual enough to need saying.
    for year_first, usual in (("ydm", "ymd"), ("mdy", "dmy")):
        if {year_first, usual} <= shown:
            return ""
    for order in ("ydm", "mdy", "dmy", "ymd"):
        if order in shown:
            return order
    return order_of_languages(languages)


def _orders_shown(raw: str) -> Iterable[DateOrder]:
    """The orders of the dates in *raw* that allow one alone."""
    for found in _THREE.finditer(in_ascii(raw)):
        numbers = [found[1], found[3], found[4]]
        # 1.13.15 and 555-12-13 may be chapters and phones: two digits are a year only
        # between slashes.
        if found[2] != "/" and max(map(len, numbers)) < 4:
            continue
        orders = candidates(numbers, found[2])
        possible = [order for order in orders if in_order(numbers, order)]
        if len(possible) == 1:
            yield possible[0]


def candidates(numbers: list[str], mark: str) -> tuple[DateOrder, ...]:
    """The orders that three *numbers* with *mark* between them may stand in."""
    if len(numbers[0]) > 2:
        return "ymd", "ydm"
    if len(numbers[2]) > 2:
        return "dmy", "mdy"
    # 21-12-27 is how computers shorten 2021-12-27; with other marks the year is last.
    return ("dmy", "mdy", "ymd") if mark == "-" else ("dmy", "mdy")
