"""A page whose cells were marked by hand: python -m tests.invoices.cells FOLDER.

FOLDER holds a picture, ``coordinates_data.json`` (two clicks for each region) and
``truth.json`` (boxes with their values). Prints each cell: what it is, what was read,
how surely, and whether someone is asked to look.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image

from engines import (
    Region,
    Registration,
    Template,
    make_reference,
    read_fields,
)
from engines.digits.kit.evaluation.cells import is_value, region
from engines.registration.types import IDENTITY
from tests.invoices.readings import read_page

LANGUAGES = ("ara", "eng")
LAID = Registration("features", 1.0, IDENTITY)  # it is the page that was marked


def main(given: Sequence[str] | None = None) -> None:
    parser = ArgumentParser(prog="python -m tests.invoices.cells", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kinds", default="integer,date,integer,amount")
    parser.add_argument("--expected", default="1,2021-12-27,20,56000")
    options = parser.parse_args(given)
    image = Image.open(next(options.folder.glob("*.jp*g"))).convert("RGB")
    kinds, expected = options.kinds.split(","), options.expected.split(",")
    clicks = json.loads((options.folder / "coordinates_data.json").read_text())
    show(image, "marked", list(marked(clicks, kinds, image)), expected)
    truth = json.loads((options.folder / "truth.json").read_text())["fields"]
    cells = [region(cell["name"], "amount", cell["roi"], image.size) for cell in truth]
    show(image, "cells", cells, [str(cell["value"]) for cell in truth])


def marked(
    clicks: dict[str, list[list[int]]], kinds: Sequence[str], image: Image.Image
) -> Iterator[Region]:
    for (name, corners), kind in zip(clicks.items(), kinds, strict=True):
        (x, y), (right, bottom) = corners[:2]
        sides = [min(x, right), min(y, bottom), max(x, right), max(y, bottom)]
        yield region(name, kind, sides, image.size)


def show(
    image: Image.Image, title: str, regions: list[Region], expected: Sequence[str]
) -> None:
    template = Template(tuple(regions), languages=LANGUAGES)
    reference = make_reference(image, read_page(image))
    found = read_fields(image, template, reference, LAID, regions=template.regions)
    right = [
        is_value(field.value, value)
        for field, value in zip(found, expected, strict=True)
    ]
    for field, value, good in zip(found, expected, right, strict=True):
        state = f"review ({field.cause})" if field.cause else "automatic"
        sure = f"{field.confidence:.3f}"
        print(f"{field.name:22} {value:12} {field.value:12} {good!s:6} {sure} {state}")
    silent = sum(not good and not x.cause for good, x in zip(right, found, strict=True))
    print(f"{title}: {sum(right)} of {len(right)} right, {silent} silently wrong\n")


if __name__ == "__main__":
    main(sys.argv[1:])
