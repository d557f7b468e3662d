"""Pages drawn anew: what was read, where it was, on white or over the old print."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from engines.exports import Result, Wishes
from engines.exports.drawn import page_runs
from engines.exports.drawn_paper import BLACK, ink_of, painted_out
from engines.exports.drawn_text import draw_line
from engines.types import Page

if TYPE_CHECKING:
    from PIL import Image


def render(result: Result, wishes: Wishes) -> bytes:
    """A PNG of the page; of several pages a zip with a PNG each."""
    if len(result.pages) == 1:
        (number,) = result.pages
        return _png(result, number, wishes)
    out, digits = BytesIO(), len(str(max(result.pages, default=0)))
    with ZipFile(out, "w", ZIP_STORED) as together:  # PNGs are compressed already
        for number in result.pages:
            name = f"page-{number:0{digits}}.png"
            together.writestr(ZipInfo(name), _png(result, number, wishes))
    return out.getvalue()


def _png(result: Result, number: int, wishes: Wishes) -> bytes:
    page = result.pages[number]
    # Where print has no known place, none can be painted out.
    is_placed = bool(page.lines) and all(line.polygon for line in page.lines)
    if wishes.background == "white" or not is_placed:
        drawn = on_white(page)
    else:
        drawn = over(result.picture(number).image, page)
    out = BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def on_white(page: Page) -> Image.Image:
    """The text of *page* in black, in its size."""
    from PIL import Image

    canvas = Image.new("RGB", (page.width, page.height), "white")
    for line, words in page_runs(page):
        draw_line(canvas, line, words, BLACK)
    return canvas


def over(image: Image.Image, page: Page) -> Image.Image:
    """*image*, of the size of *page*, with its text in place of the old print."""
    runs = list(page_runs(page))
    canvas = painted_out(image, [line for line, _ in runs])
    paper = canvas.copy()
    for line, words in runs:
        draw_line(canvas, line, words, ink_of(line, image, paper))
    return canvas
