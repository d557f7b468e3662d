"""One region seen: cut out, cleaned, its lines found and read twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from PIL import Image

from engines.protocol import LineFinder
from engines.regions.cleaning import Clean, clean
from engines.regions.cutting import Cut, Rgb, cut
from engines.regions.lines import are_plain, rows_of
from engines.regions.looks import (
    DIGITS,
    ITS_DIGITS,
    NUMBERS,
    READERS,
    Look,
    best_reader,
    has_own_digits,
    is_usable,
    look,
    reader_for,
)
from engines.regions.parts import DOT
from engines.registry import get_engine
from engines.roi import Kind, Region
from engines.types import Box, Polygon

# Above it two looks never differed: 405 fields of pages photographed at 80 to 150 dpi.
SURE = 0.95
POOR = 0.8  # of the weakest character: such a field is looked at whatever it says
GOOD_PRINT = 22.0  # pixels of the cut; smaller print is cut out again, enlarged
ENLARGED = 3.0
AIR = 0.25  # of a line's height above and below it, as much as detection leaves
SIDE_AIR = 0.4


@dataclass(frozen=True, eq=False)
class Sight:
    """A region as seen at ``polygon``; the looks are empty where it is blank."""

    region: Region
    polygon: Polygon
    cut: Cut
    clean: Clean
    first: Look = field(default_factory=Look)
    second: Look | None = None

    @property
    def is_blank(self) -> bool:
        return self.clean.is_blank and not self.first.lines

    @property
    def crop(self) -> Image.Image:
        return Image.fromarray(self.cut.shown)

    @property
    def processed(self) -> Image.Image:
        return Image.fromarray(self.clean.bright)


def see(
    page: Rgb, region: Region, polygon: Polygon, languages: tuple[str, ...]
) -> Sight:
    """Read *region* at *polygon* (see ``cutting.is_readable``) of *page*."""
    piece, plain = cut_clean(page, polygon, dots_count=has_own_digits(languages))
    sight = Sight(region, polygon, piece, plain)
    if plain.is_blank and plain.is_bare:
        return sight
    name = reader_for(region, languages)
    if plain.is_blank:
        # What was taken for rules may be print after all: blank is what reads so.
        first = look(name, [sight.crop], languages, region.kind)
        return replace(sight, first=first) if first.has_print else sight
    looked = looked_for_numbers if name == DIGITS else looked_twice
    first, second = looked(plain, name, languages, region.kind)
    return replace(sight, first=first, second=second)


def looked_twice(
    plain: Clean, name: str, languages: tuple[str, ...], kind: Kind
) -> tuple[Look, Look | None]:
    """The first look, by the reader called *name*; where it is not sure a second one.

    Both are by the same networks as a rule, but of another picture: as it is, and with
    even light and full contrast. The surer look goes first. Another engine would be
    worth less: Tesseract differs from right readings fifteen times as often. Only of
    poor numbers their own reader says more than the same one a second time.
    """
    rows = lines_in(plain)
    first = look(name, pictures(plain.grey, rows), languages, kind)
    if is_sure(first):
        return first, None
    if name not in (*READERS, DIGITS):
        return first, look(best_reader(), pictures(plain.grey, rows), languages)
    looks = surer(first, look(name, pictures(plain.bright, rows), languages, kind))
    if kind in NUMBERS and name in READERS and is_poor(looks[0]) and is_usable(DIGITS):
        third = look(DIGITS, pictures(plain.grey, rows), languages, kind)
        return surer(looks[0], third) if third.lines else looks
    return looks


def looked_for_numbers(
    plain: Clean, name: str, languages: tuple[str, ...], kind: Kind
) -> tuple[Look, Look | None]:
    """As ``looked_twice``, of numbers by their own reader: what it takes for Western
    print the best of the others looks at too, and the surer look goes first. Where that
    one is sure, a look that is not tells nothing."""
    looks = looked_twice(plain, name, languages, kind)
    if looks[0].has_own_digits:
        return looks
    grey = pictures(plain.grey, lines_in(plain))
    latin = tuple(code for code in languages if code not in ITS_DIGITS) or ("eng",)
    other = look(best_reader(), grey, latin)
    if is_sure(other) and not is_sure(looks[0]):
        return other, None
    return surer(looks[0], other)


def is_sure(look: Look) -> bool:
    return look.weakest is not None and look.weakest >= SURE


def is_poor(look: Look) -> bool:
    return (look.weakest or 0.0) < POOR


def surer(one: Look, other: Look) -> tuple[Look, Look]:
    """Both, the surer first."""
    if (other.weakest or 0.0) > (one.weakest or 0.0):
        return other, one
    return one, other


def cut_clean(
    page: Rgb, polygon: Polygon, dots_count: bool = False
) -> tuple[Cut, Clean]:
    """The region at *polygon*, once more and larger where its print is small."""
    piece = cut(page, polygon)
    plain = clean(piece, dots_count)
    if plain.is_blank or plain.print_height >= GOOD_PRINT or piece.scale >= ENLARGED:
        return piece, plain
    wished = piece.scale * GOOD_PRINT / max(plain.print_height, 1.0)
    piece = cut(page, polygon, min(ENLARGED, wished))
    return piece, clean(piece, dots_count)


def lines_in(plain: Clean) -> list[Box]:
    """The lines of print, by their ink; where they touch, by detection."""
    rows = rows_of(plain.boxes, plain.print_height)
    # A line of specks alone is dirt, unless it is all there is.
    rows = [row for row in rows if row.height >= DOT * plain.print_height] or rows
    if are_plain(rows, plain.print_height):
        return rows
    finder = get_engine(READERS[0])
    if not (is_usable(READERS[0]) and isinstance(finder, LineFinder)):
        return rows
    found = finder.find_lines(Image.fromarray(plain.bright).convert("RGB"))
    boxes = sorted((Box.around(list(p)) for p in found), key=lambda box: box.top)
    return boxes or rows


def pictures(grey: np.ndarray, rows: Sequence[Box]) -> list[Image.Image]:
    """Each of *rows* cut out of *grey*, with a little paper around it."""
    return [Image.fromarray(line_of(grey, row)).convert("RGB") for row in rows]


def line_of(grey: np.ndarray, row: Box) -> np.ndarray:
    height, width = grey.shape
    down, across = AIR * row.height, SIDE_AIR * row.height
    top, bottom = max(0, round(row.top - down)), min(height, round(row.bottom + down))
    left = max(0, round(row.left - across))
    right = min(width, round(row.right + across))
    return grey[top:bottom, left:right]
