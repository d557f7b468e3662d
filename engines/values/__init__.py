"""What print means: amounts, dates, integers, codes, in ASCII and normalised."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date

from engines.errors import TemplateError
from engines.roi import Region, Value
from engines.values.amounts import parse_amount, parse_digits, parse_integer
from engines.values.cleaning import folded, in_ascii
from engines.values.codes import CHECKS, checked, parse_code
from engines.values.dates import parse_date
from engines.values.numbers import decimal_of
from engines.values.orders import date_order_of
from engines.values.patterns import check_pattern, chosen, fits, nearest
from engines.values.types import LONGEST, Habits, quoted

__all__ = [
    "CHECKS",
    "Habits",
    "check_pattern",
    "date_order_of",
    "decimal_of",
    "normal_value",
    "parse_value",
]

_PLAIN = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_EITHER = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")  # 1.234: a thousand, or a bit over one
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def parse_value(raw: str, region: Region, habits: Habits) -> Value:
    """What *raw* means as *region*'s kind; its pattern, check and list are held up too.

    Never raises on print: what means nothing has no text, and a doubt that says why.
    What breaks the pattern, check or list keeps its text, with a doubt. Where nothing
    is printed there is nothing to doubt: an empty value.
    """
    text = folded(raw)
    return held_up(meaning(text, region, habits), text, region) if text else Value()


def normal_value(text: str, region: Region, habits: Habits) -> Value:
    """As ``parse_value``, for what a person typed; ISO dates and plain numbers pass.

    “1.234” is how values are kept and how others write a thousand: whoever types it is
    asked, unless the decimal mark is known to be a point.
    """
    typed = in_ascii(text)
    if region.kind == "amount" and habits.decimal != "." and _EITHER.fullmatch(typed):
        return parse_value(text, region, replace(habits, decimal=""))
    if _is_normal(typed, region):
        return held_up(Value(typed), typed, region)
    return parse_value(text, region, habits)


def _is_normal(typed: str, region: Region) -> bool:
    """Whether *typed* is as values are kept: no habit can change 2021-03-04."""
    if region.kind == "amount":
        return bool(_PLAIN.fullmatch(typed))
    if region.kind == "date" and _ISO.fullmatch(typed):
        with suppress(ValueError):
            return bool(date.fromisoformat(typed))
    return False


def meaning(text: str, region: Region, habits: Habits) -> Value:
    """What *text* (folded, not empty) means as *region*'s kind."""
    if region.kind == "text":
        return Value(text.strip("|: ") or text)
    if len(text) > LONGEST:
        return Value(doubt=f"{quoted(text)} is too long for a value of this kind.")
    match region.kind:
        case "amount":
            return parse_amount(text, habits)
        case "date":
            return parse_date(text, habits)
        case "integer":
            return parse_integer(text, habits)
        case "digits":
            return parse_digits(text)
        case _:
            return parse_code(text)


def held_up(value: Value, printed: str, region: Region) -> Value:
    """*value* against what *region* asks for beside its kind; the first break is told.

    A pattern may speak of the value or of what was printed: either is enough. What
    *region* asks for was looked at when it was drawn; if it is nonsense nevertheless,
    that is told as well.
    """
    try:
        for ask in (_checked, _listed, _patterned):
            if value.text:
                asked = ask(value, printed, region)
                if asked.doubt != value.doubt:
                    return asked
                value = asked
    except TemplateError as error:
        return replace(value, doubt=str(error))
    return value


def _checked(value: Value, printed: str, region: Region) -> Value:
    if not region.check or region.kind not in ("text", "code", "digits"):
        return value
    return checked(value, region.check, compact=region.kind != "text")


def _listed(value: Value, printed: str, region: Region) -> Value:
    if not region.choices:
        return value
    spelling = chosen(value.text, region.choices)
    if spelling is not None:
        return replace(value, text=spelling)
    near = nearest(value.text, region.choices)
    most_like = f" Most like it: {quoted(near)}." if near else ""
    return replace(value, doubt=f"{quoted(value.text)} is not on the list.{most_like}")


def _patterned(value: Value, printed: str, region: Region) -> Value:
    if not region.pattern or fits(region.pattern, value.text, printed):
        return value
    doubt = f"{quoted(value.text)} does not have the form that is asked for."
    return replace(value, doubt=doubt)
