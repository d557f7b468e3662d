"""Exports measured on labelled pages: ``python -m tests.engines.exports_drawn.bench``.

``pdf``: whether PDFium tells of an exported page what was read, and where. ``png``:
whether a page drawn anew is read again. ``xlsx``: whether LibreOffice opens and saves
the same cells. ``memory``: what a long PDF takes. Folders hold a truth.jsonl ("image",
and "text" or "lines" of "text"); ``--drawn`` adds Arabic pages.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Any

import pypdfium2
from openpyxl import load_workbook
from PIL import Image

from engines import (
    Line,
    Options,
    Page,
    PageImage,
    Result,
    Wishes,
    export_result,
    load_page,
    read_page,
)
from engines.layout import runs_right_to_left
from engines.scoring import score, words
from tests.arabic.pages import drawn_pages
from tests.engines.exports_drawn.pages import best_overlap

DPI = 200
ARABIC_KINDS = "arabic,table,by turns"


@dataclass(frozen=True)
class Known:
    """A picture and what is printed on it."""

    name: str
    image: Image.Image
    text: str


def pages_of(folders: Sequence[Path], limit: int | None, drawn: int) -> Iterator[Known]:
    for folder in folders:
        rows = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
        for row in rows[:limit]:
            known = json.loads(row)
            lines = known.get("lines", ())
            text = known.get("text") or "\n".join(line["text"] for line in lines)
            yield Known(known["image"], load_page(folder / known["image"]).image, text)
    for page in islice(drawn_pages(only=ARABIC_KINDS), drawn):
        yield Known(page.name, page.image, page.text)


def result_of(page: Page, image: Image.Image) -> Result:
    return Result({1: page}, picture=lambda _number: PageImage(image, DPI))


def measure_pdf(pages: Iterable[Known]) -> None:
    print(f"{'page':<34}{'txt':>8}{'pdf':>8}{'of txt':>8}{'IoU':>8}{'found':>8}")
    rows = []
    for known in pages:
        page = read_page(known.image, turn=0)
        result = result_of(page, known.image)
        said = export_result("txt", result).decode()
        row = [score(said, known.text).recall, *pdf_figures(result, known.text, said)]
        rows.append(row)
        print(f"{known.name:<34}" + "".join(f"{x:>8.3f}" for x in row), flush=True)
    means = "".join(f"{fmean(column):>8.3f}" for column in zip(*rows, strict=True))
    print(f"{f'mean of {len(rows)}':<34}{means}")


def pdf_figures(result: Result, truth: str, said: str) -> list[float]:
    """Recall of *truth* and of what was *said*, mean overlap of the words' boxes, and
    the share of the words that a search finds."""
    page = result.pages[1]
    found = [word for line in page.lines for word in line.words]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "made.pdf"
        file.write_bytes(export_result("pdf", result))
        textpage = pypdfium2.PdfDocument(file)[0].get_textpage()
        layer = load_page(file, dpi=DPI).text_layer
        text = textpage.get_text_range()
    assert layer is not None
    wanted = [w for w in found if runs_right_to_left(w.text)] or found
    hits = [textpage.search(word.text).get_next() is not None for word in wanted]
    return [
        score(text, truth).recall,
        score(text, said).recall,
        fmean(best_overlap(word, layer) for word in found),
        fmean(hits),
    ]


def measure_png(pages: Iterable[Known], engine: str, out: Path | None) -> None:
    print(f"{'page':<34}{'white':>8}{'over':>8}   of the words of the first reading")
    rows = []
    for known in pages:
        page = read_page(known.image, engine=engine, turn=0)
        result = result_of(page, known.image)
        row = [again(known, page, result, place, engine, out) for place in BACKGROUNDS]
        rows.append(row)
        print(f"{known.name:<34}" + "".join(f"{x:>8.3f}" for x in row), flush=True)
    means = "".join(f"{fmean(column):>8.3f}" for column in zip(*rows, strict=True))
    print(f"{f'mean of {len(rows)}':<34}{means}")


BACKGROUNDS = ("white", "original")


def again(
    known: Known,
    page: Page,
    result: Result,
    background: str,
    engine: str,
    out: Path | None,
) -> float:
    """The share of the words of *page* that are read again from its drawing."""
    drawing = export_result("png", result, Wishes(background=background))
    with tempfile.TemporaryDirectory() as folder:
        name = f"{Path(known.name).stem}-{background}.png".replace(" ", "-")
        file = (out or Path(folder)) / name
        file.write_bytes(drawing)
        image = load_page(file).image
    languages = ("ara", "eng") if runs_right_to_left(page.text) else ("eng",)
    read = read_page(image, engine=engine, options=Options(languages), turn=0)
    first = words(page.text)
    return (first & words(read.text)).total() / max(1, first.total())


def measure_xlsx(pages: Iterable[Known]) -> None:
    """All pages, and lines that begin as formulas do, in a workbook there and back."""
    read = [read_page(known.image, turn=0) for known in pages]
    traps = tuple(Line(text) for text in ("=1+1", "+1", "-1+1", "@SUM(A1)"))
    read.append(Page(800, 800, traps, "\n".join(line.text for line in traps)))
    made = export_result("xlsx", Result(dict(enumerate(read, 1))))
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "made.xlsx", Path(folder) / "saved"
        file.write_bytes(made)
        convert = ["soffice", "--headless", "--convert-to", "xlsx", "--outdir"]
        subprocess.run([*convert, out, file], check=True, capture_output=True)
        ours, theirs = cells_of(file), cells_of(out / file.name)
    same = sum(theirs.get(place) == value for place, value in ours.items())
    numbers = sum(kind != "s" for _, kind in ours.values())
    print(f"{len(read)} pages: {same} of {len(ours)} cells the same, {numbers} values")


def cells_of(file: Path) -> dict[tuple[str, str], Any]:
    """The values by sheet and place; a formula, were there one, would be its text."""
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.data_type)
        for sheet in load_workbook(file)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def measure_memory(image: Image.Image, pages: int) -> None:
    """The peak of this process over what it held before, for equal pages."""
    page = read_page(image, turn=0)
    small = Result({1: page}, picture=lambda _number: PageImage(image, DPI))
    export_result("pdf", small)
    idle = now_held()
    whole = Result(dict.fromkeys(range(1, pages + 1), page), picture=small.picture)
    size = len(export_result("pdf", whole)) / 2**20
    print(f"{pages} pages, {size:.0f} MB: {peak_held() - idle:.0f} MB above idle")


def now_held() -> float:
    """Megabytes of memory; the peak is told from here on."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def peak_held() -> float:
    return _status("VmHWM")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith(name))
    return int(row.split()[1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("pdf", "png", "xlsx", "memory"))
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--limit", type=int, help="pages of each folder")
    parser.add_argument("--drawn", type=int, default=0, help="Arabic pages drawn here")
    parser.add_argument("--engine", default="ppocr", help="that reads PNGs")
    parser.add_argument("--pages", type=int, default=200, help="of the long PDF")
    parser.add_argument("--out", type=Path, help="a folder that keeps the PNGs")
    given = parser.parse_args()
    pages = pages_of(given.folders, given.limit, given.drawn)
    if given.what == "pdf":
        measure_pdf(pages)
    elif given.what == "png":
        measure_png(pages, given.engine, given.out)
    elif given.what == "xlsx":
        measure_xlsx(pages)
    else:
        a4 = next(pages).image.resize((1654, 2339))
        measure_memory(a4, given.pages)


if __name__ == "__main__":
    main()
