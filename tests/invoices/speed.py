"""CPU time of four regions with registration, beside the reading of a whole page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from PIL import Image

from engines import read_fields, register_page
from tests.invoices.layouts import Invoice, Layout
from tests.invoices.readings import Wish, conditions, drawn, read_page, reader

Answer = TypeVar("Answer")
REGIONS = 4


@dataclass(frozen=True)
class Timed:
    """CPU seconds on one picture, all threads of the process together."""

    condition: str
    picture: str
    registration: float
    regions: float
    page: float

    @property
    def ratio(self) -> float:
        return (self.registration + self.regions) / self.page


def timings(layouts: dict[str, list[Invoice]], wish: Wish) -> Iterator[Timed]:
    """One invoice of each layout, by a template that was drawn on another one."""
    for index, invoices in enumerate(layouts.values()):
        layout = drawn(invoices[-1])
        for condition, picture, taken in conditions(invoices[0], wish, 100 * index):
            # Models are loaded, and shapes compiled, before the clock runs.
            timed(layout, taken.image)
            yield Timed(condition, picture, *timed(layout, taken.image))


def timed(layout: Layout, image: Image.Image) -> tuple[float, float, float]:
    """CPU seconds of registration, of four regions, of the whole page.

    Where registration or a region asks for the words of the page, their reading counts.
    """
    reference, template, words = layout.reference, layout.template, reader(image)
    registration, laid = cpu(lambda: register_page(image, reference, words))
    regions = template.regions[:REGIONS]
    _, fields = cpu(
        lambda: read_fields(
            image, template, reference, registration, regions=regions, read_words=words
        )
    )
    _, page = cpu(lambda: read_page(image))
    return laid, fields, page


def cpu(act: Callable[[], Answer]) -> tuple[Answer, float]:
    started = time.process_time()
    answer = act()
    return answer, time.process_time() - started


def summary(found: list[Timed]) -> list[tuple[str, ...]]:
    """Medians for each condition."""
    table = []
    for condition in dict.fromkeys(x.condition for x in found):
        these = [x for x in found if x.condition == condition]
        table.append(
            (
                condition,
                f"{median(x.registration for x in these):.2f} s",
                f"{median(x.regions for x in these):.2f} s",
                f"{median(x.page for x in these):.2f} s",
                f"{median(x.ratio for x in these):.2f}",
                f"{max(x.ratio for x in these):.2f}",
            )
        )
    return table


HEADS = ("CPU", "registration", "four regions", "whole page", "ratio", "worst")
