"""What the two sides of a rule come to, and whether they may be compared at all.

Dates are reckoned with as days, so that all that is added up is a Decimal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal, localcontext

from engines.errors import TemplateError
from engines.roi import Kind
from engines.rules.grammar import Name, Number, Rule, Sum, Term, names_in
from engines.values.types import quoted

_SORTS: Mapping[Kind, str] = {
    "amount": "number",
    "integer": "number",
    "digits": "number",
    "date": "date",
    "text": "text",
    "code": "text",
}
# What + - * / make of two sorts of values; what is not here cannot be reckoned.
_RESULTS = {
    ("date", "+", "number"): "date",
    ("number", "+", "date"): "date",
    ("date", "-", "number"): "date",
    ("date", "-", "date"): "number",  # of days
    **{("number", mark, "number"): "number" for mark in "+-*/"},
}
_PLAIN = re.compile(r"-?\d{1,30}(\.\d{1,10})?")


class DividesByNought(Exception):
    """A side of a rule comes to nothing."""


def insist_on_sense(rule: Rule, kinds: Mapping[str, Kind]) -> str:
    """What *rule* compares: number, date or text.

    Raises:
        TemplateError: its sides cannot be reckoned, or not be compared.
    """
    left, right = sort_of(rule.left, kinds), sort_of(rule.right, kinds)
    if left != right:
        raise TemplateError("A rule compares two numbers, two dates or two texts.")
    if left == "text" and rule.comparison not in ("=", "!="):
        raise TemplateError("Text can be compared by = and != alone.")
    return left


def sort_of(term: Term, kinds: Mapping[str, Kind]) -> str:
    if isinstance(term, Number):
        return "number"
    if isinstance(term, Name):
        if term.name not in kinds:
            known = ", ".join(kinds) or "-"
            raise TemplateError(
                f"There is no field {quoted(term.name)}. There are: {known}."
            )
        return _SORTS[kinds[term.name]]
    sorts = sort_of(term.left, kinds), term.mark, sort_of(term.right, kinds)
    if sorts not in _RESULTS:
        raise TemplateError("Only numbers can be reckoned with, and dates with days.")
    return _RESULTS[sorts]


def value_of(text: str, kind: Kind) -> Decimal | None:
    """A normalised number or date as it is reckoned with; None where it is none."""
    if _SORTS[kind] == "number":
        return Decimal(text) if _PLAIN.fullmatch(text) else None
    with suppress(ValueError):
        return Decimal(date.fromisoformat(text).toordinal())
    return None


def reckoned(term: Term, values: Mapping[str, Decimal]) -> Decimal:
    """What *term* (sensible, and of known values) comes to.

    Raises:
        DividesByNought: there is no saying what it comes to.
    """
    if isinstance(term, Number):
        return term.value
    if isinstance(term, Name):
        return values[term.name]
    left, right = reckoned(term.left, values), reckoned(term.right, values)
    with localcontext(prec=60):
        match term.mark:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
        if not right:
            raise DividesByNought
        return left / right


def default_tolerance(rule: Rule, values: Mapping[str, Decimal]) -> Decimal:
    """What a rule forgives that names no tolerance.

    Sums of printed values are exact: a misread last digit must show. A product or share
    is rounded when it is printed: one unit of the last decimal that is.
    """
    if not (_is_rounded(rule.left) or _is_rounded(rule.right)):
        return Decimal(0)
    names = [*names_in(rule.left), *names_in(rule.right)]
    return Decimal(1).scaleb(-max((decimals_of(values[n]) for n in names), default=0))


def _is_rounded(term: Term) -> bool:
    return isinstance(term, Sum) and (
        term.mark in "*/" or _is_rounded(term.left) or _is_rounded(term.right)
    )


def decimals_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
