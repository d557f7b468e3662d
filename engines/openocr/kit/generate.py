"""python -m engines.openocr.kit.generate FOLDER: made lines with their text, to learn
from where nobody has typed any, and to see that learning works."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engines.digits.kit.fonts import faces
from engines.digits.kit.strings import number_string
from engines.digits.kit.wear import LEVELS, worn
from engines.digits.kit.words import latin_phrase
from engines.errors import OcrError
from engines.exports.fonts import SHIPPED_FONT

LABELS = "labels.tsv"
BIGGEST = 48  # pixels to the em
FACES = ("shipped", "installed")
KINDS = ("numbers", "words", "mixed")
FontAt = Callable[[int], ImageFont.FreeTypeFont]


@dataclass(frozen=True, slots=True)
class Style:
    """Lines of one ``kind``: numbers as invoices have them, words, or both, in the
    shipped typeface or in those installed; worn as the ``level`` says."""

    kind: str = "mixed"
    faces: str = "shipped"
    level: str = "clean"
    longest: int = 16  # characters


def line_of(seed: int, style: Style) -> tuple[Image.Image, str]:
    """The line of *seed* in grey, and its text.

    Raises:
        FontsMissing: too few typefaces are installed.
    """
    random = Random(f"{seed} {style}")
    level = LEVELS[style.level]
    text = text_of(random, style)
    size = random.randint(*level.digit)
    ink = set_in(font_for(random, style.faces), text, round(size * 1.4), random)
    lot = np.random.default_rng(random.getrandbits(64))
    return Image.fromarray(worn(lot, ink, level, size)), text


def text_of(random: Random, style: Style) -> str:
    while True:
        number, words = number_string(random, "western"), latin_phrase(random, 2)
        both = f"{words} {number}" if random.random() < 0.8 else f"{number} {words}"
        text = {"numbers": number, "words": words, "mixed": both}[style.kind]
        text = " ".join(text.split())
        if len(text) <= style.longest:
            return text


def font_for(random: Random, which: str) -> FontAt:
    if which == "shipped":
        return partial(ImageFont.truetype, SHIPPED_FONT)
    known = [face for face in faces("train", "latin") if not face.is_display]
    design = random.choice(sorted({face.design for face in known}))
    return random.choice([face for face in known if face.design == design]).at


def set_in(
    font_at: FontAt, text: str, size: int, random: Random
) -> NDArray[np.float32]:
    """The ink (0..1) of *text*, with room around it as detectors leave it."""
    font = font_at(min(size, BIGGEST))
    left, top, right, bottom = (round(edge) for edge in font.getbbox(text))
    room = [round(size * random.uniform(0.05, 0.3)) for _ in range(4)]
    canvas = Image.new(
        "L", (right - left + room[0] + room[1], bottom - top + room[2] + room[3]), 0
    )
    ImageDraw.Draw(canvas).text((room[0] - left, room[2] - top), text, 255, font)
    return np.asarray(canvas, np.float32) / np.float32(255)


def generate(folder: Path, count: int, seed: int, style: Style) -> None:
    """*count* lines as PNG in *folder*, and ``labels.tsv`` beside them.

    Raises:
        OcrError: there are labels already, or too few typefaces.
    """
    if (folder / LABELS).exists():
        raise OcrError(f"There is a {LABELS} in {folder} already.")
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number in range(count):
        image, text = line_of(seed * 1_000_000 + number, style)
        image.save(folder / f"{number:05}.png")
        rows.append(f"{number:05}.png\t{text}\n")
    (folder / LABELS).write_text("".join(rows), encoding="utf-8")


def main() -> None:
    parser = ArgumentParser(prog="python -m engines.openocr.kit.generate")
    add = parser.add_argument
    add("folder", type=Path)
    add("--count", type=int, default=500)
    add("--seed", type=int, default=1)
    add("--kind", choices=KINDS, default="mixed")
    add("--faces", choices=FACES, default="shipped")
    add("--level", choices=sorted(LEVELS), default="clean")
    add("--longest", type=int, default=16, metavar="N", help="characters of a line")
    asked = parser.parse_args()
    style = Style(asked.kind, asked.faces, asked.level, asked.longest)
    try:
        generate(asked.folder, asked.count, asked.seed, style)
    except OcrError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
