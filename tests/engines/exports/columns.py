"""Prices of receipts in text that keeps its columns: on their item's row, in a column?

``python -m tests.engines.exports.columns FOLDER|PICTURE…``: a folder holds pictures and
a truth.jsonl of lines with boxes. Without one a picture's own reading is the truth.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, sin
from pathlib import Path
from statistics import median
from tempfile import gettempdir

from engines import Box, Page, load_page, page_from_json, page_to_json, read_page
from engines.exports.cells import cut
from engines.exports.grid import grid_text
from engines.layout import level_rows, typical_tilt

CACHE = Path(gettempdir()) / "ocrsite-readings"
PRICE = re.compile(r"(?<![\d.,/:])\d[\d,]*\.\d{2}(?=\)?(\s?\w{1,2})?\s*$)")
SAME_COLUMN = 0.5  # of a line's height: how far apart the ends of two prices may be
SAME_ROW = 0.5  # of the lower line's height


@dataclass(frozen=True)
class Known:
    """A line of the truth."""

    text: str
    box: Box
    tilt: float = 0.0  # of the page, in radians

    @property
    def level(self) -> float:
        """How far down the page its middle stands, once the page is level."""
        x, y = self.box.centre
        return y * cos(self.tilt) - x * sin(self.tilt)

    def levelled(self, x: float) -> float:
        """*x* of the line, in pixels, once the page is level."""
        return x * cos(self.tilt) + self.box.centre[1] * sin(self.tilt)

    @property
    def price(self) -> Box | None:
        """Where the price is that the line ends with."""
        found = PRICE.search(self.text)
        if found is None:
            return None
        pitch = self.box.width / len(self.text)
        left, right = (self.box.left + pitch * at for at in found.span())
        return Box(left, self.box.top, right, self.box.bottom)


@dataclass(frozen=True)
class Shown:
    """A cell of the text: where it was read, and the row and column where it stands."""

    text: str
    box: Box
    row: int
    column: int

    def end_near(self, x: float) -> int:
        """The column where the number ends that was read nearest to *x* pixels."""
        ends = [found.end() for found in re.finditer(r"\d+", self.text)]
        ends = ends or [len(self.text)]
        pitch = self.box.width / len(self.text)
        best = min(ends, key=lambda end: abs(self.box.left + pitch * end - x))
        return self.column + best


def shown(page: Page) -> list[Shown]:
    """Every cell of the page, found again in its text."""
    pieces = [piece for line in page.lines for piece in cut(line)]
    texts = [text for text in grid_text(page).split("\n") if text]
    found = []
    for number, (text, row) in enumerate(zip(texts, level_rows(pieces), strict=True)):
        at = 0
        for one in sorted(row, key=lambda placed: placed.box.left):
            at = text.index(one.line.text, at)
            place = one.line.box or one.box
            found.append(Shown(one.line.text, place, number, at))
            at += len(one.line.text)
    return found


def shared(one: Box, other: Box) -> float:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(width, 0) * max(height, 0)


def at(place: Box, cells: list[Shown]) -> Shown | None:
    """The cell that was read where the truth has *place*."""
    best = max(cells, key=lambda cell: shared(cell.box, place), default=None)
    least = 0.3 * place.width * place.height
    return best if best and shared(best.box, place) > least else None


def item_of(price: Known, lines: list[Known]) -> Known | None:
    """The nearest line with letters to the left of *price*, on its level."""

    def off(line: Known) -> float:
        return abs(line.level - price.level)

    beside = [
        line
        for line in lines
        if line.box.right <= price.box.left + price.box.height
        and off(line) < SAME_ROW * min(line.box.height, price.box.height)
        and any(map(str.isalpha, line.text))
    ]
    return min(beside, key=off, default=None)


def columns_of(prices: list[tuple[float, int]], height: float) -> list[list[int]]:
    """The ends of prices, in pixels and in the text: the latter by paper's columns."""
    ordered = sorted(prices)
    found = [[ordered[0][1]]] if ordered else []
    for before, after in pairwise(ordered):
        if after[0] - before[0] > SAME_COLUMN * height:
            found.append([])
        found[-1].append(after[1])
    return found


def judged(page: Page, truth: list[Known]) -> Counter[str]:
    """How many prices there are, were read, stand on their row and in their column."""
    cells, counts = shown(page), Counter[str]()
    tilt = typical_tilt(page.lines)
    lines = [replace(line, tilt=tilt) for line in truth]
    ends = []
    for line in lines:
        price = line.price
        if price is None:
            continue
        counts["prices"] += 1
        if (cell := at(price, cells)) is None:
            continue
        counts["read"] += 1
        ends.append((line.levelled(price.right), cell.end_near(price.right)))
        item = item_of(line, lines)
        stands = at(item.box, cells) if item else cell
        counts["on their row"] += stands is None or stands.row == cell.row
    height = median(line.box.height for line in lines)
    for column in columns_of(ends, height):
        counts["in their column"] += max(Counter(column).values())
    return counts


def reading(path: Path) -> Page:
    """What ``ppocr`` reads; a second time it is remembered."""
    kept = CACHE / f"{hashlib.sha256(path.read_bytes()).hexdigest()}.json"
    if not kept.exists():
        page = read_page(load_page(path, 1, dpi=200), engine="ppocr")
        CACHE.mkdir(exist_ok=True)
        kept.write_text(json.dumps(page_to_json(page)), encoding="utf-8")
    return page_from_json(json.loads(kept.read_text(encoding="utf-8")))


def pictures(paths: list[Path], limit: int) -> Iterator[tuple[Path, list[Known]]]:
    for path in paths:
        if path.is_file():
            yield path, []
            continue
        rows = (path / "truth.jsonl").read_text(encoding="utf-8").splitlines()
        for known in map(json.loads, rows[:limit]):
            lines = [Known(x["text"], Box(*x["roi"])) for x in known["lines"]]
            yield path / known["image"], [line for line in lines if line.text]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, help="pictures of a folder")
    parser.add_argument("--show", action="store_true", help="print the text")
    given = parser.parse_args()
    total = Counter[str]()
    for path, truth in pictures(given.paths, given.limit):
        page = reading(path)
        pieces = [piece for line in page.lines for piece in cut(line)]
        own = [Known(piece.text, piece.box) for piece in pieces if piece.box]
        counts = judged(page, truth or own)
        total += counts
        print(f"{path.name:<12}", dict(counts), flush=True)
        if given.show:
            print(grid_text(page))
    print("all", dict(total))


if __name__ == "__main__":
    main()
