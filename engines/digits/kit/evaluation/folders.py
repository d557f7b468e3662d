"""The folders of real print, each engine beside the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engines.digits.kit.evaluation import cells as forms
from engines.digits.kit.evaluation import lines as books
from engines.digits.kit.evaluation import tables
from engines.digits.kit.evaluation.numbers import read_numbers
from engines.digits.kit.evaluation.types import Reader
from engines.roi import Kind

Say = Callable[[str], None]
Figures = dict[str, Any]
KINDS: tuple[Kind, ...] = ("amount", "digits")


def numbers(folder: Path, readers: dict[str, Reader], say: Say) -> Figures:
    figures: Figures = {}
    rows = []
    for name, reader in readers.items():
        found = read_numbers(folder, reader)
        exact, valued = sum(n.is_exact for n in found), sum(n.has_value for n in found)
        wrong = [
            f"{n.path.name} {n.text}→{n.read} {n.confidence:.2f}"
            for n in found
            if not n.is_exact
        ]
        rows.append((name, len(found), exact, valued, "; ".join(wrong[:5]) or "-"))
        figures[name] = {"exact": exact, "value": valued, "wrong": wrong}
    head = ("scanned numbers", "count", "exact", "by value", "wrong")
    say("\n" + tables.table(head, rows))
    return figures


def invoice(folder: Path, readers: dict[str, Reader], say: Say) -> Figures:
    """Each cell's crop by each reader, then the regions by the whole product."""
    rows: list[tuple[object, ...]] = []
    figures: Figures = {}
    for name, reader in readers.items():
        found = forms.read_crops(folder, reader)
        wrong = [cell for cell in found if not cell.has_text]
        rows.append((f"crop, {name}", len(found), len(found) - len(wrong), "-", "-"))
        figures[f"crop {name}"] = [asdict(cell) for cell in found]
        say(told(f"Crops by {name}", wrong))
    for kind in KINDS:
        found = forms.read_regions(folder, kind)
        wrong = [cell for cell in found if not (cell.has_text and cell.has_value)]
        rows.append(
            (
                f"region, {kind}",
                len(found),
                sum(cell.has_text for cell in found),
                sum(cell.has_value for cell in found),
                sum(not cell.has_value and not cell.cause for cell in found),
            )
        )
        figures[f"region {kind}"] = [asdict(cell) for cell in found]
        say(told(f"Regions of kind {kind}", wrong))
    head = ("cells", "count", "text", "value", "silently wrong")
    say("\n" + tables.table(head, rows))
    return figures


def told(title: str, wrong: Sequence[forms.Cell]) -> str:
    cases = (
        f"{cell.name} “{cell.text}”→“{cell.read}”"
        + (f" = {cell.read_value}" if cell.read_value else "")
        + (f" ({cell.cause})" if cell.cause else "")
        for cell in wrong
    )
    return f"{title}, wrong: {'; '.join(cases) or 'none'}"


def lines(folder: Path, engines: Sequence[str], say: Say) -> Figures:
    rows = []
    figures: Figures = {}
    for spec in engines:
        for way, read in books.ways_of(spec).items():
            found = books.read_lines(folder, read)
            counts = books.score_lines(found)
            rows.append(
                (
                    f"{spec}, as a {way}",
                    counts.digits,
                    counts.right,
                    tables.percent(counts.recall, 1),
                    tables.percent(counts.precision, 1),
                    tables.percent(counts.letter_errors, 2),
                )
            )
            wrong = books.wrong_digits(found)
            figures[f"{spec}, {way}"] = {"counts": asdict(counts), "wrong": wrong}
            say(f"Digits of {spec} as a {way}, wrong: {tables.ranking(wrong)}")
    head = ("book lines", "digits", "right", "recall %", "precision %", "letters CER %")
    say("\n" + tables.table(head, rows))
    return figures
