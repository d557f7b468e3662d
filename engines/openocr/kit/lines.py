"""Labelled lines in a folder, in the ways that people have them.

``labels.txt`` or ``labels.tsv`` with a picture and its text a row, a tab between;
``truth.jsonl`` with pages, and lines in them by their boxes; or pictures with their
text beside them, in ``x.gt.txt`` or ``x.txt`` (Tesseract's and kraken's way).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from PIL import Image

from engines.errors import FileError, OcrError
from engines.openocr.kit.characters import frames_for, is_from_the_right, plain
from engines.openocr.kit.pictures import STEP, WIDEST, Pixels, scaled

LABELS = ("labels.tsv", "labels.txt")
TRUTH = "truth.jsonl"
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
TEXTS = (".gt.txt", ".txt")
FEWEST = 12  # lines: of fewer nothing can be held out to measure by
HELD_OUT = 10  # every so many-th line, by what its picture holds

Corners = tuple[int, int, int, int]  # left, top, right, bottom, in pixels


@dataclass(frozen=True, slots=True)
class Named:
    """A line as the folder names it: ``where`` is said when something is wrong."""

    where: str
    picture: Path
    text: str
    corners: Corners | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is learnt. ``key`` tells what is on the picture from all others."""

    key: str
    pixels: Pixels
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Those to learn from and those to measure by; how many were left out, and why."""

    learnt: tuple[Line, ...]
    held_out: tuple[Line, ...]
    left_out: dict[str, int] = field(default_factory=dict)

    def texts(self) -> Iterator[str]:
        yield from (line.text for line in (*self.learnt, *self.held_out))

    def digest(self) -> str:
        """Changes with any line."""
        told = sha256()
        for line in (*self.learnt, *self.held_out):
            told.update(f"{line.key}\t{line.text}\n".encode())
        return told.hexdigest()


def read_lines(folder: Path) -> Lines:
    """The labelled lines in *folder*, one in ten held out: always the same ones, and
    pictures that are alike on the same side.

    Raises:
        FileError: a picture is missing or broken, or the labels are.
        OcrError: there are too few lines, a text is empty or runs from the right.
    """
    lines: dict[str, Line] = {}
    left_out: dict[str, int] = {}
    for named in named_in(folder):
        line, why = looked_at(named)
        if line is None:
            left_out[why] = left_out.get(why, 0) + 1
        else:
            lines[line.key] = line
    if len(lines) < FEWEST:
        raise OcrError(
            f"There are too few lines to learn from in {folder}: {len(lines)}. "
            f"It takes {FEWEST}."
        )
    return split(sorted(lines.values(), key=lambda line: line.key), left_out)


def split(lines: Sequence[Line], left_out: dict[str, int]) -> Lines:
    """*lines*, sorted by their keys, on two sides."""
    held = [line for line in lines if int(line.key[:8], 16) % HELD_OUT == 0]
    held = held or [lines[0]]
    names = {line.key for line in held}
    learnt = tuple(line for line in lines if line.key not in names)
    return Lines(learnt, tuple(held), left_out)


def looked_at(named: Named) -> tuple[Line | None, str]:
    """*named* as a line, or why it is left out.

    Raises:
        FileError: the picture is missing or broken.
        OcrError: the text is none that can be learnt.
    """
    text = plain(named.text)
    if not text:
        raise OcrError(f"{named.where}: the text is empty.")
    if is_from_the_right(text):
        raise OcrError(
            f"{named.where}: “{text}” runs from the right to the left, and OpenOCR's "
            "recognisers read from the left to the right alone."
        )
    image = picture_of(named)
    key = sha256(image.tobytes() + repr(image.size).encode()).hexdigest()
    pixels = scaled(image)
    if pixels.shape[1] > WIDEST:
        return None, f"wider than {WIDEST} pixels at a height of 48"
    if pixels.shape[1] // STEP < frames_for(text):
        return None, "too narrow for their text"
    return Line(key, pixels, text), ""


def picture_of(named: Named) -> Image.Image:
    """
    Raises:
        FileError: it is missing or broken, or the box holds nothing of it.
    """
    if not named.picture.is_file():
        raise FileError(f"{named.where}: there is no picture “{named.picture.name}”.")
    try:
        image = opened(named.picture)
    except (OSError, ValueError, Image.DecompressionBombError) as wrong:
        raise FileError(
            f"{named.where}: “{named.picture.name}” is no picture that can be read."
        ) from wrong
    if named.corners is None:
        return image
    left, top, right, bottom = named.corners  # drawn by hand, now and then too far
    right, bottom = min(right, image.width), min(bottom, image.height)
    left, top = max(left, 0), max(top, 0)
    if left >= right or top >= bottom:
        raise FileError(
            f"{named.where}: the box {list(named.corners)} holds nothing of "
            f"“{named.picture.name}”, which has {image.width} by {image.height} pixels."
        )
    return image.crop((left, top, right, bottom))


@lru_cache(maxsize=1)  # the lines of a page come one after the other
def opened(path: Path) -> Image.Image:
    with Image.open(path) as file:
        return file.convert("RGB")


def named_in(folder: Path) -> list[Named]:
    """The lines that *folder* names, in its order.

    Raises:
        FileError: there are none, or the file of them is broken.
    """
    if not folder.is_dir():
        raise FileError(f"There is no folder {folder}.")
    for name in LABELS:
        if (folder / name).is_file():
            return labelled(folder / name)
    if (folder / TRUTH).is_file():
        return in_pages(folder / TRUTH)
    found = beside(folder)
    if not found:
        raise FileError(
            f"There are no labelled lines in {folder}: neither labels.tsv or "
            "labels.txt (a picture, a tab, its text) nor truth.jsonl nor pictures with "
            "a .gt.txt or .txt beside them."
        )
    return found


def labelled(path: Path) -> list[Named]:
    """A row a line: a picture in the same folder, a tab, its text."""
    found = []
    for number, row in enumerate(text_of(path).split("\n"), 1):
        where = f"Line {number} of {path.name}"
        if not row.strip():
            continue
        picture, tab, text = row.rstrip("\r").partition("\t")
        if not tab:
            raise FileError(f"{where}: there is no tab between picture and text.")
        found.append(Named(where, path.parent / picture, text))
    return found


def in_pages(path: Path) -> list[Named]:
    """A row a page: ``{"image": ..., "lines": [{"text": ..., "roi": [...]}]}``, a roi
    left, top, right and bottom in pixels."""
    found = []
    for number, row in enumerate(text_of(path).split("\n"), 1):
        if not row.strip():
            continue
        where = f"Line {number} of {path.name}"
        try:
            page = json.loads(row)
            picture = path.parent / page["image"]
            found += [cut(where, picture, line) for line in page["lines"]]
        except (ValueError, KeyError, TypeError) as wrong:
            raise FileError(
                f"{where}: it is no page with “image” and “lines”, each with “text” "
                "and “roi”."
            ) from wrong
    return found


def cut(where: str, picture: Path, line: dict[str, Any]) -> Named:
    left, top, right, bottom = (round(edge) for edge in line["roi"])
    return Named(where, picture, str(line["text"]), (left, top, right, bottom))


def beside(folder: Path) -> list[Named]:
    """Pictures that have their text in a file beside them."""
    found = []
    for picture in sorted(folder.iterdir()):
        if picture.suffix.lower() not in PICTURES:
            continue
        files = (picture.with_name(f"{picture.stem}{end}") for end in TEXTS)
        text = next((file for file in files if file.is_file()), None)
        if text is None:
            raise FileError(f"“{picture.name}” has no {picture.stem}.gt.txt beside it.")
        found.append(Named(text.name, picture, text_of(text)))
    return found


def text_of(path: Path) -> str:
    """
    Raises:
        FileError: it is no text in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except ValueError as wrong:
        raise FileError(f"“{path.name}” is no text in UTF-8.") from wrong
