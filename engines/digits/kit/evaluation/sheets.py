"""Pictures of the worst: crops with what is printed and what was read beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

ENLARGED = 3
COLUMNS, TEXT_ROOM, GAP = 3, 18, 8
CELL = (420, 110)
FONT = (
    "DejaVuSans.ttf"  # has all digits; else the default, which lacks the eastern ones
)

Shown = tuple[Image.Image, str]  # a crop and the words beneath


def sheet(crops: Sequence[Shown]) -> Image.Image:
    """*crops* in rows, each enlarged as far as its cell allows."""
    wide, high = CELL
    rows = -(-len(crops) // COLUMNS)
    size = (COLUMNS * (wide + GAP), max(1, rows) * (high + TEXT_ROOM + GAP))
    page = Image.new("L", size, 230)
    draw, font = ImageDraw.Draw(page), words_font()
    for number, (crop, words) in enumerate(crops):
        left = (number % COLUMNS) * (wide + GAP)
        top = (number // COLUMNS) * (high + TEXT_ROOM + GAP)
        page.paste(fitted(crop), (left, top))
        draw.text((left + 2, top + high), words, 0, font)
    return page


def words_font() -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    try:
        # Text is in visual order already: nothing may turn it round.
        layout = ImageFont.Layout.BASIC
        return ImageFont.truetype(FONT, TEXT_ROOM - 4, layout_engine=layout)
    except OSError:
        return ImageFont.load_default()


def fitted(crop: Image.Image) -> Image.Image:
    grey = crop.convert("L")
    share = min(ENLARGED, CELL[0] / grey.width, CELL[1] / grey.height)
    size = (max(1, round(grey.width * share)), max(1, round(grey.height * share)))
    return grey.resize(size, Image.Resampling.NEAREST)
