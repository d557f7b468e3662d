"""Whether the right layout is chosen, none for pages of no layout, and how fast."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PIL import Image

from engines import Reference, choose_reference, make_reference
from tests.invoices.layouts import Invoice
from tests.invoices.outcomes import Share
from tests.invoices.readings import Wish, conditions, drawn, read_page, reader
from tests.load.pages import pictures

MANY = 50  # templates, of which one is right
References = dict[str, Reference]


@dataclass(frozen=True)
class Choice:
    """What was chosen for one picture: a layout's name, or "" for none."""

    about: str  # "right layout", "layout removed", "receipts"
    condition: str
    picture: str
    expected: str
    chosen: str
    told: str

    @property
    def right(self) -> bool:
        return self.chosen == self.expected


def choices(layouts: dict[str, list[Invoice]], wish: Wish) -> Iterator[Choice]:
    """Each invoice among all layouts, and again with its own one removed."""
    for index, (name, invoices) in enumerate(layouts.items()):
        for number, invoice in enumerate(invoices):
            known = references(layouts, without=invoice)
            foreign = {key: known[key] for key in known if key != name}
            seed = 100 * index + number
            for condition, picture, taken in conditions(invoice, wish, seed):
                for about, among, expected in (
                    ("right layout", known, name),
                    ("layout removed", foreign, ""),
                ):
                    found = choose(taken.image, among)
                    yield Choice(about, condition, picture, expected, *found)


def receipts(
    layouts: dict[str, list[Invoice]], folder: Path, count: int
) -> Iterator[Choice]:
    """Pages of no layout at all."""
    known = references(layouts)
    for number, image in enumerate(pictures(folder, count)):
        found = choose(image, known)
        yield Choice("receipts", "as scanned", f"receipt {number}", "", *found)


def choose(image: Image.Image, among: References) -> tuple[str, str]:
    """The best layout's name, and the best three with score and rung."""
    matches = choose_reference(image, among, reader(image))
    told = ", ".join(
        f"{match.key}: {match.score:.2f} {match.registration.rung}"
        for match in matches[:3]
    )
    return (str(matches[0].key) if matches else ""), told


def references(
    layouts: dict[str, list[Invoice]], without: Invoice | None = None
) -> References:
    """One of each layout, never drawn on the very page that is asked about."""
    first = {
        name: next(invoice for invoice in invoices if invoice != without)
        for name, invoices in layouts.items()
    }
    return {name: drawn(invoice).reference for name, invoice in first.items()}


def seconds_among_many(
    layouts: dict[str, list[Invoice]], folder: Path | None, wish: Wish
) -> float:
    """Wall seconds of one choice among MANY templates, the median of all layouts."""
    many = dict(list(crowd(layouts, folder))[:MANY])
    times = []
    for index, invoices in enumerate(layouts.values()):
        *_, (_, _, taken) = conditions(invoices[-1], wish, 100 * index)
        words = reader(taken.image)
        started = time.perf_counter()
        choose_reference(taken.image, many, words)
        times.append(time.perf_counter() - started)
    return median(times)


def crowd(
    layouts: dict[str, list[Invoice]], folder: Path | None
) -> Iterator[tuple[str, Reference]]:
    """All invoices but the last of each layout, then receipts, then invoices upside
    down: no page is ever printed from those."""
    kept = [invoice for invoices in layouts.values() for invoice in invoices[:-1]]
    for invoice in kept:
        yield invoice.path.stem, drawn(invoice).reference
    others = pictures(folder, MANY - len(kept)) if folder else []
    turned = [invoice.open().transpose(Image.Transpose.ROTATE_180) for invoice in kept]
    for number, image in enumerate((others + turned)[: max(0, MANY - len(kept))]):
        yield f"other {number}", make_reference(image, read_page(image))


def tally(found: list[Choice]) -> list[tuple[str, str]]:
    """The share of right answers for each question and condition."""
    asked = dict.fromkeys((choice.about, choice.condition) for choice in found)
    table = []
    for about, condition in asked:
        these = [x for x in found if (x.about, x.condition) == (about, condition)]
        share = Share(sum(x.right for x in these), len(these))
        table.append((f"{about}, {condition}", str(share)))
    return table
