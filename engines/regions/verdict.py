"""From what was seen to an answer: value, confidence, and why it must be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engines.regions.looks import ARABIC, DIGITS, NUMBERS, Look
from engines.regions.sight import Sight
from engines.regions.surety import BLANK, surety
from engines.regions.thresholds import THRESHOLDS
from engines.roi import FieldReading, Region, Value
from engines.values import Habits, parse_value

INSIDE = 0.98  # of a region must lie on the page, or print may be missing
ONE_LINE = ("amount", "integer", "date")  # kinds of which a region holds one
CAPPED = 0.5  # what is certain to be looked at, whatever the readers say
PLAINLY_WESTERN = frozenset("2346")  # no Arabic-Indic digit looks like these


@dataclass(frozen=True, slots=True)
class Meaning:
    raw: str
    value: Value
    others: tuple[str, ...] = ()  # what other lines of the region mean


def verdict(
    sight: Sight, habits: Habits, registration: float, placement: float
) -> FieldReading:
    """The answer for what was seen, given how sure the place is (0..1)."""
    region = sight.region
    blank = FieldReading(
        region.name,
        region.kind,
        region.page,
        polygon=sight.polygon,
        crop=sight.crop,
        processed=sight.processed,
        details=details_of(sight, False, registration, placement),
    )
    if sight.cut.inside < 0.5:
        return reviewed(blank, "unregistered", "The region lies outside this page.")
    if sight.clean.is_blank:
        return of_blank(blank, region, sight, min(registration, placement))
    if not sight.first.lines:
        return reviewed(blank, "unreadable", unreadable(sight.first))
    return of_print(blank, sight, habits, registration, placement)


def of_blank(
    blank: FieldReading, region: Region, sight: Sight, place: float
) -> FieldReading:
    if region.required:
        return reviewed(
            blank, "missing", "Nothing is printed where this value belongs."
        )
    found = replace(blank, confidence=BLANK * min(1.0, 0.5 + place))
    return doubted(found, region, sight, agreed=True)


def of_print(
    blank: FieldReading,
    sight: Sight,
    habits: Habits,
    registration: float,
    placement: float,
) -> FieldReading:
    region = sight.region
    first = meaning(sight.first, region, habits)
    second = meaning(sight.second, region, habits) if sight.second else None
    agreed = second is None or same(first, second)
    details = details_of(sight, agreed, registration, placement)
    found = replace(
        blank,
        raw=first.raw,
        value=first.value.text,
        currency=first.value.currency,
        confidence=capped(surety(region.kind, details), sight, habits, agreed),
        alternatives=alternatives(first, second),
        details=details,
    )
    if not first.value.text:
        reason = first.value.doubt or f"“{first.raw}” is no {region.kind}."
        return reviewed(found, "invalid", reason)
    if first.value.doubt:
        cause = doubt_cause(first, region, habits)
        found = replace(found, confidence=min(found.confidence, CAPPED))
        return replace(found, cause=cause, reason=first.value.doubt)
    if first.others:
        found = replace(found, confidence=min(found.confidence, CAPPED))
        said = ", ".join(first.others)
        return replace(
            found,
            cause="ambiguous",
            reason=f"The region holds more than one value: also {said}.",
        )
    return doubted(found, region, sight, agreed)


def meaning(look: Look, region: Region, habits: Habits) -> Meaning:
    """What *look* means; of several lines in a region of one value, that which does."""
    raw = ("\n" if region.kind == "text" else " ").join(look.lines)
    if len(look.lines) > 1 and region.kind in ONE_LINE:
        values = [parse_value(line, region, habits) for line in look.lines]
        told = sorted((v for v in values if v.text), key=lambda v: bool(v.doubt))
        if told:
            others = dict.fromkeys(v.text for v in told[1:] if v.text != told[0].text)
            return Meaning(raw, told[0], tuple(others))
    return Meaning(raw, parse_value(raw, region, habits))


def doubt_cause(found: Meaning, region: Region, habits: Habits) -> str:
    """Whether the doubt is about the meaning, or a pattern, check or list is broken."""
    plain = replace(region, pattern="", check="", choices=frozenset())
    free = parse_value(found.raw, plain, habits)
    return "ambiguous" if free.doubt else "invalid"


def doubted(
    found: FieldReading, region: Region, sight: Sight, agreed: bool
) -> FieldReading:
    """*found*, with its cause where it is not sure enough."""
    if found.confidence >= THRESHOLDS[region.kind]:
        return found
    if not agreed:
        said = ", ".join(found.alternatives) or "something else"
        reason = f"A second look at the print says: {said}."
        return replace(found, cause="disagree", reason=reason)
    return replace(found, cause="doubtful", reason=doubt_of(found, sight))


def doubt_of(found: FieldReading, sight: Sight) -> str:
    if sight.cut.inside < INSIDE:
        return "Part of the region lies outside the page."
    if sight.clean.cut_off:
        return "The print runs on beyond the region."
    if min(found.details["registration"], found.details["placement"]) < 0.5:
        return "It is not certain that this is the right place on the page."
    return "The print could not be read surely."


def details_of(
    sight: Sight, agreed: bool, registration: float, placement: float
) -> dict[str, float]:
    """The numbers that the confidence is made of."""
    first, second = sight.first, sight.second
    return {
        "mean": first.mean,
        "weakest": first.weakest,
        "second": second.mean if second else 0.0,
        "second_weakest": second.weakest if second else 0.0,
        "agreed": float(agreed and second is not None),
        "lines": float(len(first.lines)),
        "registration": registration,
        "placement": placement,
        "inside": sight.cut.inside,
        "cut": float(sight.clean.cut_off),
        "print": sight.clean.print_height / sight.cut.scale,
        "strength": sight.clean.strength,
        "noise": sight.clean.noise,
    }


def same(first: Meaning, second: Meaning) -> bool:
    return as_compared(first) == as_compared(second)


def as_compared(meant: Meaning) -> str:
    return meant.value.text or " ".join(meant.raw.split())


def alternatives(first: Meaning, second: Meaning | None) -> tuple[str, ...]:
    said: Sequence[str] = first.others
    if second is not None:
        said = [*said, as_compared(second), *second.others]
    return tuple(
        text for text in dict.fromkeys(said) if text not in ("", as_compared(first))
    )


def capped(confidence: float, sight: Sight, habits: Habits, agreed: bool) -> float:
    """*confidence*, unless print may be lost or in digits that nobody here reads."""
    if sight.cut.inside < INSIDE:
        return min(confidence, CAPPED)
    is_number = sight.region.kind in NUMBERS and ARABIC in languages_of(sight, habits)
    if is_number and sight.first.engine != DIGITS:
        western = PLAINLY_WESTERN & set(sight.first.text)
        return confidence if agreed and western else min(confidence, CAPPED)
    return confidence


def languages_of(sight: Sight, habits: Habits) -> tuple[str, ...]:
    return sight.region.languages or habits.languages


def unreadable(look: Look) -> str:
    return look.error or "There is print, but no text could be read from it."


def reviewed(found: FieldReading, cause: str, reason: str) -> FieldReading:
    return replace(found, confidence=0.0, cause=cause, reason=reason)
