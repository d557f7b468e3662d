"""The labelled folder of invoices, and templates drawn on them as a person would.

``truth.jsonl`` holds a field a line: its layout, type, what is expected, where it lies
(``template_roi`` where it never moves, ``tight_roi`` around its print), how dates run.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engines import (
    DATE_ORDERS,
    Anchor,
    Box,
    Kind,
    Page,
    Reference,
    Region,
    Template,
    Word,
    make_reference,
)
from engines.roi import DateOrder

ROOM = 6.0  # a person draws an amount so many heights wide: 999 999,99 €
PAD = 0.15  # of the height: how loosely a hand draws
DARK = 0.9  # of a column's pixels are ink: a rule, which nobody draws across


@dataclass(frozen=True)
class Truth:
    """One field of one invoice; boxes in pixels of its picture."""

    name: str
    kind: Kind
    box: Box | None  # where every invoice of the layout has it; None: it floats
    tight: Box
    expected: str
    date_format: str = ""

    @property
    def floats(self) -> bool:
        return self.box is None

    def meets(self, value: str) -> bool:
        """Whether the normalised *value* is what was printed."""
        if self.kind == "amount":
            return is_number(value) and Decimal(value) == Decimal(self.expected)
        return " ".join(value.split()) == " ".join(self.expected.split())


@dataclass(frozen=True)
class Invoice:
    path: Path
    layout: str
    truths: tuple[Truth, ...]

    def open(self) -> Image.Image:
        return Image.open(self.path).convert("RGB")


@dataclass(frozen=True, eq=False)
class Layout:
    """A template and its reference, drawn on one invoice."""

    name: str
    drawn_on: Invoice
    template: Template
    reference: Reference


def is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdecimal()


def load_invoices(folder: Path) -> dict[str, list[Invoice]]:
    """The invoices of *folder* by layout, each in the order of its name."""
    truths: dict[tuple[str, str], list[Truth]] = defaultdict(list)
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        truths[str(entry["template"]), entry["image"]].append(truth(entry))
    layouts: dict[str, list[Invoice]] = defaultdict(list)
    for (layout, image), fields in sorted(truths.items()):
        layouts[layout].append(Invoice(folder / image, layout, tuple(fields)))
    return dict(layouts)


def truth(entry: dict[str, Any]) -> Truth:
    fixed = entry["template_roi"]
    return Truth(
        entry["field"],
        entry["type"],
        Box(*fixed) if fixed else None,
        Box(*entry["tight_roi"]),
        str(entry["expected"]),
        entry["date_format"] or "",
    )


def make_layout(invoice: Invoice, image: Image.Image, page: Page) -> Layout:
    """Draw a template on *invoice*: *image* is its picture, *page* what was read."""
    regions = tuple(region(truth, invoice, image, page) for truth in invoice.truths)
    template = Template(regions, languages(invoice), date_order(invoice))
    return Layout(invoice.layout, invoice, template, make_reference(image, page))


def region(truth: Truth, invoice: Invoice, image: Image.Image, page: Page) -> Region:
    if truth.box is not None:
        return Region(truth.name, truth.kind, share(truth.box, image.size))
    box = drawn_box(truth, invoice, image, page)
    anchor = guess_label(truth.tight, page)
    tied = Anchor(anchor.text, share(anchor.box, image.size)) if anchor else None
    return Region(truth.name, truth.kind, share(box, image.size), anchor=tied)


def drawn_box(truth: Truth, invoice: Invoice, image: Image.Image, page: Page) -> Box:
    """The column of amounts that *truth* stands in, wide enough for longer ones.

    A person does not draw into other print, across a rule, or over the page's edge.
    """
    tight, height = truth.tight, truth.tight.height
    column = [
        other.tight
        for other in invoice.truths
        if other.floats and overlap(other.tight, tight) > 0
    ]
    left = min(box.left for box in column)
    right = max(box.right for box in column)
    missing = max(0.0, ROOM * height - (right - left)) + PAD * height
    low, high = room_beside(Box(left, tight.top, right, tight.bottom), image, page)
    return Box(
        max(left - missing, low),
        tight.top - PAD * height,
        min(right + missing, high),
        tight.bottom + PAD * height,
    )


def room_beside(box: Box, image: Image.Image, page: Page) -> tuple[float, float]:
    """How far *box* can grow to the left and to the right, as x of the page."""
    gap = box.height * PAD
    low, high = 1.0, image.width - 1.0
    for word in words(page):
        if beside(word.box, box) and word.box.right <= box.left + gap:
            low = max(low, min(word.box.right + 1, box.left))
        if beside(word.box, box) and word.box.left >= box.right - gap:
            high = min(high, max(word.box.left - 1, box.right))
    for rule in rules(box, image):
        if rule < box.left:
            low = max(low, rule + 2)
        if rule >= box.right:
            high = min(high, rule - 1)
    return min(low, box.left), max(high, box.right)


def rules(box: Box, image: Image.Image) -> list[int]:
    """The x of the columns that are ink from top to bottom of *box*'s row."""
    row = image.convert("L").crop((0, int(box.top), image.width, int(box.bottom)))
    pixels = np.asarray(row, dtype=float)
    paper = np.median(pixels, axis=1, keepdims=True)
    share_dark = (np.abs(pixels - paper) > 60).mean(axis=0)
    return [int(x) for x in np.flatnonzero(share_dark > DARK)]


def guess_label(tight: Box, page: Page) -> Word | None:
    """The print to the left on the same row, else the one above; letters, no number."""
    for near in (to_the_left, above):
        found = [label for label in labels(tight, page) if near(label.box, tight)]
        if found:
            return min(found, key=lambda label: distance(label.box, tight))
    return None


def labels(tight: Box, page: Page) -> Iterator[Word]:
    """Every line's words but those in *tight*: "TOTAL: 12,00" gives its first word."""
    for line in page.lines:
        kept = [word for word in line.words if not covers(tight, word.box)]
        text = " ".join(word.text for word in kept)
        if any(letter.isalpha() for letter in text):
            corners = [corner for word in kept for corner in word.box.polygon]
            yield Word(text, Box.around(corners))


def words(page: Page) -> Iterator[Word]:
    for line in page.lines:
        yield from line.words


def covers(tight: Box, box: Box) -> bool:
    x, y = box.centre
    return tight.left <= x <= tight.right and tight.top <= y <= tight.bottom


def beside(one: Box, other: Box) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.height, other.height)


def overlap(one: Box, other: Box) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def to_the_left(label: Box, tight: Box) -> bool:
    return beside(label, tight) and label.centre[0] < tight.left


def above(label: Box, tight: Box) -> bool:
    near = 0 <= tight.top - label.bottom < 3 * tight.height
    return near and overlap(label, tight) > 0


def distance(label: Box, tight: Box) -> float:
    return abs(tight.left - label.right) + abs(tight.top - label.bottom)


def share(box: Box, size: tuple[int, int]) -> Box:
    """Pixels as fractions of a page of this *size*."""
    width, height = size
    return Box(
        max(0.0, box.left / width),
        max(0.0, box.top / height),
        min(1.0, box.right / width),
        min(1.0, box.bottom / height),
    )


def date_order(invoice: Invoice) -> DateOrder:
    """The order that the layout prints dates in; empty where the month is a word."""
    formats = {truth.date_format for truth in invoice.truths if truth.date_format}
    orders = {
        "".join(letter for letter in form.lower() if letter in "ymd")
        for form in formats
        if "%" in form
    }
    return next((order for order in DATE_ORDERS if order and order in orders), "")


def languages(invoice: Invoice) -> tuple[str, ...]:
    """A month's name is in the language that ``date_format`` names."""
    named = {"fr": "fra", "de": "deu", "en": "eng", "ar": "ara"}
    formats = {truth.date_format for truth in invoice.truths}
    return (*(named[form] for form in sorted(formats & set(named))), "eng")
