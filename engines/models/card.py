"""A test card, drawn here, and what an engine reads on it: whether it works at all."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from engines.errors import OcrError
from engines.exports import Result, export_result
from engines.exports.fonts import SHIPPED
from engines.images import PageImage, load_page
from engines.pipeline import read_page
from engines.protocol import Engine, traits_of
from engines.registry import get_engine
from engines.scoring import normalise, words
from engines.types import Options, Page

if TYPE_CHECKING:
    from PIL.Image import Image

LINES = (
    "Test card 2026",
    "Invoice 40718 of 14.03.2025",
    "Three chairs 3 x 86.50",
    "Total EUR 259.50",
)
SIZE, STEP, MARGIN, WIDTH = 36, 72, 48, 760  # pixels
ENOUGH = 0.8  # of the words, or of the numbers alone for who reads nothing else
NUMBERS_ALONE, PDFS_ALONE = ("digits",), ("embedded",)


@dataclass(frozen=True, slots=True)
class Check:
    """What came of reading the card: ``recall`` of its words, None where an engine
    describes; ``trouble`` is a sentence, empty where all is well."""

    engine: str
    recall: float | None = None
    seconds: float = 0.0
    trouble: str = ""

    @property
    def ok(self) -> bool:
        return not self.trouble


def check(name: str) -> Check:
    """Load the engine *name* and let it read the card."""
    start = time.perf_counter()
    try:
        engine = get_engine(name)
        available = engine.availability()
        if not available.ok:
            trouble = f"{available.reason} {available.remedy}".strip()
            return Check(name, trouble=trouble)
        recall = recall_of(engine)
    except OcrError as error:
        return Check(name, trouble=str(error))
    except Exception as error:  # whatever an engine's libraries raise
        return Check(name, trouble=f"{type(error).__name__}: {error}")
    seconds = time.perf_counter() - start
    if recall is not None and recall < ENOUGH:
        trouble = f"It read {recall:.0%} of the test card, less than {ENOUGH:.0%}."
        return Check(name, recall, seconds, trouble)
    return Check(name, recall, seconds)


def recall_of(engine: Engine) -> float | None:
    """How many of the card's words *engine* reads, with or without spaces around them:
    some readers lose those."""
    page = page_for(engine)
    read = read_page(page, engine=engine.name, options=Options(), turn=0)
    if traits_of(engine).describes:
        return None
    wanted = words(" ".join(LINES))
    if engine.name in NUMBERS_ALONE:
        wanted = type(wanted)(x for x in wanted.elements() if x[0].isdigit())
    seen = "".join(normalise(read.text).split())
    return sum(word in seen for word in wanted.elements()) / wanted.total()


def page_for(engine: Engine) -> PageImage:
    """The card: a picture, or for an engine that reads no pictures a PDF."""
    return pdf_page() if engine.name in PDFS_ALONE else PageImage(drawn(), dpi=200)


def drawn() -> Image:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, 2 * MARGIN + STEP * len(LINES)), "white")
    pen, face = ImageDraw.Draw(picture), SHIPPED.at(SIZE)
    for number, line in enumerate(LINES):
        pen.text((MARGIN, MARGIN + STEP * number), line, "black", face)
    return picture


def pdf_page() -> PageImage:
    """The card as a PDF that carries its own text."""
    picture = drawn()
    said = Page(*picture.size, text="\n".join(LINES))
    result = Result({1: said}, picture=lambda number: PageImage(picture, dpi=200))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "card.pdf"
        file.write_bytes(export_result("pdf", result))
        page = load_page(file)
        layer = page.text_layer  # read while the file is there
    return PageImage(page.image, page.dpi, lambda: layer)
