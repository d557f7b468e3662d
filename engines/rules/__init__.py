"""Rules across fields: ``total = net + tax``, ``due >= date``, with a tolerance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engines.errors import TemplateError
from engines.roi import Kind
from engines.rules.grammar import Name, Rule, names_in, parse_rule
from engines.rules.reckoning import (
    DividesByNought,
    decimals_of,
    default_tolerance,
    insist_on_sense,
    reckoned,
    value_of,
)

__all__ = ["Broken", "broken_rules", "check_rules"]

_NOT = {
    "=": "“{left}” is not “{right}”",
    "!=": "both are “{left}”",
    "<=": "“{left}” is more than “{right}”",
    ">=": "“{left}” is less than “{right}”",
    "<": "“{left}” is not less than “{right}”",
    ">": "“{left}” is not more than “{right}”",
}
_NOT_OF_DATES = {
    "<=": "“{left}” is after “{right}”",
    ">=": "“{left}” is before “{right}”",
    "<": "“{left}” is not before “{right}”",
    ">": "“{left}” is not after “{right}”",
}


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that does not hold: which, the fields in it, and a sentence on it."""

    rule: str
    names: tuple[str, ...]
    reason: str


def check_rules(rules: Iterable[str], names: Mapping[str, Kind]) -> None:
    """
    Raises:
        TemplateError: a rule cannot be understood, or speaks of an unknown field.
    """
    for rule in rules:
        parsed = parse_rule(rule)
        try:
            insist_on_sense(parsed, names)
        except TemplateError as error:
            raise TemplateError(f"The rule “{rule}”: {error}") from None


def broken_rules(
    rules: Iterable[str], values: Mapping[str, str], kinds: Mapping[str, Kind]
) -> list[Broken]:
    """Those of *rules* that normalised *values* (by name) break.

    A rule that speaks of a value that is missing, or is none of its kind, is not held
    up: a field may be empty where it may, and else has a reason of its own. A rule that
    makes no sense (any more) is broken, for nobody can say that it holds.
    """
    found = (_broken(rule, values, kinds) for rule in rules)
    return [broken for broken in found if broken is not None]


def _broken(
    rule: str, values: Mapping[str, str], kinds: Mapping[str, Kind]
) -> Broken | None:
    names: tuple[str, ...] = ()
    try:
        parsed = parse_rule(rule)
        names = tuple(dict.fromkeys([*names_in(parsed.left), *names_in(parsed.right)]))
        if not all(values.get(name, "").strip() for name in names):
            return None
        sort = insist_on_sense(parsed, kinds)
        if sort == "text":
            reason = _reason_of_text(parsed, values)
        else:
            reason = _reason(parsed, sort, values, kinds)
    except TemplateError as error:
        return Broken(rule, names, str(error))
    except DividesByNought:
        return Broken(rule, names, f"{rule} cannot be reckoned: it divides by nought.")
    return Broken(rule, names, f"{rule} does not hold: {reason}.") if reason else None


def _reason(
    rule: Rule, sort: str, values: Mapping[str, str], kinds: Mapping[str, Kind]
) -> str:
    """Why *rule*, of numbers or dates, does not hold; "" where it does or may."""
    known: dict[str, Decimal] = {}
    for name in (*names_in(rule.left), *names_in(rule.right)):
        value = value_of(values[name], kinds[name])
        if value is None:
            return ""
        known[name] = value
    left, right = reckoned(rule.left, known), reckoned(rule.right, known)
    slack = rule.tolerance
    if slack is None:
        slack = default_tolerance(rule, known)
    if _holds(left - right, rule.comparison, slack):
        return ""
    places = max(map(decimals_of, known.values()), default=0)
    table = {**_NOT, **_NOT_OF_DATES} if sort == "date" else _NOT
    said = {"left": _said(left, sort, places), "right": _said(right, sort, places)}
    return table[rule.comparison].format(**said)


def _reason_of_text(rule: Rule, values: Mapping[str, str]) -> str:
    """As ``_reason``; text is never added up, so that each side is one field."""
    assert isinstance(rule.left, Name)  # noqa: S101  (what has sense has no other form)
    assert isinstance(rule.right, Name)  # noqa: S101  (as above)
    left, right = values[rule.left.name], values[rule.right.name]
    alike = left.casefold().split() == right.casefold().split()
    if alike == (rule.comparison == "="):
        return ""
    return _NOT[rule.comparison].format(left=left, right=right)


def _holds(off: Decimal, comparison: str, slack: Decimal) -> bool:
    """Whether two sides that are *off* (left less right) are as they should be."""
    return {
        "=": abs(off) <= slack,
        "!=": abs(off) > slack,
        "<=": off <= slack,
        ">=": off >= -slack,
        "<": off < slack or off < 0,
        ">": off > -slack or off > 0,
    }[comparison]


def _said(value: Decimal, sort: str, places: int) -> str:
    """*value* with the decimals that are printed, or more where it has more."""
    if sort == "date":
        with suppress(ValueError, OverflowError):
            return date.fromordinal(int(value)).isoformat()
        return "a day beyond all dates"
    trimmed = round(value, 10).normalize()
    return f"{trimmed:.{max(places, decimals_of(trimmed))}f}"
