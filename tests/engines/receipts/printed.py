"""Receipts as print: rows of text, their cells parted by bars."""

from __future__ import annotations

from engines import Box, Line, Page, ReceiptReading, read_receipt

STEP, HEIGHT, COLUMN = 30, 20, 300


def printed(text: str, confidence: float | None = 0.99) -> Page:
    """A page that prints *text*: a line for each cell, columns far apart."""
    lines = []
    rows = [row.strip() for row in text.strip().splitlines()]
    for place, row in enumerate(rows):
        for column, cell in enumerate(filter(None, map(str.strip, row.split("|")))):
            left, top = 10 + COLUMN * column, 10 + STEP * place
            box = Box(left, top, left + 9 * len(cell), top + HEIGHT)
            lines.append(Line(cell, box.polygon, confidence=confidence))
    return Page(1200, 40 + STEP * len(rows), tuple(lines), text)


def spoken(text: str) -> Page:
    """The same as an engine gives it that knows no places."""
    rows = [row.strip() for row in text.strip().splitlines()]
    lines = tuple(Line(row.replace("|", " ")) for row in rows if row)
    return Page(1200, 1200, lines, text)


def read(text: str, **wishes: object) -> ReceiptReading:
    return read_receipt([printed(text)], **wishes)


def values(reading: ReceiptReading) -> dict[str, str]:
    """What was found, by name; what was not is left out."""
    names = ("merchant", "date", "total", "currency", "tax", "category")
    found = {name: getattr(reading, name).value for name in names}
    return {name: value for name, value in found.items() if value}
