"""Numbers printed clean, in a typeface that every machine of ours has."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
EM = 44


def printed(text: str, tracking: float = 0.05, joined: bool = False) -> Image.Image:
    """*text* glyph by glyph; *tracking* is a share of the em, and *joined* glyphs are
    drawn so that each touches the next."""
    font = ImageFont.truetype(FONT, EM, layout_engine=ImageFont.Layout.BASIC)
    page = Image.new("L", (EM * (len(text) + 2), EM * 2), 255)
    draw = ImageDraw.Draw(page)
    x = EM / 2
    for char in text:
        left, _, right, _ = font.getbbox(char)
        draw.text((x - (left if joined else 0), EM * 1.5), char, 0, font, "ls")
        x += (right - left if joined else font.getlength(char)) + tracking * EM
        if joined:
            x += -tracking * EM - 1
    return page.crop((0, EM // 2, round(x + EM / 2), EM * 2))
