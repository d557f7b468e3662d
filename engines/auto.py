"""The engine that chooses, page by page and, where Arabic is about, line by line.

1. A PDF page with a plausible text layer is read from it: it is exact and free.
2. Where Arabic is among the languages, and can be read here, each line goes to the
   engine that is surer of it (``engines.mixed``).
3. Otherwise PP-OCR reads: Latin, Greek, Chinese and Japanese print. Where it is unsure
   of nearly all that it sees, the page may be Arabic, and a few lines are tried.
4. Where PP-OCR cannot run, Tesseract reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engines.embedded import doubt_about
from engines.errors import EngineUnavailable
from engines.mixed import ARABIC, can_read_arabic, looks_arabic, read_mixed
from engines.pipeline import read_pixels
from engines.protocol import Engine
from engines.registry import get_engine
from engines.types import Availability, Options, Page

if TYPE_CHECKING:
    from PIL import Image

    from engines.images import PageImage

READERS = ("ppocr", "tesseract")
SIDE = 1000  # pixels of the longest side on which print is looked for
FEW_LETTERS = 40  # with fewer, a page may be in a script that the reader does not know


class Auto:
    """The engine; see ``engines.protocol.PageReader``."""

    name = "auto"
    label = "Automatic"
    options_schema: Mapping[str, Any] = {"type": "object", "properties": {}}

    @property
    def version(self) -> str:
        """Its own, and of each engine that it may choose: any of them changes it."""
        engines = (get_engine(name) for name in ("embedded", *READERS))
        return ", ".join(["1", *(engine.version for engine in engines)])

    def languages(self) -> tuple[str, ...]:
        known = {code for name in READERS for code in get_engine(name).languages()}
        return tuple(sorted(known))

    def availability(self) -> Availability:
        answers = [get_engine(name).availability() for name in READERS]
        return next((answer for answer in answers if answer.ok), answers[0])

    def warm_up(self) -> None:
        from engines.orientation import warm_up

        warm_up()
        for name in READERS:
            if get_engine(name).availability().ok:
                get_engine(name).warm_up()

    def read(self, image: Image.Image, options: Options) -> Page:
        from engines.images import PageImage

        return self.read_page(PageImage(image), options)

    def read_page(self, page: PageImage, options: Options) -> Page:
        layer = page.text_layer
        doubt = doubt_about(page, layer) if layer is not None else None
        if layer is not None and doubt is None:
            return layer
        read = read_print(page, options)
        if doubt is None:
            return read
        note = f"The text inside the PDF was not used: {doubt}."
        return replace(read, notes=(note, *read.notes))


def read_print(page: PageImage, options: Options) -> Page:
    """The print on *page*, by the engine or engines that fit."""
    can_mix = can_read_arabic()
    if can_mix and ARABIC in options.languages:
        return read_mixed(page, options)
    read = read_pixels(first_reader(), page, options)
    letters = sum(len(line.text) for line in read.lines)
    is_doubtful = letters < FEW_LETTERS and has_print(page.image)
    if can_mix and is_doubtful and looks_arabic(page.image, options):
        note = "The page looks Arabic, and was read so. Choose Arabic as its language."
        mixed = read_mixed(page, options)
        return replace(mixed, notes=(note, *mixed.notes))
    return read


def has_print(image: Image.Image) -> bool:
    """Whether there is anything like letters on *image*."""
    from engines.ink import ink_of, letters_of, small_grey

    return letters_of(ink_of(small_grey(image, SIDE)[0]))[1] > 0


def first_reader() -> Engine:
    """Raises EngineUnavailable: no engine can run here."""
    for name in READERS:
        if get_engine(name).availability().ok:
            return get_engine(name)
    raise EngineUnavailable("No engine can run on this machine. See the README.")
