"""A small labelled folder, drawn on the spot: two layouts with two invoices each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

SIZE = (1000, 1300)
FACE = 30


def folder(path: Path) -> Path:
    """Bills have their number and date on top, letters below; totals float."""
    rows = [
        *_bill(path, "first", "AB-1201", "2021-12-27", "27/12/2021", "1 250,00", 2),
        *_bill(path, "second", "CD-3402", "2022-01-03", "03/01/2022", "80,50", 4),
        *_letter(path, "third", "Corner Bakery"),
        *_letter(path, "fourth", "Harbour Books"),
    ]
    truth = "".join(json.dumps(row) + "\n" for row in rows)
    (path / "truth.jsonl").write_text(truth, encoding="utf-8")
    return path


def _bill(
    path: Path, name: str, number: str, date: str, print_: str, total: str, items: int
) -> list[dict[str, Any]]:
    page = _Page()
    page.write(60, 60, "Northern Timber Company")
    page.write(60, 110, "14 Harbour Street, Oldtown")
    page.write(60, 220, "Invoice number")
    page.write(560, 220, "Invoice date")
    number_box = page.write(60, 270, number)
    date_box = page.write(560, 270, print_)
    page.write(60, 400, "Description")
    page.write(700, 400, "Price")
    page.draw.line((50, 445, 950, 445), "black", 3)
    y = 470
    for item in range(items):
        page.write(60, y, f"Oak board number {item + 1}")
        y += 60
    page.write(500, y + 40, "Total due")
    total_box = page.write(700, y + 40, total)
    page.write(60, 1200, "Payable within thirty days, thank you")
    page.image.save(path / f"{name}.png")
    amount = float(total.replace(" ", "").replace(",", "."))
    return [
        _row(1, name, "NUMBER", "text", number, number_box, fixed=True),
        _row(1, name, "DATE", "date", date, date_box, fixed=True, form="%d/%m/%Y"),
        _row(1, name, "TOTAL", "amount", amount, total_box, fixed=False),
    ]


def _letter(path: Path, name: str, sender: str) -> list[dict[str, Any]]:
    page = _Page()
    page.draw.rectangle((0, 0, 120, SIZE[1]), "navy")
    sender_box = page.write(600, 900, sender)
    page.write(300, 120, "Delivery note of the week")
    page.write(300, 300, "Received in good order by")
    page.write(300, 700, "Please sign and send back")
    page.image.save(path / f"{name}.png")
    return [_row(2, name, "SENDER", "text", sender, sender_box, fixed=True)]


class _Page:
    def __init__(self) -> None:
        self.image = Image.new("RGB", SIZE, "white")
        self.draw = ImageDraw.Draw(self.image)
        self.face = ImageFont.load_default(FACE)

    def write(self, x: int, y: int, text: str) -> list[int]:
        """Print *text* there; the box that its ink fills."""
        self.draw.text((x, y), text, "black", self.face)
        box = self.draw.textbbox((x, y), text, self.face)
        return [round(edge) for edge in box]


def _row(
    layout: int,
    name: str,
    field: str,
    kind: str,
    expected: object,
    box: list[int],
    *,
    fixed: bool,
    form: str | None = None,
) -> dict[str, Any]:
    left, top = box[0] // 10 * 10, box[1] // 10 * 10  # the same for every print
    loose = [left - 10, top - 10, left + 320, top + 50]
    return {
        "template": layout,
        "image": f"{name}.png",
        "field": field,
        "type": kind,
        "template_roi": loose if fixed else None,
        "tight_roi": box,
        "expected": expected,
        "date_format": form,
    }
