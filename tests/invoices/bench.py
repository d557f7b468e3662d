"""Invoices end to end, over the public names of ``engines``, on a labelled folder.

    python -m tests.invoices.bench FOLDER [--receipts FOLDER] [--captures 1]
        [--first 0] [--kinds photo,scan] [--only registration|fields|choice|speed]
        [--no-registration] [--details] [--rows FILE] [--layouts 2,9]

A template is drawn on one invoice of a layout and run on the next one, so that every
invoice is read once: as scanned, and on captures. Beside it the same boxes cut out
without registration. "In review" means that a reading gave a cause.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from tests.invoices import choosing, outcomes, placing, speed
from tests.invoices.captures import KINDS
from tests.invoices.layouts import Invoice, load_invoices
from tests.invoices.outcomes import print_table
from tests.invoices.readings import Wish, read_all

Layouts = dict[str, list[Invoice]]


def main(words: list[str] | None = None) -> None:
    given = arguments().parse_args(words)
    layouts = load_invoices(given.folder)
    if given.layouts:
        layouts = {name: layouts[name] for name in given.layouts.split(",")}
    wish = Wish(
        captures=given.captures,
        first=given.first,
        kinds=tuple(kind for kind in KINDS if kind in given.kinds.split(",")),
        naive=not given.no_naive,
        registered=not given.no_registration,
        processes=given.processes,
    )
    for name, part in PARTS.items():
        if given.only in (None, name):
            part(layouts, wish, given)


def arguments() -> ArgumentParser:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--receipts", type=Path, help="pages of no layout")
    parser.add_argument("--receipt-count", type=int, default=35)
    parser.add_argument("--captures", type=int, default=1, help="of each page and kind")
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument(
        "--kinds", default="photo", help="photo, scan, poor: one or several"
    )
    parser.add_argument("--only", choices=tuple(PARTS))
    parser.add_argument("--layouts", default="", help="only these, by name")
    parser.add_argument("--no-registration", action="store_true", help="naive only")
    parser.add_argument("--no-naive", action="store_true", help="registered only")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--details", action="store_true", help="a line for each error")
    parser.add_argument("--rows", type=Path, help="every field as a line of JSON")
    return parser


def registration(layouts: Layouts, wish: Wish, given: Namespace) -> None:
    """How far each fixed field is from where it was printed."""
    found = list(placing.placings(layouts, wish))
    print_table(placing.HEADS, placing.summary(found))
    tell(given, (str(x) for x in found if not x.found))


def fields(layouts: Layouts, wish: Wish, given: Namespace) -> None:
    found = []
    for outcome in read_all(layouts, wish):
        found.append(outcome)
        if given.rows:
            with given.rows.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(outcome)) + "\n")
    tell(given, outcomes.errors(found))
    print_table(outcomes.HEADS, (row.cells() for row in outcomes.rows(found)))
    told = [x for x in found if not x.condition.endswith("naive")]
    print_table(("confidence", "right"), outcomes.calibration(told))


def choice(layouts: Layouts, wish: Wish, given: Namespace) -> None:
    found = list(choosing.choices(layouts, wish))
    if given.receipts:
        found += choosing.receipts(layouts, given.receipts, given.receipt_count)
    tell(given, (str(x) for x in found if not x.right))
    seconds = choosing.seconds_among_many(layouts, given.receipts, wish)
    heads = ("choice", f"one among {choosing.MANY}: {seconds:.2f} s")
    print_table(heads, choosing.tally(found))


def timing(layouts: Layouts, wish: Wish, given: Namespace) -> None:
    found = list(speed.timings(layouts, wish))
    tell(given, (str(x) for x in found))
    print_table(speed.HEADS, speed.summary(found))


def tell(given: Namespace, lines: Iterable[str]) -> None:
    if given.details:
        for line in lines:
            print(line, flush=True)


PARTS = {
    "registration": registration,
    "fields": fields,
    "choice": choice,
    "speed": timing,
}

if __name__ == "__main__":
    main()
