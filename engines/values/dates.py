"""Dates: what is printed, by magnitude first, then by the order that is usual here.

In Arabic text the groups of ٢٠٢٤-٠١-١٥ are painted from right to left, so that the
place of a group says little: four digits are a year, and more than twelve is a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from engines.roi import DateOrder, Value
from engines.values.cleaning import in_ascii, mended, name_key, without_noise
from engines.values.months import is_hijri, nearest_month, with_months
from engines.values.orders import (
    YEARS,
    candidates,
    full_year,
    in_order,
    order_of_languages,
)
from engines.values.types import Habits, more_than, quoted

_TIME = re.compile(
    r"[t,]?\s*(?<!\d)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\b\.?|uhr|z\b)?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\{(?P<month>\d+)\}|(?P<number>\d+)|(?P<word>[^\W\d_]+)")
_BETWEEN = re.compile(r"[\s./,،\-_\\年月]{1,4}")
# What stands behind or between the parts of a date and says nothing more.
_WORDS_OF_DATES = "st nd rd th er of de the le den du at um a م من 年 月 日"
_FILLERS = frozenset(_WORDS_OF_DATES.split())
_ARABIC_DIGIT = re.compile("[\u0660-\u0669]")
_OTHER_YEARS = range(1300, 1500)  # Hijri from 1883, Persian from 1921


@dataclass(frozen=True, slots=True)
class Parts:
    """A date's print, taken apart: its numbers, what is between them, and words."""

    numbers: list[str]
    months: list[int]
    between: list[str]
    words: list[str]  # among and behind the numbers, that are no month
    labels: list[str]  # before them
    doubt: str = ""


def parse_date(raw: str, habits: Habits) -> Value:
    parts = take_apart(raw)
    if parts.months or len(parts.numbers) == 2:
        found = _with_name(parts, raw, habits)
    else:
        found = _of_numbers(parts, raw, habits)
    if not found.text:
        return found
    doubt = found.doubt or parts.doubt or more_than("a date", parts.words)
    return replace(found, doubt=doubt)


def take_apart(raw: str) -> Parts:
    printed = _TIME.sub(" ", without_noise(in_ascii(raw)))
    whole = mended(printed)
    text = with_months(name_key(whole))
    found = list(_TOKEN.finditer(text))
    first = next((i for i, token in enumerate(found) if not token["word"]), len(found))
    numbers = [token for token in found if token["number"]]
    mixed = f"There are letters among the digits of {quoted(raw)}."
    return Parts(
        numbers=[token["number"] for token in numbers],
        months=[int(token["month"]) for token in found if token["month"]],
        between=[text[one.end() : two.start()] for one, two in pairwise(numbers)],
        words=[
            token["word"]
            for token in found[first:]
            if token["word"] and token["word"] not in _FILLERS
        ],
        labels=[token["word"] for token in found[:first]],
        doubt=mixed if whole != printed else "",
    )


def _with_name(parts: Parts, raw: str, habits: Habits) -> Value:
    """A date whose month is a word, perhaps a misread one: 27 Decernber 2021."""
    months = parts.months
    doubt = ""
    if not months and (near := nearest_month(parts.words + parts.labels)):
        parts = replace(parts, words=[word for word in parts.words if word != near[0]])
        months = [near[1]]
        doubt = f"{quoted(near[0])} was taken for a month's name."
    if len(months) != 1 or len(parts.numbers) != 2:
        return _none(parts, raw)
    day, year = parts.numbers
    year_first = habits.date_order in ("ymd", "ydm") and len(year) < 3
    if len(day) > 2 or int(day) > 31 or year_first:
        day, year = year, day
    found = in_order([day, str(months[0]), year], "dmy")
    if found is None:
        return _none(parts, raw)
    return Value(found.isoformat(), doubt=doubt or more_than("a date", parts.words))


def _of_numbers(parts: Parts, raw: str, habits: Habits) -> Value:
    numbers, between = parts.numbers, parts.between
    if len(numbers) == 1 and len(numbers[0]) == 8:
        numbers, between = _cut(numbers[0]), ["", ""]
    elif not all(_BETWEEN.fullmatch(mark) for mark in between):
        return _none(parts, raw)
    if len(numbers) != 3 or any(len(number) > 4 for number in numbers):
        return _none(parts, raw)
    return _in_some_order(numbers, between[0].strip(), raw, habits) or _none(parts, raw)


def _cut(digits: str) -> list[str]:
    """20211227 or 27122021, as three numbers."""
    if int(digits[:4]) in YEARS and int(digits[4:6]) <= 12:
        return [digits[:4], digits[4:6], digits[6:]]
    return [digits[:2], digits[2:4], digits[4:]]


def _in_some_order(
    numbers: list[str], mark: str, raw: str, habits: Habits
) -> Value | None:
    orders = candidates(numbers, mark)
    if max(map(len, numbers)) < 3 and habits.date_order:
        orders = tuple(dict.fromkeys((habits.date_order, *orders)))
    found = {order: day for order in orders if (day := in_order(numbers, order))}
    if not found:
        return None
    usual = _usual_order(numbers, mark, raw, habits)
    if len(set(found.values())) == 1:
        day = next(iter(found.values()))
        return Value(day.isoformat(), doubt=_against(orders, found, raw, habits))
    if usual in found:
        return Value(found[usual].isoformat())
    return Value(next(iter(found.values())).isoformat(), doubt=_either(found, raw))


def _usual_order(numbers: list[str], mark: str, raw: str, habits: Habits) -> DateOrder:
    """The order to read *numbers* in, where more than one is possible; "" for none."""
    order = habits.date_order
    if len(numbers[0]) > 2:
        if order == "mdy" and _ARABIC_DIGIT.search(raw):
            return ""  # painted from right to left, m-d-y looks like y-d-m
        return order if order == "ydm" else "ymd"
    if order in ("dmy", "mdy") or (order and len(numbers[2]) < 3):
        return order
    # No country writes m.d.y (CLDR): points put the day first.
    return "dmy" if mark == "." else order_of_languages(habits.languages)


def _against(
    orders: tuple[DateOrder, ...],
    found: dict[DateOrder, date],
    raw: str,
    habits: Habits,
) -> str:
    """The doubt where the usual order gives no date, though another one does."""
    if habits.date_order in orders and habits.date_order not in found:
        return f"{quoted(raw)} is no date in the order that is usual here."
    return ""


def _either(found: dict[DateOrder, date], raw: str) -> str:
    days = " or ".join(dict.fromkeys(day.isoformat() for day in found.values()))
    return f"{quoted(raw)} may be {days}."


def _none(parts: Parts, raw: str) -> Value:
    """No date, and why."""
    years = [int(number) for number in parts.numbers if len(number) == 4]
    is_other = any(year in _OTHER_YEARS for year in years)
    if is_other or is_hijri(name_key(in_ascii(raw))):
        return Value(
            doubt=f"{quoted(raw)} seems to be a Hijri or Persian date. "
            "It is not converted."
        )
    if years and all(full_year(str(year)) not in YEARS for year in years):
        return Value(doubt=f"The year of {quoted(raw)} cannot be right.")
    if len(parts.numbers) > 3:
        return Value(doubt=f"{quoted(raw)} is more than one date.")
    return Value(doubt=f"{quoted(raw)} is no date.")
