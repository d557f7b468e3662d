"""Pages with enough print on them to be known again, drawn and then really read."""

from __future__ import annotations

from PIL import Image, ImageDraw

PRINT = """Corner Shop Limited|Invoice number|%(number)s
14 Market Street, Bristol|Date of invoice|27 December 2021
Description of the goods|Quantity|Price
Apples from the orchard|12|3.40
Brown bread, sliced|2|4.10
Sum without tax|GBP|%(net)s
Value added tax, 20 %%|GBP|%(tax)s
Please pay within thirty days|To pay|%(total)s"""


def printed_invoice(
    number: str = "A-17/2021",
    net: str = "7.50",
    tax: str = "1.50",
    total: str = "9.00",
    shift: int = 0,
) -> Image.Image:
    """A page of 1000 by 1400 with enough print on it to be known again; its three
    columns begin at 60, 400 and 740, its eight rows at 80, 230, … and 1130."""
    page = Image.new("RGB", (1000, 1400), "white")
    pen = ImageDraw.Draw(page)
    print_ = PRINT % {"number": number, "net": net, "tax": tax, "total": total}
    for row, line in enumerate(print_.splitlines()):
        for column, words in enumerate(line.split("|")):
            at = (60 + 340 * column + shift, 80 + 150 * row + shift)
            pen.text(at, words, fill="black", font_size=28)
    frame = [edge + shift for edge in (40, 360, 960, 820)]
    pen.rectangle(frame, outline="black", width=3)
    return page
