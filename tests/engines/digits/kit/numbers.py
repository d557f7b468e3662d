"""Numbers printed clean, in a typeface that every machine of ours has."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
EM = 44


def printed(text: str, gap: int = 5) -> Image.Image:
    """*text* glyph by glyph, with *gap* pixels of paper between the ink of two."""
    font = ImageFont.truetype(FONT, EM, layout_engine=ImageFont.Layout.BASIC)
    page = Image.new("L", (EM * (len(text) + 2), EM * 2), 255)
    x = EM // 2
    for char in text:
        glyph = Image.new("L", page.size, 255)
        ImageDraw.Draw(glyph).text((EM, EM * 1.5), char, 0, font, "ls")
        left, _, right, _ = ImageChops.invert(glyph).getbbox() or (0, 0, 0, 0)
        moved = ImageChops.offset(glyph, x - left, 0)
        page = ImageChops.darker(page, moved)
        x += right - left + gap
    return page.crop((0, EM // 2, x + EM // 2, EM * 2))
