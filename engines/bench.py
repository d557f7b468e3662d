"""Engines measured on labelled pages: what they read, and what it costs.

Each engine lives in a process of its own, so that memory and CPU time are its alone;
they take turns page by page, so that a busy machine is equally busy for all.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean
from typing import Any

from engines.errors import FileError, OcrError
from engines.family import cpu_seconds, peak_megabytes
from engines.layout import arranged
from engines.plain import NAME as PLAIN
from engines.plain import read_plainly
from engines.scoring import Score, score
from engines.types import Box, Line, Options, Page

Progress = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page and what is printed on it: in the annotators' order, and row by row."""

    path: Path
    text: str
    in_rows: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One page read once by one engine."""

    text: str
    cpu: float  # seconds
    wall: float
    peak: float  # megabytes of memory, at most: see ``engines.family``


@dataclass(frozen=True, slots=True)
class Row:
    """One engine on all pages: means over them, and the highest memory.

    ``cer`` follows the order of the truth file, ``cer_in_rows`` the truth put into
    rows by its boxes: annotators do not agree on an order.
    """

    engine: str
    pages: int
    recall: float
    precision: float
    cer: float
    cer_in_rows: float
    cpu: float
    wall: float
    peak: float


def score_folder(
    folder: Path,
    engine_names: Sequence[str],
    limit: int | None = None,
    progress: Progress | None = None,
) -> list[Row]:
    """One row for each of *engine_names*, over the pages of *folder*/truth.jsonl.

    Raises:
        FileError: the folder holds no truth.jsonl, or no page in it.
    """
    pages = labelled_pages(folder)[:limit]
    seen: dict[str, list[Measured]] = {name: [] for name in engine_names}
    with ExitStack() as stack:
        processes = {
            name: stack.enter_context(
                ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"))
            )
            for name in engine_names
        }
        for process, name in zip(processes.values(), engine_names, strict=True):
            process.submit(measure, name, pages[0].path).result()  # models load here
        for done, page in enumerate(pages, start=1):
            for name, process in processes.items():
                seen[name].append(process.submit(measure, name, page.path).result())
            if progress:
                progress(done, len(pages))
    return [as_row(name, pages, measured) for name, measured in seen.items()]


def labelled_pages(folder: Path) -> list[Labelled]:
    """The pages that *folder*/truth.jsonl names, each with its text."""
    truth = folder / "truth.jsonl"
    if not truth.is_file():
        raise FileError(f"There is no truth.jsonl in {folder}.")
    lines = truth.read_text(encoding="utf-8").splitlines()
    pages = [labelled(folder, json.loads(line)) for line in lines if line.strip()]
    if not pages:
        raise FileError(f"{truth} names no page.")
    return pages


def labelled(folder: Path, entry: dict[str, Any]) -> Labelled:
    texts = [line["text"] for line in entry["lines"]]
    lines = tuple(
        Line(line["text"], Box(*line["roi"]).polygon) for line in entry["lines"]
    )
    in_rows = arranged(Page(1, 1, lines)).text
    return Labelled(folder / entry["image"], "\n".join(texts), in_rows)


def measure(engine: str, path: Path) -> Measured:
    """Read the page at *path* in this process; what cannot be read holds no text."""
    cpu, wall = cpu_seconds(), time.perf_counter()
    try:
        text = read(engine, path).text
    except OcrError:
        text = ""
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - wall
    return Measured(text, cpu, wall, peak_megabytes())


def read(engine: str, path: Path) -> Page:
    if engine == PLAIN:
        return read_plainly(path, int(os.environ.get("PPOCR_THREADS", "1")))
    from engines.pipeline import read_page

    return read_page(path, engine=engine, options=Options())


def as_row(name: str, pages: Sequence[Labelled], measured: Sequence[Measured]) -> Row:
    read_pages = list(zip(pages, measured, strict=True))
    scores: list[Score] = [score(m.text, page.text) for page, m in read_pages]
    return Row(
        engine=name,
        pages=len(read_pages),
        recall=fmean(s.recall for s in scores),
        precision=fmean(s.precision for s in scores),
        cer=fmean(s.cer for s in scores),
        cer_in_rows=fmean(score(m.text, page.in_rows).cer for page, m in read_pages),
        cpu=fmean(m.cpu for m in measured),
        wall=fmean(m.wall for m in measured),
        peak=max(m.peak for m in measured),
    )


def table(rows: Sequence[Row]) -> str:
    """*rows* as aligned text."""
    names = max(len(row.engine) for row in rows)
    head = "pages  recall  precision    CER  CER in rows  CPU s  wall s  peak MB"
    lines = [f"{'engine':{names}}  {head}"]
    lines += [
        f"{row.engine:{names}}  {row.pages:5}  {row.recall:6.4f}  {row.precision:9.4f}"
        f"  {row.cer:5.3f}  {row.cer_in_rows:11.3f}  {row.cpu:5.2f}  {row.wall:6.2f}"
        f"  {row.peak:7.0f}"
        for row in rows
    ]
    return "\n".join(lines)
