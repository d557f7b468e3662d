"""How exactly registration finds a field's place: geometry only, nothing is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np

from engines import place_region, register_page
from engines.types import Polygon
from tests.invoices.layouts import Invoice, Layout, Truth
from tests.invoices.outcomes import COVERED, Share
from tests.invoices.readings import Wish, conditions, covered, drawn, reader
from tests.invoices.sheets import View


@dataclass(frozen=True)
class Placed:
    """One field: how far its corners are off, in pixels of the page itself."""

    condition: str
    picture: str
    name: str
    floats: bool
    error: float  # the worst corner of the region; of a floating one 0
    covered: float
    how: str
    told: str

    @property
    def found(self) -> bool:
        """The box holds the print: some pages are printed lower than their layout, so
        that a corner may rightly lie elsewhere than on the page it was drawn on."""
        return self.covered >= COVERED


def placings(layouts: dict[str, list[Invoice]], wish: Wish) -> Iterator[Placed]:
    """Every field of every invoice, by a template drawn on another of its layout."""
    for index, invoices in enumerate(layouts.values()):
        for number, invoice in enumerate(invoices):
            layout = drawn(invoices[number - 1])
            yield from placed(layout, invoice, wish, 100 * index + number)


def placed(layout: Layout, invoice: Invoice, wish: Wish, seed: int) -> Iterator[Placed]:
    regions = {region.name: region for region in layout.template.regions}
    for condition, picture, taken in conditions(invoice, wish, seed):
        image, words = taken.image, reader(taken.image)
        found = register_page(image, layout.reference, words)
        told = f"{found.rung or found.reason} {found.score:.2f}"
        for truth in (truth for truth in invoice.truths if truth.name in regions):
            region = regions[truth.name]
            if found.holds:
                place = place_region(image, layout.reference, found, region, words)
                how, polygon = place.how, place.polygon
                share = covered(taken, truth.tight, polygon)
            else:
                how, polygon, share = "lost", None, 0.0
            error = worst_corner(truth, taken.view, polygon)
            about = (condition, picture, truth.name, truth.floats)
            yield Placed(*about, error, share, how, told)


def worst_corner(truth: Truth, view: View, polygon: Polygon | None) -> float:
    if polygon is None:
        return float("inf")
    if truth.box is None:
        return 0.0
    true = np.array(truth.box.polygon)
    found = view.back(np.array(polygon))
    return float(np.hypot(*(found - true).T).max())


HEADS = ("places", "fixed, worst corner", "fixed, print held", "floating, print held")


def summary(found: list[Placed]) -> list[tuple[str, ...]]:
    table = []
    for condition in dict.fromkeys(x.condition for x in found):
        these = [x for x in found if x.condition == condition]
        fixed = [x for x in these if not x.floats]
        floating = [x for x in these if x.floats]
        errors = [x.error for x in fixed] or [0.0]
        table.append(
            (
                condition,
                f"median {median(errors):.1f} px, p95 {np.quantile(errors, 0.95):.1f}",
                str(Share(sum(x.found for x in fixed), len(fixed))),
                str(Share(sum(x.found for x in floating), len(floating))),
            )
        )
    return table
