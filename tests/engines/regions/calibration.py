"""Fits the model of ``engines.regions.surety`` on a labelled folder of invoices.

    python -m tests.engines.regions.calibration FOLDER [--rounds 2] [--processes 2]
        [--rows FILE] [--from FILE]

Every invoice is read by a template drawn on another one of its layout: as scanned, on
simulated scans and photos, and on photos of a page that was shrunk first (80 to 150
dpi), where reading fails at last. The weights are those that make the data likeliest
beside a prior, the weights a person would guess; no layout is judged by weights that
it took part in finding (leave one layout out). Prints the weights, what confidence was
worth on the layouts left out, and the threshold that each kind would need.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from engines import THRESHOLDS, FieldReading, read_fields, register_page
from engines.regions.surety import (
    GROUPS,
    MOST,
    PLACE_PRIOR,
    READ_PRIOR,
    place_inputs,
    read_inputs,
)
from tests.invoices.captures import capture
from tests.invoices.layouts import Invoice, load_invoices
from tests.invoices.readings import drawn, reader

Floats = npt.NDArray[np.float64]

SHRUNK = (0.4, 0.75)  # of 200 dpi
TRUST = 0.5  # in the prior, in readings for one unit of a weight
BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)
IN_REVIEW = 0.95  # of the wrong ones
STEPS, RATE = 1500, 0.05  # of Adam (Kingma and Ba 2015), halving to nothing


@dataclass(frozen=True)
class Row:
    """One reading that the model has to judge."""

    layout: str
    condition: str
    kind: str
    right: bool
    details: dict[str, float]


def rows_of(folder: Path, rounds: int, processes: int) -> Iterator[Row]:
    pairs = [
        (invoices[number - 1], invoice, 100 * index + number)
        for index, invoices in enumerate(load_invoices(folder).values())
        for number, invoice in enumerate(invoices)
    ]
    read = partial(rows_of_pair, rounds=rounds)
    if processes < 2:
        for pair in pairs:
            yield from read(pair)
        return
    with get_context("fork").Pool(processes) as pool:
        for rows in pool.imap_unordered(read, pairs):
            yield from rows


def rows_of_pair(pair: tuple[Invoice, Invoice, int], rounds: int) -> list[Row]:
    """*invoice* under each condition, by the template that was drawn on *other*."""
    other, invoice, number = pair
    layout, found = drawn(other), []
    for condition, image in pictures(invoice, number, rounds):
        registration = register_page(image, layout.reference, reader(image))
        readings = read_fields(
            image,
            layout.template,
            layout.reference,
            registration,
            regions=layout.template.regions,
            read_words=reader(image),
        )
        found += judged(invoice, condition, readings)
    return found


def pictures(
    invoice: Invoice, number: int, rounds: int
) -> Iterator[tuple[str, Image.Image]]:
    page = invoice.open()
    yield "as scanned", page
    for turn in range(rounds):
        seed = 50_000 + 1000 * turn + number  # others than the bench of invoices has
        yield "photo", capture(page, seed, "photo").image
        yield "scan", capture(page, seed, "scan").image
        yield "small", capture(shrunk(page, seed), seed, "photo").image
        yield "small", capture(shrunk(page, seed + 500), seed + 500, "photo").image


def shrunk(page: Image.Image, seed: int) -> Image.Image:
    factor = float(np.random.default_rng(seed).uniform(*SHRUNK))
    size = round(page.width * factor), round(page.height * factor)
    return page.resize(size, Image.Resampling.LANCZOS)


def judged(
    invoice: Invoice, condition: str, readings: list[FieldReading]
) -> Iterator[Row]:
    """The readings that are left to the model: what was read means a plain value."""
    by_name = {reading.name: reading for reading in readings}
    for truth in invoice.truths:
        found = by_name[truth.name]
        is_plain = found.cause in ("", "disagree", "doubtful")
        if is_plain and "weakest" in found.details:
            right = truth.meets(found.value)
            details = dict(found.details)
            yield Row(invoice.layout, condition, truth.kind, right, details)


@dataclass(frozen=True)
class Model:
    """Weights of the place, and of the reading for each group of kinds."""

    place: Floats
    read: dict[str, Floats]

    def sureness(self, data: Data) -> Floats:
        place = logistic(data.place @ self.place)
        read = np.zeros(len(place))
        for group, weights in self.read.items():
            mine = data.group == group
            read[mine] = logistic(data.read[mine] @ weights)
        return place * read


@dataclass(frozen=True)
class Data:
    """Rows as arrays: a line each."""

    place: Floats
    read: Floats
    group: npt.NDArray[np.str_]
    layout: npt.NDArray[np.str_]
    right: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, rows: list[Row]) -> Data:
        return cls(
            np.array([list(place_inputs(row.details).values()) for row in rows]),
            np.array([list(read_inputs(row.details).values()) for row in rows]),
            np.array([GROUPS[row.kind] for row in rows]),
            np.array([row.layout for row in rows]),
            np.array([row.right for row in rows]),
        )

    def where(self, chosen: npt.NDArray[np.bool_]) -> Data:
        return Data(*(getattr(self, field.name)[chosen] for field in fields(self)))


def logistic(totals: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-totals)))


def fitted(data: Data) -> Model:
    """The weights that are likeliest by *data* and the prior: Adam on the logarithm."""
    groups = sorted(set(data.group))
    prior = np.concatenate(
        [list(PLACE_PRIOR.values()), *[list(READ_PRIOR.values())] * len(groups)]
    )
    weights, first, second = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
    for step in range(1, STEPS + 1):
        slope = slope_of(as_model(weights, groups), data) - TRUST * (weights - prior)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        rate = RATE * min(1.0, 2 * (1 - step / STEPS))
        unbiased = np.sqrt(second / (1 - 0.999**step)) + 1e-8
        weights = weights + rate * first / (1 - 0.9**step) / unbiased
    return as_model(weights, groups)


def as_model(weights: Floats, groups: list[str]) -> Model:
    place, read = np.split(weights, [len(PLACE_PRIOR)])
    parts = np.split(read, len(groups))
    return Model(place, dict(zip(groups, parts, strict=True)))


def slope_of(model: Model, data: Data) -> Floats:
    """How the likelihood of *data* changes with each weight."""
    place = logistic(data.place @ model.place)
    sure = np.clip(model.sureness(data), 1e-9, 1 - 1e-9)
    read = sure / place
    # d log p / d p, and d p / d total of either part
    pull = np.where(data.right, 1 / sure, -1 / (1 - sure))
    slopes = [data.place.T @ (pull * sure * (1 - place))]
    for group in model.read:
        mine = data.group == group
        slopes.append(data.read[mine].T @ (pull * sure * (1 - read))[mine])
    return np.concatenate(slopes)


def left_out(data: Data) -> Floats:
    """How sure a model is of each row that never saw its layout."""
    found = np.zeros(len(data.right))
    for layout in sorted(set(data.layout)):
        own = data.layout == layout
        found[own] = fitted(data.where(~own)).sureness(data.where(own))
    return np.minimum(found, MOST)


def told(names: Iterable[str], weights: Floats) -> str:
    pairs = zip(names, weights, strict=True)
    return "{" + ", ".join(f'"{name}": {weight:.2f}' for name, weight in pairs) + "}"


def table(right: npt.NDArray[np.bool_], sure: Floats) -> Iterator[str]:
    """For each bin of confidence how many there are, and the share that is right."""
    for low, high in pairwise(BINS):
        inside = (sure >= low) & (sure < high)
        count, good = int(inside.sum()), int(right[inside].sum())
        if count:
            counted = f"{good}/{count} right, {100 * good / count:.1f} %"
            said = f"said {sure[inside].mean():.3f}"
            yield f"  {low:.2f} to {min(high, 1):.2f}: {counted}, {said}"


def threshold(right: npt.NDArray[np.bool_], sure: Floats) -> str:
    """The least threshold that holds most wrong ones back, and what it costs."""
    wrong = np.sort(sure[~right])
    if not len(wrong):
        return "  no wrong one"
    least = float(wrong[int(np.ceil(IN_REVIEW * len(wrong))) - 1])
    cost = float((sure[right] <= least).mean())
    return f"  over {least:.3f}: {len(wrong)} wrong, {cost:.1%} of the right in review"


def review(held: npt.NDArray[np.bool_], right: npt.NDArray[np.bool_]) -> str:
    """How many of the wrong and of the right ones are held back."""
    wrong = f"{int(held[~right].sum())} of {int((~right).sum())} wrong"
    return f"{wrong}, {held[right].mean():.1%} of {int(right.sum())} right in review"


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--rows", type=Path, help="keep the readings here")
    parser.add_argument("--from", dest="kept", type=Path, help="readings kept before")
    given = parser.parse_args()
    if given.kept:
        lines = given.kept.read_text(encoding="utf-8").splitlines()
        rows = [Row(**json.loads(line)) for line in lines]
    else:
        rows = list(rows_of(given.folder, given.rounds, given.processes))
        if given.rows:
            text = "".join(json.dumps(asdict(row)) + "\n" for row in rows)
            given.rows.write_text(text, encoding="utf-8")
    data = Data.of(rows)
    sure, model = left_out(data), fitted(data)
    print(f"{len(rows)} readings, {int((~data.right).sum())} wrong")
    print("place", told(PLACE_PRIOR, model.place))
    for group, weights in model.read.items():
        mine = data.group == group
        print(group, told(READ_PRIOR, weights))
        print("\n".join(table(data.right[mine], sure[mine])))
        print(threshold(data.right[mine], sure[mine]))
    least = np.array([THRESHOLDS[row.kind] for row in rows])
    for condition in dict.fromkeys(row.condition for row in rows):
        mine = np.array([row.condition == condition for row in rows])
        print(f"{condition}: {review((sure < least)[mine], data.right[mine])}")


if __name__ == "__main__":
    main()
