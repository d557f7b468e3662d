"""The cells of a form: FOLDER with a picture, and truth.json with a box for each.

``truth.json`` holds ``fields``: name, roi (pixels), text as printed, value. Each cell
is read twice over: its crop by a reader of lines, and its region by the whole product.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from engines.digits.alphabet import in_symbols
from engines.digits.kit.evaluation.types import Reader
from engines.errors import FileError
from engines.regions import read_place
from engines.roi import FieldReading, Kind, Region, Template
from engines.types import Box

LANGUAGES = ("ara", "eng")
PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed and as read; ``cause`` is why someone is asked to look."""

    name: str
    kind: str
    text: str
    value: str
    read: str
    read_value: str
    confidence: float
    cause: str = ""

    @property
    def has_text(self) -> bool:
        return in_symbols(self.read) == in_symbols(self.text)

    @property
    def has_value(self) -> bool:
        return is_value(self.read_value, self.value)


def is_value(read: str, value: str) -> bool:
    return read in {value, f"{value}.00"}


def picture_and_truth(folder: Path) -> tuple[Image.Image, list[dict[str, Any]]]:
    """
    Raises:
        FileError: *folder* holds no truth.json, or no picture.
    """
    truth = folder / "truth.json"
    pictures = sorted(p for p in folder.glob("*") if p.suffix.lower() in PICTURES)
    if not truth.is_file() or not pictures:
        raise FileError(f"{folder} does not hold a picture and a truth.json.")
    fields = json.loads(truth.read_text(encoding="utf-8"))["fields"]
    return Image.open(pictures[0]).convert("RGB"), fields


def read_crops(folder: Path, reader: Reader) -> list[Cell]:
    """Each cell's crop, read as one line."""
    image, fields = picture_and_truth(folder)
    cells = []
    for row in fields:
        reading = reader(image.crop(tuple(row["roi"])))
        text, value = row["text"], str(row["value"])
        cells.append(
            Cell(row["name"], "", text, value, reading.text, "", reading.confidence)
        )
    return cells


def read_regions(folder: Path, kind: Kind) -> list[Cell]:
    """Each cell as a region of *kind* that a person drew, read by the whole product."""
    image, fields = picture_and_truth(folder)
    regions = [region(row["name"], kind, row["roi"], image.size) for row in fields]
    template = Template(tuple(regions), languages=LANGUAGES)
    cells = []
    for row, place in zip(fields, regions, strict=True):
        found = read_place(image, template, place, Box(*row["roi"]).polygon)
        cells.append(as_cell(row, kind, found))
    return cells


def as_cell(row: dict[str, Any], kind: Kind, found: FieldReading) -> Cell:
    return Cell(
        row["name"],
        kind,
        row["text"],
        str(row["value"]),
        found.raw,
        found.value,
        found.confidence,
        found.cause,
    )


def region(
    name: str, kind: Kind, sides: Sequence[float], size: tuple[int, int]
) -> Region:
    """The region *name* with *sides* in pixels of a page of *size*."""
    left, top, right, bottom = sides
    width, height = size
    box = Box(left / width, top / height, right / width, bottom / height)
    return Region(name, kind, box)
