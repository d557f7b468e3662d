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
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from engines import FieldReading, read_fields, register_page
from engines.regions.surety import GROUPS, MOST, PRIOR, inputs
from tests.invoices.captures import capture
from tests.invoices.layouts import Invoice, load_invoices
from tests.invoices.readings import drawn, reader

Floats = npt.NDArray[np.float64]

SHRUNK = (0.4, 0.75)  # of 200 dpi
TRUST = 0.5  # of one unit of a prior's weight, in readings
BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)
IN_REVIEW = 0.95  # of the wrong ones
STEPS = 50


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
    """The readings that are left to the model: something was read, and means a value."""
    by_name = {reading.name: reading for reading in readings}
    for truth in invoice.truths:
        found = by_name[truth.name]
        is_plain = found.cause in ("", "disagree", "doubtful")
        if is_plain and "weakest" in found.details:
            right = truth.meets(found.value)
            details = dict(found.details)
            yield Row(invoice.layout, condition, truth.kind, right, details)


def fitted(rows: list[Row], prior: dict[str, float]) -> dict[str, float]:
    """The weights that are likeliest by *rows* and *prior*: Newton's method."""
    names = list(prior)
    x = np.array([[inputs(row.details)[name] for name in names] for row in rows])
    y = np.array([row.right for row in rows], float)
    guess = np.array([prior[name] for name in names])
    weights = guess.copy()
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - TRUST * (weights - guess)
        bend = (x * (p * (1 - p))[:, None]).T @ x + TRUST * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=True)}


def sureness(rows: list[Row], weights: dict[str, float]) -> Floats:
    totals = [
        sum(weights[name] * value for name, value in inputs(row.details).items())
        for row in rows
    ]
    return np.minimum(MOST, 1 / (1 + np.exp(-np.array(totals, float))))


def left_out(rows: list[Row], prior: dict[str, float]) -> Floats:
    """How sure a model is of each of *rows* that never saw its layout."""
    found = np.zeros(len(rows))
    for layout in {row.layout for row in rows}:
        others = [row for row in rows if row.layout != layout]
        mine = np.array([row.layout == layout for row in rows])
        own = [row for row in rows if row.layout == layout]
        found[mine] = sureness(own, fitted(others, prior))
    return found


def table(rows: list[Row], sure: Floats) -> Iterator[str]:
    """For each bin of confidence how many there are, and the share that is right."""
    right = np.array([row.right for row in rows])
    for low, high in pairwise(BINS):
        inside = (sure >= low) & (sure < high)
        count, good = int(inside.sum()), int(right[inside].sum())
        mean = sure[inside].mean() if count else 0.0
        share = f"{100 * good / count:.1f} %" if count else "-"
        yield f"  {low:.2f} to {min(high, 1):.2f}: {good}/{count} right, {share}, said {mean:.3f}"


def threshold(rows: list[Row], sure: Floats) -> str:
    """The least threshold that holds most wrong ones back, and what it costs."""
    right = np.array([row.right for row in rows])
    if right.all():
        return "  no wrong one"
    wrong = np.sort(sure[~right])
    least = float(wrong[min(len(wrong) - 1, int(np.ceil(IN_REVIEW * len(wrong))) - 1)])
    cost = float((sure[right] <= least).mean())
    return f"  over {least:.3f}: {IN_REVIEW:.0%} of {len(wrong)} wrong ones, {cost:.1%} of the right ones"


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
    for group, prior in PRIOR.items():
        mine = [row for row in rows if GROUPS[row.kind] == group]
        sure = left_out(mine, dict(prior))
        print(f"{group}: {len(mine)} readings, {sum(not r.right for r in mine)} wrong")
        print(f"  {fitted(mine, dict(prior))}")
        print("\n".join(table(mine, sure)))
        print(threshold(mine, sure))


if __name__ == "__main__":
    main()
