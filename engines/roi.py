"""What is drawn on a layout and what is read there: frozen, self-checking values.

Boxes of a template are fractions 0..1 of the upright reference page; what was read lies
in pixels of the upright page it was read on, from the top left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from engines.errors import TemplateError
from engines.types import Box, Polygon

if TYPE_CHECKING:
    from PIL import Image

Kind = Literal["text", "integer", "amount", "date", "code", "digits"]
KINDS: tuple[Kind, ...] = get_args(Kind)
DateOrder = Literal["", "dmy", "mdy", "ymd", "ydm"]
DATE_ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)
MOST_REGIONS = 200  # on one template
SMALLEST = 0.002  # of the page's width or height: less is a slip of the hand
LAST = -1  # a region's page: the last one of its record


@dataclass(frozen=True, slots=True)
class Anchor:
    """A label that a region moves with: its print, and where it stands (fractions)."""

    text: str
    box: Box

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise TemplateError("An anchor needs the words that it is known by.")
        _check_box("anchor", self.box)


@dataclass(frozen=True, slots=True)
class Region:
    """Where one field stands. ``page`` counts from 1 within the record; LAST: its last.

    ``engine`` and ``languages`` are empty where the best for the kind shall read.
    ``check`` names a check of codes (``engines.values.CHECKS``); ``choices``, where
    there are any, are the only values that are right.
    """

    name: str
    kind: Kind
    box: Box
    page: int = 1
    anchor: Anchor | None = None
    engine: str = ""
    languages: tuple[str, ...] = ()
    required: bool = False
    pattern: str = ""
    check: str = ""
    choices: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise TemplateError("Every region needs a name.")
        if self.kind not in KINDS:
            raise TemplateError(f"A region is one of: {', '.join(KINDS)}.")
        if self.page < 1 and self.page != LAST:
            raise TemplateError("A region's page is 1 or more, or -1 for the last.")
        _check_box(self.name, self.box)


@dataclass(frozen=True, slots=True)
class Template:
    """One layout: its regions, how its values are printed, and rules across them."""

    regions: tuple[Region, ...] = ()
    languages: tuple[str, ...] = ("eng",)
    date_order: DateOrder = ""
    decimal: str = ""  # "." or ","; empty: by the look of the numbers
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.regions) > MOST_REGIONS:
            raise TemplateError(f"A template has {MOST_REGIONS} regions at most.")
        names = [region.name for region in self.regions]
        for name in names:
            if names.count(name) > 1:
                raise TemplateError(f"Two regions are called “{name}”. Rename one.")
        if self.date_order not in DATE_ORDERS:
            raise TemplateError("The order of a date is dmy, mdy, ymd or ydm.")
        if self.decimal not in ("", ".", ","):
            raise TemplateError("The decimal mark is a point or a comma.")


@dataclass(frozen=True, slots=True)
class Value:
    """What some print means: normalised ``text`` ("" where it means nothing).

    amount "145172.00" (printed decimals kept), date "2021-12-27", integer "20", digits
    in ASCII. ``doubt`` is a sentence where the print allows more than one meaning, or
    none; empty where it is plain.
    """

    text: str = ""
    currency: str = ""
    doubt: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class FieldReading:
    """One region as read: ``raw`` is what was printed, ``value`` what it means.

    ``confidence`` is calibrated: 0.99 says "one in a hundred wrong". ``cause`` is one
    of CAUSES where the reading must be reviewed, else empty; ``reason`` its sentence.
    ``polygon`` is where it was read, in pixels of the upright page; None where nobody
    knows. The crops are None where there is nothing to show.
    """

    name: str
    kind: Kind
    page: int
    raw: str = ""
    value: str = ""
    currency: str = ""
    confidence: float = 0.0
    cause: str = ""
    reason: str = ""
    polygon: Polygon | None = None
    alternatives: tuple[str, ...] = ()
    crop: Image.Image | None = None
    processed: Image.Image | None = None
    details: Mapping[str, float] = field(default_factory=dict)


# Why a field must be looked at; the first that holds is kept.
CAUSES = (
    "unregistered",  # the page could not be laid over its layout
    "missing",  # required, and nothing is there
    "unreadable",  # there is ink, but no text came of it
    "invalid",  # it is no value of its kind, breaks its pattern, check or list
    "ambiguous",  # more than one meaning: 03/04/2021
    "disagree",  # two readers say different things
    "doubtful",  # the confidence is below the threshold of its kind
    "rule",  # a rule across fields is broken
    "twin",  # another record has the same supplier and number
    "sampled",  # nothing is wrong: a share of all is looked at
)


def _check_box(name: str, box: Box) -> None:
    if min(box.left, box.top) < 0 or max(box.right, box.bottom) > 1:
        raise TemplateError(f"“{name}” lies outside the page.")
    if box.width < SMALLEST or box.height < SMALLEST:
        raise TemplateError(f"“{name}” is too small to hold any print.")
