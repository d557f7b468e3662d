"""How dates are printed on a page, where its template does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from engines.roi import DateOrder, Template
from engines.values import Habits

DIGITS = {
    **{0x660 + i: str(i) for i in range(10)},
    **{0x6F0 + i: str(i) for i in range(10)},
}
DATE = re.compile(r"(?<!\d)(\d{1,4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{2,4})(?!\d)")
MONTHS = 12


def habits_of(template: Template, dates: Iterable[str]) -> Habits:
    """The habits of *template*; the order of *dates* (as printed) where it has none."""
    order = template.date_order or shown_order(dates)
    return Habits(order, template.decimal, template.languages)


def shown_order(dates: Iterable[str]) -> DateOrder:
    """The one order that the *dates* with a day beyond 12 are printed in, if any."""
    orders = Counter(order for date in dates if (order := order_of(date)))
    return next(iter(orders)) if len(orders) == 1 else ""


def order_of(date: str) -> DateOrder:
    found = DATE.search(date.translate(DIGITS))
    if not found:
        return ""
    first, second, third = (int(part) for part in found.groups())
    if len(found[1]) == 4:
        if second > MONTHS >= third:
            return "ydm"
        return "ymd" if third > MONTHS >= second else ""
    if first > MONTHS >= second:
        return "dmy"
    return "mdy" if second > MONTHS >= first else ""
