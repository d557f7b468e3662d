"""Each invoice read with a template that was drawn on another one of its layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context

import numpy as np
from PIL import Image

from engines import (
    Box,
    FieldReading,
    Options,
    Page,
    Registration,
    get_engine,
    read_fields,
    read_place,
    register_page,
)
from engines.types import Polygon
from tests.invoices.captures import Capture, Kind, capture
from tests.invoices.layouts import Invoice, Layout, Truth, make_layout
from tests.invoices.outcomes import Outcome
from tests.invoices.sheets import Curl, View

AS_SCANNED = "as scanned"
SAMPLES = (40, 5)  # points across and down a field's print


@dataclass(frozen=True)
class Wish:
    """How much to measure."""

    captures: int = 1
    first: int = 0  # captures with other seeds than those that were developed on
    kinds: tuple[Kind, ...] = ("photo",)
    naive: bool = True
    registered: bool = True
    processes: int = 1


def read_all(layouts: dict[str, list[Invoice]], wish: Wish) -> Iterator[Outcome]:
    """Every field of every invoice: as scanned, on captures, with and without care."""
    pairs = [
        (invoices[number - 1], invoice, wish, 100 * index + number)
        for index, invoices in enumerate(layouts.values())
        for number, invoice in enumerate(invoices)
    ]
    if wish.processes < 2:
        for pair in pairs:
            yield from read_pair(pair)
        return
    with get_context("fork").Pool(wish.processes) as pool:
        for outcomes in pool.imap_unordered(read_pair, pairs):
            yield from outcomes


def read_pair(pair: tuple[Invoice, Invoice, Wish, int]) -> list[Outcome]:
    """*invoice* with the template drawn on *other*; the number seeds its captures."""
    other, invoice, wish, number = pair
    layout = drawn(other)
    outcomes = []
    for condition, picture, taken in conditions(invoice, wish, number):
        scene = Scene(layout, invoice, taken, condition, picture)
        if wish.registered:
            outcomes += scene.registered()
        if wish.naive:
            outcomes += scene.naive()
    return outcomes


def conditions(
    invoice: Invoice, wish: Wish, number: int
) -> Iterator[tuple[str, str, Capture]]:
    page, stem = invoice.open(), f"layout {invoice.layout} {invoice.path.stem}"
    yield AS_SCANNED, stem, Capture(page, View(Curl(page.size), np.eye(3)))
    for kind in wish.kinds:
        for turn in range(wish.first, wish.first + wish.captures):
            seed = 1000 * turn + number
            yield kind, f"{stem} seed {seed}", capture(page, seed, kind)


@cache
def drawn(invoice: Invoice) -> Layout:
    image = invoice.open()
    return make_layout(invoice, image, read_page(image))


def read_page(image: Image.Image) -> Page:
    return get_engine("ppocr").read(image, Options())


def reader(image: Image.Image) -> Callable[[], Page]:
    """Reads *image* when first asked, and remembers."""
    return cache(lambda: read_page(image))


@dataclass(frozen=True)
class Scene:
    """A picture of an invoice, to be read by a layout."""

    layout: Layout
    invoice: Invoice
    taken: Capture
    condition: str
    picture: str

    def registered(self) -> Iterator[Outcome]:
        image, template = self.taken.image, self.layout.template
        words = reader(image)
        registration = register_page(image, self.layout.reference, words)
        readings = read_fields(
            image,
            template,
            self.layout.reference,
            registration,
            regions=template.regions,
            read_words=words,
        )
        for truth, reading in self.beside_truth(readings):
            yield self.outcome(truth, reading, self.condition, told(registration))

    def naive(self) -> Iterator[Outcome]:
        """The box at the same fractions of the picture, whatever the picture shows."""
        template = self.layout.template
        width, height = self.taken.image.size
        readings = []
        for region in template.regions:
            alone, box = replace(region, anchor=None), region.box
            polygon = Box(
                *(box.left * width, box.top * height),
                *(box.right * width, box.bottom * height),
            ).polygon
            readings.append(read_place(self.taken.image, template, alone, polygon))
        for truth, reading in self.beside_truth(readings):
            yield self.outcome(truth, reading, f"{self.condition}, naive", "")

    def beside_truth(
        self, readings: list[FieldReading]
    ) -> Iterator[tuple[Truth, FieldReading]]:
        by_name = {reading.name: reading for reading in readings}
        for truth in self.invoice.truths:
            if truth.name in by_name:
                yield truth, by_name[truth.name]

    def outcome(
        self, truth: Truth, reading: FieldReading, condition: str, registration: str
    ) -> Outcome:
        return Outcome(
            condition=condition,
            picture=self.picture,
            name=truth.name,
            kind=truth.kind,
            floats=truth.floats,
            right=truth.meets(reading.value),
            expected=truth.expected,
            raw=reading.raw,
            value=reading.value,
            confidence=reading.confidence,
            cause=reading.cause,
            reason=reading.reason,
            covered=covered(self.taken, truth.tight, reading.polygon),
            registration=registration,
            details=dict(reading.details),
        )


def told(registration: Registration) -> str:
    return f"{registration.rung or 'no rung'} {registration.score:.2f}"


def covered(taken: Capture, tight: Box, polygon: Polygon | None) -> float:
    """The share of the print of *tight* (on the page) that *polygon* shows (on the
    capture)."""
    if polygon is None:
        return 0.0
    xs = np.linspace(tight.left, tight.right, SAMPLES[0])
    quarter = tight.height / 4  # print does not reach the edge of its line
    ys = np.linspace(tight.top + quarter, tight.bottom - quarter, SAMPLES[1])
    across, down = np.meshgrid(xs, ys)
    points = taken.view.carry_all(np.column_stack([across.ravel(), down.ravel()]))
    inside = np.ones(len(points), bool)
    for (x1, y1), (x2, y2) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        side = (x2 - x1) * (points[:, 1] - y1) - (y2 - y1) * (points[:, 0] - x1)
        inside &= side >= -0.5 * np.hypot(x2 - x1, y2 - y1)  # half a pixel of grace
    return float(inside.mean())
