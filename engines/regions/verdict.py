"""From what was seen to an answer: value, confidence, and why it must be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engines.regions.looks import DIGITS, NUMBERS, Look, has_own_digits
from engines.regions.place import Place
from engines.regions.sight import Sight
from engines.regions.surety import surety, surety_of_blank
from engines.regions.thresholds import THRESHOLDS
from engines.roi import FieldReading, Region, Value
from engines.values import Habits, parse_value

INSIDE = 0.98  # of a region must lie on the page, or print may be missing
HALF = 0.5  # must, or there is no use in reading it
UNSURE = 0.6  # of a place
GROWN = 1.3  # times as large as drawn: more than the rest of a letter was added
ODD_START = frozenset(".,:;_~'|*°–·•")  # an amount may begin with its minus
ODD_END = frozenset("_~|*°")
STOPS = frozenset(".,:;")  # odd after a digit: “Inc.” ends so, no number does
ONE_LINE = ("amount", "integer", "date")  # kinds of which a region holds one
CAPPED = 0.5  # what is certain to be looked at, whatever the readers say
PLAINLY_WESTERN = frozenset("248")  # no Arabic-Indic digit was read as one of these
SURELY_WESTERN = 0.9  # of the weakest character


@dataclass(frozen=True, slots=True)
class Meaning:
    look: Look
    raw: str
    value: Value
    others: tuple[str, ...] = ()  # what other lines of the region mean


def verdict(sight: Sight, place: Place, habits: Habits) -> FieldReading:
    """The answer for what was seen at *place*."""
    region = sight.region
    empty = FieldReading(
        region.name,
        region.kind,
        region.page,
        polygon=sight.polygon,
        crop=sight.crop,
        processed=sight.processed,
    )
    if sight.cut.inside < HALF:
        return reviewed(empty, "unregistered", "The region lies outside this page.")
    if sight.is_blank:
        return of_blank(empty, sight, place)
    if not sight.first.lines:
        return reviewed(empty, "unreadable", unreadable(sight.first))
    return of_print(empty, sight, place, habits)


def of_blank(empty: FieldReading, sight: Sight, place: Place) -> FieldReading:
    if sight.region.required:
        return reviewed(
            empty, "missing", "Nothing is printed where this value belongs."
        )
    confidence = surety_of_blank(place.details)
    if sight.cut.inside < INSIDE:
        confidence = min(confidence, CAPPED)
    found = replace(empty, confidence=confidence, details=place.details)
    return doubted(found, sight, place, differs=False)


def of_print(
    empty: FieldReading, sight: Sight, place: Place, habits: Habits
) -> FieldReading:
    region = sight.region
    first = meaning(sight.first, region, habits)
    second = meaning(sight.second, region, habits) if sight.second else None
    differs = second is not None and as_compared(first) != as_compared(second)
    details = details_of(sight, first, differs, place)
    confidence = surety(region.kind, details)
    is_capped = (
        sight.cut.inside < INSIDE
        or is_contested(sight, differs)
        or may_be_arabic(sight, habits, differs)
    )
    found = replace(
        empty,
        raw=first.raw,
        value=first.value.text,
        currency=first.value.currency,
        confidence=min(confidence, CAPPED) if is_capped else confidence,
        alternatives=alternatives(first, second),
        details=details,
    )
    if not first.value.text:
        reason = first.value.doubt or f"“{first.raw}” is no {region.kind}."
        return reviewed(found, "invalid", reason)
    found = replace(found, cause=cause_of(first, region, habits))
    if found.cause:
        reason = first.value.doubt or also(first.others)
        least = min(found.confidence, CAPPED)
        return replace(found, confidence=least, reason=reason)
    return doubted(found, sight, place, differs)


def cause_of(first: Meaning, region: Region, habits: Habits) -> str:
    """Why the print itself is in doubt: invalid or ambiguous; empty where it is not."""
    if first.value.doubt:
        # Without its pattern, check and list: is the meaning plain?
        plain = replace(region, pattern="", check="", choices=frozenset())
        free = meaning(first.look, plain, habits)
        return "ambiguous" if free.value.doubt else "invalid"
    return "ambiguous" if first.others else ""


def also(others: Sequence[str]) -> str:
    return f"The region holds more than one value: also {', '.join(others)}."


def meaning(look: Look, region: Region, habits: Habits) -> Meaning:
    """What *look* means; of several lines in a region of one value, that which does."""
    raw = ("\n" if region.kind == "text" else " ").join(look.lines)
    if len(look.lines) > 1 and region.kind in ONE_LINE:
        values = [parse_value(line, region, habits) for line in look.lines]
        told = sorted((v for v in values if v.text), key=lambda v: bool(v.doubt))
        if told:
            others = dict.fromkeys(v.text for v in told[1:] if v.text != told[0].text)
            return Meaning(look, raw, told[0], tuple(others))
    return Meaning(look, raw, parse_value(raw, region, habits))


def doubted(
    found: FieldReading, sight: Sight, place: Place, differs: bool
) -> FieldReading:
    """*found*, with its cause where it is not sure enough."""
    if found.confidence >= THRESHOLDS[found.kind]:
        return found
    if differs:
        said = ", ".join(found.alternatives) or "nothing"
        reason = f"A second look at the print says: {said}."
        return replace(found, cause="disagree", reason=reason)
    return replace(found, cause="doubtful", reason=doubt_of(found, sight, place))


def doubt_of(found: FieldReading, sight: Sight, place: Place) -> str:
    if sight.cut.inside < INSIDE:
        return "Part of the region lies outside the page."
    if found.details.get("odd"):
        return "The value begins or ends with a stray sign."
    if sight.clean.cut_off or place.grown > GROWN:
        return "The print runs on beyond the region."
    if place.sureness < UNSURE:
        return "It is not certain that this is the right place on the page."
    if found.confidence == CAPPED:
        return "These may be Arabic-Indic digits, which no engine here reads surely."
    return "The print could not be read surely."


def details_of(
    sight: Sight, first: Meaning, differs: bool, place: Place
) -> dict[str, float]:
    """The numbers that the confidence is made of."""
    rated = sight.first
    if rated.mean is None and sight.second and not differs:
        rated = sight.second  # the engine tells nothing: who says the same may
    return {
        **place.details,
        "mean": rated.mean or 0.0,
        "weakest": rated.weakest or 0.0,
        "differs": float(differs),
        "odd": float(is_odd(first.value.text)),
        "lines": float(len(sight.first.lines)),
        "cut": float(sight.clean.cut_off or sight.clean.is_blank),
        "inside": sight.cut.inside,
        "print": sight.clean.print_height / sight.cut.scale,
        "strength": sight.clean.strength,
        "noise": sight.clean.noise,
    }


def is_odd(value: str) -> bool:
    """Whether *value* begins or ends as none does: dirt, or the end of a neighbour."""
    is_stopped = value[-1:] in STOPS and value[-2:-1].isdigit()
    return value[:1] in ODD_START or value[-1:] in ODD_END or is_stopped


def as_compared(meant: Meaning) -> str:
    return meant.value.text or " ".join(meant.raw.split())


def alternatives(first: Meaning, second: Meaning | None) -> tuple[str, ...]:
    """The other values that were said, each once."""
    said = list(first.others)
    if second is not None:
        said += [as_compared(second), *second.others]
    taken = ("", as_compared(first))
    return tuple(text for text in dict.fromkeys(said) if text not in taken)


def is_contested(sight: Sight, differs: bool) -> bool:
    """Whether two different readers took the print for different numbers."""
    return differs and asked_digits(sight)


def may_be_arabic(sight: Sight, habits: Habits, differs: bool) -> bool:
    """Whether this may be a number in digits that its reader does not know."""
    languages = sight.region.languages or habits.languages
    if sight.region.kind not in NUMBERS or not has_own_digits(languages):
        return False
    if asked_digits(sight):
        return False
    text, weakest = sight.first.text, sight.first.weakest or 0.0
    is_plain = text.isascii() and bool(PLAINLY_WESTERN & set(text))
    return differs or not is_plain or weakest < SURELY_WESTERN


def asked_digits(sight: Sight) -> bool:
    """Whether the reader of digits had a say."""
    return DIGITS in (look.engine for look in (sight.first, sight.second) if look)


def unreadable(look: Look) -> str:
    return look.error or "There is print, but no text could be read from it."


def reviewed(found: FieldReading, cause: str, reason: str) -> FieldReading:
    return replace(found, confidence=0.0, cause=cause, reason=reason)
