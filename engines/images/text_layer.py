"""The text a PDF page carries, as lines with places on its picture."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_int
from math import atan2, cos, pi, sin
from typing import Any, NamedTuple

from pypdfium2 import raw

from engines.geometry import Affine, move_box, move_line, quarter_turns
from engines.layout import arranged
from engines.types import Box, Line, Page, Word

ENGINE = "embedded"
FINE = 64  # PDFium maps to whole pixels: of a page this many times larger
WORD_GAP = 0.3  # of the letters' height, where no space was written
LINE_GAP = 1.5  # of the letters' height: what stands further apart is another line
LEVEL = 10  # degrees from level or plumb; watermarks run further askew
HYPHENS = {0x02: "-", 0xFFFE: "-"}  # PDFium's marks for one at the end of a line


class Letter(NamedTuple):
    text: str
    box: Box
    quarters: int  # quarter turns clockwise that set it upright


def read_layer(page: Any, width: int, height: int) -> Page | None:
    """The text of an open PDF *page* in the frame of its picture; None without any."""
    textpage = page.get_textpage()
    try:
        letters = list(_letters(textpage, _to_pixels(page, width, height)))
    finally:
        textpage.close()
    lines = tuple(_lines(letters, width, height))
    if not lines:
        return None
    return arranged(Page(width, height, lines, engine=ENGINE))


def _to_pixels(page: Any, width: int, height: int) -> Affine:
    """From the page's points, y up, through crop and rotation, to pixels."""
    points = ((0, 0), (1000, 0), (0, 1000))
    (ox, oy), (rx, ry), (ux, uy) = (
        _device(page, width, height, *point) for point in points
    )
    return Affine(
        (rx - ox) / 1000, (ux - ox) / 1000, ox, (ry - oy) / 1000, (uy - oy) / 1000, oy
    )


def _device(
    page: Any, width: int, height: int, x: float, y: float
) -> tuple[float, float]:
    column, row = c_int(), c_int()
    size = (0, 0, width * FINE, height * FINE)
    raw.FPDF_PageToDevice(page, *size, 0, x, y, byref(column), byref(row))
    return column.value / FINE, row.value / FINE


def _letters(textpage: Any, to_pixels: Affine) -> Iterator[Letter | None]:
    """The letters as PDFium orders them, None for its line breaks."""
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in (0x0A, 0x0D):
            yield None
            continue
        text = HYPHENS.get(code) or chr(code)
        angle = raw.FPDFText_GetCharAngle(textpage, index)
        quarters = _quarters(angle, to_pixels)
        if quarters is not None:
            yield Letter(text, _box(textpage, index, to_pixels), quarters)


def _quarters(angle: float, to_pixels: Affine) -> int | None:
    """How letters drawn at *angle* lie in the picture; None when they run askew."""
    across, down = cos(angle), sin(angle)
    x = to_pixels.a * across + to_pixels.b * down
    y = to_pixels.d * across + to_pixels.e * down
    quarters = atan2(y, x) / (pi / 2)
    if abs(quarters - round(quarters)) * 90 > LEVEL:
        return None
    return -round(quarters) % 4


def _box(textpage: Any, index: int, to_pixels: Affine) -> Box:
    bounds = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(textpage, index, bounds)
    corners = [(bounds.left, bounds.bottom), (bounds.right, bounds.top)]
    return Box.around([to_pixels(corner) for corner in corners])


def _lines(letters: list[Letter | None], width: int, height: int) -> Iterator[Line]:
    """Letters to lines, broken at PDFium's breaks, at turns of the way, and at gaps."""
    run: list[Letter] = []
    for letter in [*letters, None]:
        if run and (letter is None or _is_apart(run, letter)):
            yield from _line(run, width, height)
            run = []
        if letter is not None and (run or not letter.text.isspace()):
            run.append(letter)


def _is_apart(run: list[Letter], letter: Letter) -> bool:
    if letter.text.isspace():  # PDFium makes up spaces, and they lie nowhere
        return False
    before = next(one for one in reversed(run) if not one.text.isspace())
    return letter.quarters != before.quarters or _gap(before, letter) > LINE_GAP


def _gap(before: Letter, letter: Letter) -> float:
    """The space between two letters along their line, in heights of the first."""
    one, two = before.box, letter.box
    if before.quarters % 2:
        gap, height = max(two.top - one.bottom, one.top - two.bottom), one.width
    else:
        gap, height = max(two.left - one.right, one.left - two.right), one.height
    return gap / max(height, 1.0)


def _line(run: list[Letter], width: int, height: int) -> Iterator[Line]:
    """The line of *run*, if it says anything: built upright, then turned back."""
    quarters = run[0].quarters
    ahead = quarter_turns(quarters, width, height)
    words = tuple(_words(run, ahead))
    if not words:
        return
    text = " ".join(word.text for word in words)
    box = Box.around([corner for word in words for corner in word.box.polygon])
    yield move_line(Line(text, box.polygon, words), ahead.inverse())


def _words(run: list[Letter], ahead: Affine) -> Iterator[Word]:
    word: list[Letter] = []
    for letter in run:
        ends = letter.text.isspace() or (word and _gap(word[-1], letter) > WORD_GAP)
        if ends and word:
            yield _word(word, ahead)
            word = []
        if not letter.text.isspace():
            word.append(letter)
    if word:
        yield _word(word, ahead)


def _word(letters: list[Letter], ahead: Affine) -> Word:
    text = "".join(letter.text for letter in letters)
    # PDFium hands out letters beyond the basic plane in two halves.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    corners = [corner for letter in letters for corner in letter.box.polygon]
    return Word(text, move_box(Box.around(corners), ahead))
