"""Glyphs as files: class folders, one sheet of them all, label boxes beside pictures.

A class folder is named by its code point (``U+0665``), for a slash can name none. Boxes
are Tesseract's: ``char left bottom right top page``, in pixels from the bottom left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from engines.digits.crops import HEIGHT
from engines.digits.kit.cnn.glyphs import WIDE_CLASSES, make_glyph
from engines.errors import OcrError

EACH = 40  # glyphs of a class on the sheet
GAP = 8  # pixels of paper between them
INK = 128  # grey levels below which a pixel is ink
PICTURES = (".png", ".tif", ".tiff")
FRAME = "#c00000"

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Box:
    """A character and where it stands, in pixels from the bottom left."""

    char: str
    left: int
    bottom: int
    right: int
    top: int
    page: int = 0

    def line(self) -> str:
        edges = (self.left, self.bottom, self.right, self.top, self.page)
        return " ".join((self.char, *map(str, edges)))


@dataclass(frozen=True, slots=True)
class Pair:
    """A picture, and the boxes of what is printed on it."""

    picture: Path
    boxes: tuple[Box, ...]


def name_of(char: str) -> str:
    """
    >>> name_of("٥")
    'U+0665'
    """
    return f"U+{ord(char):04X}"


def write_class_folders(
    folder: Path,
    count: int,
    seed: int = 1,
    level: str = "medium",
    classes: str = WIDE_CLASSES,
    tell: Tell = lambda done, total: None,
) -> None:
    """*count* augmented glyphs a class, black on white, a folder a class.

    Raises:
        FontsMissing: too few fonts are installed to draw them.
    """
    for number, char in enumerate(classes):
        own = folder / name_of(char)
        own.mkdir(parents=True, exist_ok=True)
        for index in range(count):
            glyph = make_glyph(seed * 1_000_000 + index, char, level=level)
            Image.fromarray(255 - glyph.pixels).save(own / f"{index:05}.png")
            tell(number * count + index + 1, count * len(classes))


def class_files(folder: Path) -> dict[str, tuple[Path, ...]]:
    """The pictures of each class, by its character.

    Raises:
        OcrError: there are no class folders, or one of them is empty.
    """
    named = {
        chr(int(own.name[2:], 16)): tuple(sorted(own.glob("*.png")))
        for own in sorted(folder.glob("U+*"))
        if own.is_dir() and re.fullmatch(r"U\+[0-9A-F]{4,5}", own.name)
    }
    if not named:
        raise OcrError(f"There are no class folders (such as U+0665) in “{folder}”.")
    for char, files in named.items():
        if not files:
            raise OcrError(f"The class folder “{name_of(char)}” holds no PNG picture.")
    return named


def write_sheet(folder: Path, target: Path, each: int = EACH) -> tuple[Box, ...]:
    """One picture of all classes in *folder*, a row a class, and its boxes beside it.

    Raises:
        OcrError: the class folders are missing or empty, or a picture is broken.
    """
    rows = [(c, files[:each]) for c, files in class_files(folder).items()]
    cell = HEIGHT + GAP
    size = (max(len(files) for _, files in rows) * cell + GAP, len(rows) * cell + GAP)
    page = Image.new("L", size, 255)
    boxes: list[Box] = []
    for row, (char, files) in enumerate(rows):
        for column, path in enumerate(files):
            place = (GAP + column * cell, GAP + row * cell)
            glyph = fitted(path)
            page.paste(glyph, place)
            boxes.append(box_of(char, glyph, place, page.height))
    page.save(target)
    write_boxes(target.with_suffix(".box"), boxes)
    return tuple(boxes)


def fitted(path: Path) -> Image.Image:
    """The picture at *path* in grey, made small enough for a cell."""
    try:
        with Image.open(path) as image:
            grey = image.convert("L")
    except OSError as wrong:
        raise OcrError(f"“{path.name}” is no picture that can be read.") from wrong
    grey.thumbnail((HEIGHT, HEIGHT))
    return grey


def box_of(char: str, glyph: Image.Image, place: tuple[int, int], high: int) -> Box:
    """The box around the ink of *glyph* at *place* on a page *high* pixels high; around
    all of it where no pixel is dark."""
    rows, columns = np.nonzero(np.asarray(glyph) < INK)
    if not len(rows):
        rows, columns = np.array((0, glyph.height - 1)), np.array((0, glyph.width - 1))
    x, y = place
    return Box(
        char,
        x + int(columns.min()),
        high - (y + int(rows.max()) + 1),
        x + int(columns.max()) + 1,
        high - (y + int(rows.min())),
    )


def write_boxes(path: Path, boxes: Iterable[Box]) -> None:
    lines = (f"{box.line()}\n" for box in boxes)
    path.write_text("".join(lines), encoding="utf-8")


def read_boxes(path: Path) -> tuple[Box, ...]:
    """
    Raises:
        OcrError: a line is no box, or the file no text.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except ValueError as wrong:
        raise OcrError(f"“{path.name}” is no text in UTF-8.") from wrong
    return tuple(parsed(path, number, line) for number, line in enumerate(lines, 1))


def parsed(path: Path, number: int, line: str) -> Box:
    char, *edges = line.split(" ")
    if not char or len(edges) != 5 or not all(edge.isdecimal() for edge in edges):
        raise OcrError(f"Line {number} of “{path.name}” is no box: “{line}”.")
    box = Box(char, *map(int, edges))
    if box.left >= box.right or box.bottom >= box.top:
        raise OcrError(f"The box in line {number} of “{path.name}” holds nothing.")
    return box


def paired(folder: Path) -> tuple[Pair, ...]:
    """Each picture in *folder* with its boxes, all of them on the picture.

    Raises:
        OcrError: a picture lacks boxes, boxes lack a picture, or they do not fit.
    """
    files = sorted(folder.glob("*"))
    pictures = {path.stem: path for path in files if path.suffix in PICTURES}
    labels = {path.stem: path for path in sorted(folder.glob("*.box"))}
    if not pictures and not labels:
        raise OcrError(f"There are no pictures with boxes in “{folder}”.")
    for stem in sorted(pictures.keys() ^ labels.keys()):
        if stem in pictures:
            raise OcrError(f"“{pictures[stem].name}” has no “{stem}.box” beside it.")
        raise OcrError(f"“{labels[stem].name}” has no picture beside it.")
    return tuple(pair_of(pictures[stem], labels[stem]) for stem in pictures)


def pair_of(picture: Path, labels: Path) -> Pair:
    boxes = read_boxes(labels)
    if not boxes:
        raise OcrError(f"“{labels.name}” holds no box.")
    try:
        with Image.open(picture) as image:
            wide, high = image.size
    except OSError as wrong:
        raise OcrError(f"“{picture.name}” is no picture that can be read.") from wrong
    for number, box in enumerate(boxes, 1):
        if box.right > wide or box.top > high:
            raise OcrError(
                f"The box in line {number} of “{labels.name}” lies outside of "
                f"“{picture.name}”, which has {wide} by {high} pixels."
            )
    return Pair(picture, boxes)


def picture_of(pair: Pair) -> Image.Image:
    """To look at: the picture with its boxes drawn."""
    with Image.open(pair.picture) as image:
        page = image.convert("RGB")
    draw = ImageDraw.Draw(page)
    for box in pair.boxes:
        top, bottom = page.height - box.top, page.height - box.bottom
        draw.rectangle((box.left - 1, top - 1, box.right, bottom), outline=FRAME)
    return page
