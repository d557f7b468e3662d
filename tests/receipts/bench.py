"""Receipts read by rules, on a labelled folder: how many totals and dates are right.

    python -m tests.receipts.bench FOLDER --values FILE [--engine ppocr]
        [--pages FOLDER] [--details]

FOLDER has pictures and a truth.jsonl of "image" and "lines" ("roi", "text"). FILE has
the right values by a picture's stem: {"010": {"total": "14.10", "date": "2017-12-29"}}.
What the engine reads is measured, and beside it what the truth's own lines say. Pages
that were read are kept in --pages, for the next run. Rules were tuned on pictures of
odd tens, so that both halves are told apart.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from engines import (
    Box,
    Finding,
    Line,
    Page,
    page_from_json,
    page_to_json,
    read_page,
    read_receipt,
)

TRUTH = "truth's lines"
Case = tuple[str, str, Page]  # where the lines come from, the picture's stem, its page


def main(words: list[str] | None = None) -> None:
    given = arguments().parse_args(words)
    right = json.loads(given.values.read_text(encoding="utf-8"))
    rows: dict[tuple[str, str, str], list[tuple[bool, bool]]] = defaultdict(list)
    seconds = []
    for source, stem, page in [*of_truth(given.folder), *of_engine(given)]:
        start = perf_counter()
        reading = read_receipt([page])
        seconds.append(perf_counter() - start)
        half = "odd" if int(stem) // 10 % 2 else "even"
        for name in ("total", "date"):
            found, wanted = getattr(reading, name), right[stem][name]
            is_right = same(name, found.value, wanted)
            rows[source, name, half].append((is_right, is_sure(found)))
            rows[source, name, "all"].append((is_right, is_sure(found)))
            if given.details and not is_right:
                print(f"{source} {stem} {name}: {wanted}, not {found}")
    for (source, name, half), results in sorted(rows.items()):
        print(f"{source:<16}{name:<8}{half:<6}{told(results)}")
    print(f"{1000 * sum(seconds) / len(seconds):.0f} ms each")


def arguments() -> ArgumentParser:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--values", type=Path, required=True)
    parser.add_argument("--engine", default="ppocr")
    parser.add_argument("--pages", type=Path, help="where pages are kept once read")
    parser.add_argument("--details", action="store_true", help="show what is wrong")
    return parser


def of_truth(folder: Path) -> Iterator[Case]:
    for row in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        known = json.loads(row)
        lines = [
            Line(line["text"], Box(*line["roi"]).polygon) for line in known["lines"]
        ]
        size = [max(line["roi"][at] for line in known["lines"]) + 1 for at in (2, 3)]
        yield TRUTH, Path(known["image"]).stem, Page(*size, tuple(lines))


def of_engine(given: Namespace) -> Iterator[Case]:
    for path in sorted(given.folder.glob("*.jpg")):
        yield given.engine, path.stem, read_or_kept(path, given)


def read_or_kept(path: Path, given: Namespace) -> Page:
    kept = given.pages / f"{given.engine}-{path.stem}.json" if given.pages else None
    if kept and kept.exists():
        return page_from_json(json.loads(kept.read_text(encoding="utf-8")))
    page = read_page(path, engine=given.engine)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(page_to_json(page)), encoding="utf-8")
    return page


def same(name: str, found: str, wanted: str) -> bool:
    if name == "total" and found:
        return Decimal(found) == Decimal(wanted)
    return found == wanted


def is_sure(found: Finding) -> bool:
    return bool(found.value and not found.reason)


def told(results: list[tuple[bool, bool]]) -> str:
    count = len(results)
    right = sum(is_right for is_right, _ in results)
    sure = sum(sure for _, sure in results)
    wrong = sum(sure and not is_right for is_right, sure in results)
    share = f"{right}/{count} right ({100 * right / count:.1f} %)"
    return f"{share}, {sure} not in doubt, {wrong} of them wrong"


if __name__ == "__main__":
    main()
