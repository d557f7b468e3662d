"""Guesses from what is printed beside: what a clicked line is, and what names it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from engines.errors import TemplateError
from engines.labels.beside import in_row, is_item, neighbours, said
from engines.labels.cells import Cell, cells_in, cells_of
from engines.labels.kinds import look_of
from engines.labels.words import (
    Field,
    has_digit,
    has_word,
    is_mostly_digits,
    known_fields,
)
from engines.roi import Anchor, Kind, Region
from engines.types import Box, Page
from engines.values.cleaning import is_rtl, name_key

__all__ = ["guess_anchor", "guess_region"]

_MARGIN = 0.25  # of the print's height, around it: readers' boxes are tight
_GROWTH = 0.6  # of its width, where there is room: the next value may be longer
_LONGEST_NAME = 40
_SHARE = re.compile(r"\d+(?:[.,]\d+)?\s*[%٪]")  # VAT 20% is a label
# Points of a label that is none of the known ones; those have 80 to 100.
_SAYS_SO, _MAY_BE = 60.0, 40.0


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a value: how well it serves, its words, and the field it names."""

    score: float
    cell: Cell
    said: str  # the cell's words, with the line above where that begins them
    field: Field | None


def guess_region(
    page: Page,
    line_index: int,
    taken: Collection[str] = (),
    at: float | None = None,
) -> Region:
    """A region around what a line says, named and of a kind by the label beside it.

    Of a line that holds several values, *at* (0..1 of the page's width) says which;
    else it is the first. A name that is *taken* is counted on: total_2.

    Raises:
        TemplateError: nobody knows where the line stands.
    """
    cells = cells_of(page)
    value = _chosen(list(cells_in(page, line_index)), page, at)
    look = look_of(value.text)
    label = None
    if look != "text" or not known_fields(value.text):  # else it is a label itself
        label = max(_labels(value, look, cells, page), key=_score, default=None)
    field = label.field if label else None
    name = field.name if field else _slug(label.said) if label else look
    return Region(
        name=_free(name, taken),
        kind=field.kind if field else look,
        box=_widened(value, look, cells, page),
    )


def guess_anchor(page: Page, box: Box) -> Anchor | None:
    """The label that what lies in *box* (fractions) moves with; None where none is."""
    drawn = _in_pixels(box, page)
    within: list[Cell] = []
    outside: list[Cell] = []
    for cell in cells_of(page):
        (within if _covered(cell.box, drawn) >= 0.5 else outside).append(cell)
    value = Cell(" ".join(cell.text for cell in within), drawn, -1)
    labels = list(_labels(value, look_of(value.text), outside, page))
    label = max(labels or _words(value, outside, page), key=_score, default=None)
    if label is None:
        return None
    return Anchor(label.cell.text, _in_fractions(label.cell.box, page))


def _score(label: Label) -> float:
    return label.score


def _chosen(cells: list[Cell], page: Page, at: float | None) -> Cell:
    """The cell at *at*; else the first that is no label of the next one."""
    if not cells:
        raise TemplateError("Nobody knows where this line stands on the page.")
    if at is not None:
        x = at * page.width
        return min(cells, key=lambda c: max(c.box.left - x, x - c.box.right, 0.0))
    if len(cells) == 2 and cells[0].text.endswith(":"):
        return cells[1]
    values = (cell for cell in cells if look_of(cell.text) != "text")
    return next(values, cells[-1])


def _labels(value: Cell, look: Kind, cells: list[Cell], page: Page) -> Iterator[Label]:
    """Labels of *value*: those that name a field of its look, and others.

    Beside text a label must say that it is one, by its colon: most words on a page
    stand beside other words.
    """
    goods = look in ("amount", "integer") and is_item(value, cells)
    for near in neighbours(value, cells, page):
        for words in said(near.cell, cells):
            if look_of(words) != "text" or not has_word(words):
                continue
            if has_digit(_SHARE.sub("", words)):
                continue  # “190,00 TVA 20%” is print of its own
            for score, field in known_fields(words):
                # Over the rows of goods, “total” and “tax” are those of a row.
                of_goods = goods and near.is_above and field.name != "quantity"
                if _fits(field, look, value.text) and not of_goods:
                    yield Label(score - near.far, near.cell, words, field)
            if words.endswith((":", "#", "°")):
                yield Label(_SAYS_SO - near.far, near.cell, words, None)
            elif look != "text":
                yield Label(_MAY_BE - near.far, near.cell, words, None)


def _fits(field: Field, look: Kind, text: str) -> bool:
    is_code = field.kind == "code" and look == "text" and is_mostly_digits(text)
    return look in field.looks or is_code


def _words(value: Cell, cells: list[Cell], page: Page) -> Iterator[Label]:
    """Whatever words stand before *value*: better than nothing to move with."""
    for near in neighbours(value, cells, page):
        text = near.cell.text
        if look_of(text) == "text" and has_word(text) and not has_digit(text):
            yield Label(-near.far, near.cell, text, None)


def _widened(value: Cell, look: Kind, cells: list[Cell], page: Page) -> Box:
    """*value*'s box in fractions, with a margin and some of the room beside it.

    Amounts stand at the right of their column and grow to the left; all else grows as
    it is read.
    """
    box = value.box
    others = [cell for cell in cells if cell.box != box and in_row(cell, value, 0.2)]
    margin = _MARGIN * box.height
    is_fixed = look == "date" and not re.search(r"[^\W\d_]", value.text)
    growth = max(margin, 0 if is_fixed else _GROWTH * box.width)
    to_left = look in ("amount", "integer") or is_rtl(value.text)
    before = [cell.box.right + 1 for cell in others if cell.box.right <= box.left]
    behind = [cell.box.left - 1 for cell in others if cell.box.left >= box.right]
    left = max([box.left - (growth if to_left else margin), *before])
    right = min([box.right + (margin if to_left else growth), *behind])
    grown = Box(
        min(left, box.left - margin),
        box.top - margin,
        max(right, box.right + margin),
        box.bottom + margin,
    )
    return _in_fractions(grown, page)


def _in_fractions(box: Box, page: Page) -> Box:
    def within(value: float) -> float:
        return round(min(1.0, max(0.0, value)), 5)

    return Box(
        within(box.left / page.width),
        within(box.top / page.height),
        within(box.right / page.width),
        within(box.bottom / page.height),
    )


def _in_pixels(box: Box, page: Page) -> Box:
    return Box(
        box.left * page.width,
        box.top * page.height,
        box.right * page.width,
        box.bottom * page.height,
    )


def _covered(box: Box, by: Box) -> float:
    """The share of *box* that lies in the other one."""
    wide = min(box.right, by.right) - max(box.left, by.left)
    high = min(box.bottom, by.bottom) - max(box.top, by.top)
    return max(0.0, wide) * max(0.0, high) / max(1.0, box.width * box.height)


def _slug(label: str) -> str:
    """*label* as a name that rules can be written with: customer_ref."""
    return "_".join(re.findall(r"[^\W_]+", name_key(label)))[:_LONGEST_NAME] or "field"


def _free(name: str, taken: Collection[str]) -> str:
    if name not in taken:
        return name
    count = 2
    while f"{name}_{count}" in taken:
        count += 1
    return f"{name}_{count}"
