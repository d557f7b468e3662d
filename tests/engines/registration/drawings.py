"""Invoices drawn on the spot: two layouts, any content, seen from any side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engines import Anchor, Box, Line, Page, Reference, Region, Word, make_reference
from engines.types import Point

SIZE = (1240, 1754)  # A4 at 150 dpi
FACE = 24
DESK = (70, 55, 45)
GOODS = ("Oak board", "Walnut veneer", "Pine beam", "Brass hinges", "Wood glue")
Plane = NDArray[np.float64]


@dataclass
class Drawing:
    """A page, what stands on it word for word, and where by name."""

    image: Image.Image = field(default_factory=lambda: Image.new("RGB", SIZE, "white"))
    lines: list[Line] = field(default_factory=list)
    boxes: dict[str, Box] = field(default_factory=dict)

    @property
    def page(self) -> Page:
        return Page(*self.image.size, lines=tuple(self.lines))

    @property
    def reference(self) -> Reference:
        return make_reference(self.image, self.page)

    def write(self, x: int, y: int, text: str, name: str = "", size: int = FACE) -> Box:
        draw, face = ImageDraw.Draw(self.image), ImageFont.load_default(size)
        words, start = [], float(x)
        for part in text.split():
            box = Box(*draw.textbbox((start, y), part, face))
            draw.text((start, y), part, "black", face)
            words.append(Word(part, box))
            start = box.right + size * 0.3
        around = Box.around([c for word in words for c in word.box.polygon])
        self.lines.append(Line(text, around.polygon, tuple(words)))
        self.boxes[name or text] = around
        return around

    def rule(self, y: int, left: int = 80, right: int = 1160) -> None:
        ImageDraw.Draw(self.image).line((left, y, right, y), "black", 3)

    def region(self, name: str, anchor: str = "", pad: float = 4.0) -> Region:
        """A region around what is called *name*, tied to the label *anchor*."""
        tied = Anchor(anchor, self.share(self.boxes[anchor])) if anchor else None
        box = self.boxes[name]
        drawn = Box(box.left - pad, box.top - pad, box.right + pad, box.bottom + pad)
        return Region(name, "text", self.share(drawn), anchor=tied)

    def share(self, box: Box) -> Box:
        width, height = self.image.size
        return Box(
            box.left / width, box.top / height, box.right / width, box.bottom / height
        )


def timber(
    number: str = "TB-2041",
    rows: int = 3,
    customer: Sequence[str] = ("Harbour Books", "7 Quay Road", "Oldtown"),
    totals: Sequence[str] = ("Net amount", "Sales tax", "Total due"),
) -> Drawing:
    """The invoices of a timber merchant; their totals slide down with the rows."""
    made = Drawing()
    made.write(80, 70, "NORTHERN TIMBER", size=44)
    made.write(80, 140, "14 Harbour Street, Oldtown, telephone 555 0182")
    made.write(760, 80, "Invoice number")
    made.write(760, 120, number, "number")
    made.write(760, 180, "Date of issue")
    made.write(760, 220, f"2021-{rows:02}-17", "date")
    for index, line in enumerate(customer):
        made.write(80, 260 + 40 * index, line)
    made.rule(440)
    for x, head in ((80, "Description"), (640, "Quantity"), (980, "Amount")):
        made.write(x, 455, head)
    made.rule(500)
    y = 520
    for row in range(rows):
        made.write(80, y, f"{GOODS[(row + len(number)) % 5]} {31 * row + 7} cm")
        made.write(660, y, str(row + 2))
        made.write(990, y, f"{137 * (row + 1)}.{row}0")
        y += 60
    for index, label in enumerate(totals):
        made.write(640, y + 40 + 50 * index, label)
        made.write(990, y + 40 + 50 * index, f"{rows * 411 + index}.50", f"{label}?")
    made.write(80, 1660, "Payable within thirty days to Oldtown Savings Bank")
    made.rule(1640)
    return made


def bakery() -> Drawing:
    """Another house's layout, with some of the same words at other places."""
    made = Drawing()
    ImageDraw.Draw(made.image).rectangle((0, 0, 180, SIZE[1]), "navy")
    made.write(520, 300, "Corner Bakery", size=60)
    made.write(240, 520, "Date of issue 2022-03-04")
    made.write(240, 600, "Invoice number CB-77")
    for index, good in enumerate(("White loaves", "Rye bread", "Butter cake")):
        made.write(240, 760 + 70 * index, f"{good} for the week {index + 11}")
        made.write(900, 760 + 70 * index, f"{index + 4}.80")
    made.write(240, 1200, "Total due 23.10")
    made.write(240, 1500, "Baked by night and brought by seven in the morning")
    return made


def seen(image: Image.Image, plane: Plane, size: tuple[int, int]) -> Image.Image:
    """*image* as *plane* carries it onto a desk of that *size*."""
    pixels = cv2.warpPerspective(
        np.asarray(image), plane, size, flags=cv2.INTER_AREA, borderValue=DESK
    )
    return Image.fromarray(np.asarray(pixels, np.uint8))


def lying(
    turn: float = 0, scale: float = 1, lean: float = 0, shift: float = 0
) -> Plane:
    """A page turned by degrees about its centre, scaled, seen from the side, moved."""
    width, height = SIZE
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    to_centre = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
    turned = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    leaning = np.array([[1, 0, 0], [0, 1, 0], [lean / width, lean / height, 1]])
    back = np.array([[1, 0, width / 2 + shift], [0, 1, height / 2 + shift], [0, 0, 1]])
    grown = np.diag([scale, scale, 1.0])
    return np.asarray(grown @ back @ leaning @ turned @ to_centre, np.float64)


def carried(plane: Plane, point: Point) -> Point:
    x, y, w = plane @ np.array([*point, 1.0])
    return float(x / w), float(y / w)


def farthest(one: Sequence[Point], other: Sequence[Point]) -> float:
    pairs = zip(one, other, strict=True)
    return float(max(np.hypot(*np.subtract(a, b)) for a, b in pairs))
